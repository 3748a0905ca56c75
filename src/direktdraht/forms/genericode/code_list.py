"""A code list in memory, whatever format it came in."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from direktdraht.forms.remarks import UnreadableFile
from direktdraht.foundation.marking import N_
from direktdraht.questions.plain import clean_line

MOST_ENTRIES = 10_000
MOST_CODE = 100
MOST_LABEL = 500


@dataclass(frozen=True)
class Entry:
    """A code and what people read."""

    code: str
    label: str


@dataclass(frozen=True)
class CodeList:
    """A code list (Codeliste). ``uri`` names the list, ``version_uri`` this version of it."""

    entries: tuple[Entry, ...]
    uri: str = ""
    version: str = ""
    version_uri: str = ""
    title: str = ""


def checked(rows: Sequence[tuple[str, str, int]]) -> tuple[Entry, ...]:
    """Rows of code, label and line as entries. Raises UnreadableFile with the line of the first bad row."""
    if not rows:
        raise UnreadableFile(N_("Die Codeliste hat keine Einträge."))
    if len(rows) > MOST_ENTRIES:
        raise UnreadableFile(N_("Die Codeliste hat mehr als %(most)s Einträge."), rows[MOST_ENTRIES][2], most=MOST_ENTRIES)
    entries = []
    for code, label, line in rows:
        clean = Entry(clean_line(code), clean_line(label))
        if not clean.code:
            raise UnreadableFile(N_("Ein Eintrag der Codeliste hat keinen Code."), line)
        if not clean.label:
            raise UnreadableFile(N_("Der Eintrag „%(code)s“ der Codeliste hat keinen Namen."), line, code=clean.code[:40])
        if len(clean.code) > MOST_CODE or len(clean.label) > MOST_LABEL:
            raise UnreadableFile(N_("Der Eintrag „%(code)s“ der Codeliste ist zu lang."), line, code=clean.code[:40])
        entries.append(clean)
    code, count = Counter(entry.code for entry in entries).most_common(1)[0]
    if count > 1:
        twice = [line for (one, _, line) in rows if clean_line(one) == code][1]
        raise UnreadableFile(N_("Der Code „%(code)s“ steht zweimal in der Codeliste."), twice, code=code)
    return tuple(entries)
