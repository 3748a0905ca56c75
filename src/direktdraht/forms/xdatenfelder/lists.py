"""Code lists of an import: found among the files that lie beside the schema."""

import re
from collections.abc import Mapping
from typing import Any

from direktdraht.forms.genericode.code_list import CodeList
from direktdraht.forms.genericode.reading import read_genericode
from direktdraht.forms.remarks import Remark, UnreadableFile, remark
from direktdraht.forms.xdatenfelder.keys import slug
from direktdraht.forms.xdatenfelder.source import Field, ListReference
from direktdraht.foundation.marking import N_

_URN = re.compile(r"^urn:[A-Za-z0-9][A-Za-z0-9:._/()+,=@;$!*'-]{0,290}$")
_OWN = "urn:direktdraht:codeliste:"
OPTION = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}$")
"""Codes that an option of a choice can have."""


class Lists:
    """The readable lists beside a schema, and those that the form uses."""

    def __init__(self, beside: Mapping[str, bytes], warnings: list[Remark]) -> None:
        self.warnings = warnings
        self.files: dict[str, CodeList] = {}
        self.used: dict[str, dict[str, Any]] = {}
        for name, data in sorted(beside.items()):
            try:
                self.files[name] = read_genericode(data)
            except UnreadableFile as error:
                warnings.append(remark(N_("Die Datei „%(file)s“ ist keine lesbare Codeliste: %(reason)s"), file=name, reason=str(error)))

    def for_field(self, field: Field, reference: ListReference) -> str | None:
        """The name of the field's list in the form, None if the list is not there."""
        if field.values:
            entries = [{"code": value.code, "label": {"de": value.name or value.code}} for value in field.values]
            return self._use(reference, {"version": reference.version, "entries": entries})
        found = self._found(reference)
        if found is None:
            return None
        entries = [{"code": entry.code, "label": {"de": entry.label}} for entry in found.entries]
        title = {"title": {"de": found.title}} if found.title else {}
        return self._use(reference, {"version": found.version, **title, "entries": entries})

    def for_values(self, field: Field) -> str:
        """The name of a list made from values whose codes no choice can have."""
        entries = [{"code": value.code, "label": {"de": value.name or value.code}} for value in field.values]
        return self._use(ListReference(f"{_OWN}werte:{slug(field.id)}", field.version), {"version": field.version, "entries": entries})

    def _use(self, reference: ListReference, content: dict[str, Any]) -> str:
        """Keep a list under its URN; another version of it gets a name of its own."""
        uri = reference.uri if _URN.match(reference.uri) else _OWN + slug(reference.uri)
        while uri in self.used and self.used[uri] != content:
            uri = f"{uri}.{slug(reference.version, 'v')}"[:290]
        self.used[uri] = content
        return uri

    def _found(self, reference: ListReference) -> CodeList | None:
        for code_list in self.files.values():
            if reference.version_uri and code_list.version_uri == reference.version_uri:
                return code_list
        for name, code_list in self.files.items():
            if reference.uri and code_list.uri == reference.uri and code_list.version == reference.version:
                return code_list
            if reference.id and name.startswith(f"{reference.id}_") and not code_list.uri:
                return code_list
        for name, code_list in self.files.items():
            if reference.uri and code_list.uri == reference.uri:
                self.warnings.append(
                    remark(
                        N_("„%(file)s“: Die Codeliste „%(uri)s“ liegt in Fassung „%(found)s“ bei statt „%(asked)s“; sie gilt."),
                        uri=reference.uri,
                        found=code_list.version,
                        asked=reference.version,
                        file=name,
                    )
                )
                return code_list
        return None
