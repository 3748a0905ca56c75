"""Files that a clerk brings: a form with the code lists beside it, or a code list alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from direktdraht.forms.errors import FormsError
from direktdraht.forms.genericode.code_list import CodeList
from direktdraht.forms.genericode.reading import NAMESPACE, read_genericode
from direktdraht.forms.genericode.tables import read_table
from direktdraht.forms.incoming import Incoming, read_form
from direktdraht.forms.remarks import Remark, UnreadableFile
from direktdraht.foundation import clock
from direktdraht.foundation.marking import N_
from direktdraht.questions.messages import say

ONE_FORM = N_("Bitte wählen Sie genau ein Formular aus. Wertelisten dürfen daneben liegen.")
IN_LINE = N_("Zeile %(line)s: %(words)s")


class CannotImport(FormsError):
    """A file that cannot be taken in; the sentence says why, with the line where there is one."""


@dataclass(frozen=True)
class ReadList:
    """A code list as the editor keeps it."""

    urn: str
    version: str
    title: dict[str, str]
    entries: list[dict[str, Any]]


def read_files(files: Mapping[str, bytes]) -> Incoming:
    """The one form among the files; code lists in Genericode belong to it. Raises CannotImport."""
    lists = {name: data for name, data in files.items() if is_genericode(data)}
    forms = [name for name in files if name not in lists]
    if len(forms) != 1:
        raise CannotImport(in_words(Remark(ONE_FORM)))
    try:
        return read_form(files[forms[0]], beside=lists)
    except UnreadableFile as problem:
        raise CannotImport(sentence_of(problem)) from problem


def read_code_list(name: str, data: bytes) -> ReadList:
    """A code list from Genericode or a CSV table. Raises CannotImport."""
    stem = name.rpartition(".")[0] or name
    try:
        read = read_genericode(data) if is_genericode(data) else read_table(data, title=stem)
    except UnreadableFile as problem:
        raise CannotImport(sentence_of(problem)) from problem
    return as_kept(read, stem)


def as_kept(read: CodeList, stem: str) -> ReadList:
    """A read list under the name and version that forms know it by."""
    urn = read.uri or "urn:liste:" + "".join(sign if sign.isalnum() else "-" for sign in stem.casefold()).strip("-")
    entries = [{"code": one.code, "label": {"de": one.label}} for one in read.entries]
    return ReadList(urn, read.version or clock.today().isoformat(), {"de": read.title or stem}, entries)


def is_genericode(data: bytes) -> bool:
    """Whether a file begins as a code list."""
    return NAMESPACE.encode() in data[:4000]


def sentence_of(problem: UnreadableFile) -> str:
    """Why a file cannot be read, in the reader's language."""
    words = in_words(problem.remark)
    return in_words(Remark(IN_LINE, {"line": problem.line, "words": words})) if problem.line else words


def in_words(remark: Remark) -> str:
    """A remark in the reader's language."""
    return say(remark.sentence, get_language() or "de") % dict(remark.facts)
