"""What staff type line by line, read and written: sessions, rules, groups, reserved places, questions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from direktdraht.bookings.registrations.actions import Group
from direktdraht.bookings.registrations.refunds import Rule
from direktdraht.foundation.clock import BERLIN

MOST_LINES = 200
SESSION = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}),? +(\d{1,2}):(\d{2}) *(?:-|–|bis) *(\d{1,2}):(\d{2})", re.ASCII)
RULE = re.compile(r"(\d{1,3}) *: *(\d{1,3}) *%?", re.ASCII)
RESERVED = re.compile(r"(.{1,100}?) *: *(\d{1,4})", re.ASCII)
KINDS = {"ja/nein": "yesno", "text": "text", "langer text": "longtext"}


class UnreadableLine(ValueError):
    """A line that cannot be read; one sentence with the line."""


def lines_of(text: str) -> list[str]:
    """The lines that hold something. Raises UnreadableLine."""
    found = [line.strip() for line in text.splitlines() if line.strip()]
    if len(found) > MOST_LINES:
        raise UnreadableLine(_("Das sind mehr als %(n)d Zeilen.") % {"n": MOST_LINES})
    return found


def wrong(line: str, example: str) -> UnreadableLine:
    """The sentence about a line."""
    return UnreadableLine(
        _("„%(line)s“ lässt sich nicht lesen. Schreiben Sie zum Beispiel: %(example)s") % {"line": line[:60], "example": example}
    )


def read_sessions(text: str) -> list[tuple[datetime, datetime]]:
    """Dates of an offer, in Germany's time: ``20.07.2026 09:00-12:00``. Raises UnreadableLine."""
    found: dict[datetime, datetime] = {}
    for line in lines_of(text):
        match = SESSION.fullmatch(line)
        if match is None:
            raise wrong(line, "20.07.2026 09:00-12:00")
        try:
            day, month, year, hour, minute, end_hour, end_minute = (int(part) for part in match.groups())
            starts = datetime(year, month, day, hour, minute, tzinfo=BERLIN)
            ends = datetime(year, month, day, end_hour, end_minute, tzinfo=BERLIN)
        except ValueError as problem:
            raise wrong(line, "20.07.2026 09:00-12:00") from problem
        if ends <= starts or starts in found:
            raise wrong(line, "20.07.2026 09:00-12:00")
        found[starts] = ends
    return sorted(found.items())


def write_sessions(sessions: Iterable[tuple[datetime, datetime]]) -> str:
    """The dates as they are typed."""
    local = [(start.astimezone(BERLIN), end.astimezone(BERLIN)) for start, end in sessions]
    return "\n".join(f"{start:%d.%m.%Y %H:%M}-{end:%H:%M}" for start, end in local)


def read_rules(text: str) -> list[Rule]:
    """Rules of refunds: ``14: 100``. Raises UnreadableLine."""
    found: dict[int, int] = {}
    for line in lines_of(text):
        match = RULE.fullmatch(line)
        if match is None or int(match[2]) > 100 or int(match[1]) in found:
            raise wrong(line, "14: 100")
        found[int(match[1])] = int(match[2])
    return [Rule(days, percent) for days, percent in sorted(found.items(), reverse=True)]


def write_rules(rules: Iterable[Rule]) -> str:
    """The rules as they are typed."""
    return "\n".join(f"{rule.days_before}: {rule.percent}" for rule in sorted(rules, key=lambda one: -one.days_before))


def read_groups(text: str) -> list[Group]:
    """Groups of people: ``Familienpass | 50 | Bitte zeigen Sie den Pass``. Raises UnreadableLine."""
    found: dict[str, Group] = {}
    for line in lines_of(text):
        label, percent, proof = ([part.strip() for part in line.split("|")] + ["", ""])[:3]
        fits = label and len(label) <= 100 and len(proof) <= 200 and label not in found
        if not fits or line.count("|") > 2 or not re.fullmatch(r"(\d{1,2}|100)? ?%?", percent, re.ASCII):
            raise wrong(line, "Familienpass | 50 | Bitte zeigen Sie den Pass")
        found[label] = Group(label, int(percent.strip("% ") or 0), proof)
    return list(found.values())


def write_groups(groups: Iterable[Group]) -> str:
    """The groups as they are typed."""
    return "\n".join(f"{one.label} | {one.reduction_percent} | {one.proof}".rstrip(" |") for one in groups)


def read_reserved(text: str, labels: Sequence[str]) -> dict[str, int]:
    """Reserved places: ``Familienpass: 3``. Raises UnreadableLine."""
    found: dict[str, int] = {}
    for line in lines_of(text):
        match = RESERVED.fullmatch(line)
        if match is None or match[1] not in labels or match[1] in found:
            raise wrong(line, f"{labels[0] if labels else 'Familienpass'}: 3")
        found[match[1]] = int(match[2])
    return found


def write_reserved(reserved: Mapping[str, int]) -> str:
    """The reserved places as they are typed."""
    return "\n".join(f"{label}: {count}" for label, count in sorted(reserved.items()))


def read_questions(text: str) -> list[dict[str, Any]]:
    """Questions for each person: ``Kann Ihr Kind schwimmen? | ja/nein``, ``Größe | S, M, L``, ``Hinweis | text | freiwillig``.

    Raises UnreadableLine.
    """
    found: list[dict[str, Any]] = []
    for line in lines_of(text):
        label, kind, optional = ([part.strip() for part in line.split("|")] + ["", ""])[:3]
        options = [one.strip() for one in kind.split(",") if one.strip()]
        known = KINDS.get(kind.lower())
        if not label or line.count("|") not in {1, 2} or optional not in {"", "freiwillig"} or (known is None and len(options) < 2):
            raise wrong(line, "Kann Ihr Kind schwimmen? | ja/nein")
        element: dict[str, Any] = {
            "type": known or "choice",
            "key": f"question_{len(found) + 1}",
            "label": {"de": label[:200]},
            "required": not optional,
            "purpose": "Durchführung des Angebots",
        }
        if known in {"text", "longtext"}:
            element["max_length"] = 200 if known == "text" else 2000
        if known is None:
            element["options"] = [{"value": f"o{place}", "label": {"de": one[:100]}} for place, one in enumerate(options, start=1)]
        found.append(element)
    return found


def write_questions(questions: Iterable[Mapping[str, Any]]) -> str:
    """The questions as they are typed."""
    names = {value: name for name, value in KINDS.items()}
    lines = []
    for one in questions:
        kind = names.get(one["type"]) or ", ".join(option["label"]["de"] for option in one["options"])
        lines.append(f"{one['label']['de']} | {kind}" + ("" if one.get("required", True) else " | freiwillig"))
    return "\n".join(lines)
