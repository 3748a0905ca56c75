"""What XDatenfelder has no place for travels as one keyword (Stichwort) of the schema.

Its text is a JSON object: the identity of a part of the form, and what differs there from what the import makes
of the rest of the file (``null``: it is absent). Other programs may drop it; then only the plain part is left.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from direktdraht.forms.remarks import Remark, remark
from direktdraht.forms.xdatenfelder.source import OWN_KEYWORD, Keyword, Rule
from direktdraht.foundation.marking import N_

Differences = dict[str, dict[str, Any]]

_LIST = "list:"
STRUCTURE = {"pages", "elements", "code_lists"}
"""Parts that the structure of the file itself says."""

SHOWN_IF = "show_if"


def is_list(identity: str) -> bool:
    """Whether an identity names a code list."""
    return identity.startswith(_LIST)


def is_own(rule: Rule) -> bool:
    """Whether this house wrote the rule from a condition that the keyword carries."""
    return Keyword(OWN_KEYWORD, SHOWN_IF) in rule.keywords


def written(differences: Differences) -> Keyword | None:
    """The keyword for the differences, None if there are none.

    >>> written({"": {"unit": "a  b"}}).text
    '{"":{"unit":"a \\\\u0020b"}}'
    """
    if not differences:
        return None
    text = json.dumps(differences, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    # A keyword is a token: readers join blanks, so a second blank is written as an escape.
    while "  " in text:
        text = text.replace("  ", " \\u0020")
    return Keyword(OWN_KEYWORD, text)


def difference(wanted: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """What must be put over ``given`` so that it says what ``wanted`` says."""
    changed = {name: value for name, value in wanted.items() if name not in STRUCTURE and (name not in given or given[name] != value)}
    return changed | {name: None for name in given if name not in wanted and name not in STRUCTURE}


def apply(
    keywords: Sequence[Keyword], made: Mapping[str, dict[str, Any]], lists: dict[str, dict[str, Any]], warnings: list[Remark]
) -> None:
    """Put the differences over the parts. A list that no question uses is added; what fits no part is a warning."""
    own = [keyword.text for keyword in keywords if keyword.uri == OWN_KEYWORD]
    if not own:
        return
    parts = {**made, **{_LIST + uri: content for uri, content in lists.items()}}
    for identity, changes in _read(own[0]).items():
        if is_list(identity) and identity not in parts and isinstance(changes, dict) and "entries" in changes:
            parts[identity] = lists[identity.removeprefix(_LIST)] = {}
        if identity not in parts or not isinstance(changes, dict):
            warnings.append(remark(N_("Angaben aus Direktdraht passen zu keiner Stelle der Datei: „%(place)s“."), place=identity[:100]))
            continue
        for name, value in changes.items():
            if value is None:
                parts[identity].pop(name, None)
            elif name not in STRUCTURE:
                parts[identity][name] = value


def of_list(uri: str) -> str:
    """The identity of a code list."""
    return _LIST + uri


def _read(text: str) -> dict[str, Any]:
    try:
        stated = json.loads(text)
    except (ValueError, RecursionError):
        stated = None
    return stated if isinstance(stated, dict) else {text: None}
