"""What a registration says when it is sent: kept as plain values, shown in parts, written as plain text. Pure.

Everything that the text needs stands in the values themselves, and the labels stand here, not in the catalogues of
messages: a text that was sent must render the same for ever. Other words need another ``FORMAT`` beside this one.
Health notes never come here; the values say only whether there are some.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from direktdraht.questions.display import day_in_figures

FORMAT = 1
Rows = list[tuple[str, str]]
LABELS = {
    "contact": ("Kontakt", "Contact"),
    "name": ("Name", "Name"),
    "email": ("E-Mail-Adresse", "Email address"),
    "phone": ("Telefon", "Phone"),
    "emergency": ("Notfallkontakt", "Emergency contact"),
    "pickup": ("Abholung", "Collected by"),
    "consented": ("Einwilligung der Sorgeberechtigten", "Consent of the guardians"),
    "born_on": ("Geburtsdatum", "Date of birth"),
    "group": ("Gruppe", "Group"),
    "health": ("Hinweise zur Gesundheit", "Health notes"),
    "kept": ("hinterlegt", "on file"),
    "none": ("keine", "none"),
    "wishes": ("Wünsche", "Wishes"),
    "party": ("Alle zusammen oder jede Person für sich", "All together or each person alone"),
    "places": ("Plätze", "Places"),
    "together": ("nur alle zusammen", "only all together"),
    "alone": ("jede Person für sich", "each person alone"),
    "registration": ("Anmeldung", "Registration"),
    "gone": ("Nimmt nicht mehr teil", "No longer taking part"),
}


@dataclass(frozen=True)
class Part:
    """A part of a registration: what it is about (``contact``, ``party`` or a person's number), its title and its rows."""

    about: str
    title: str
    rows: Rows


def label(name: str, language: str) -> str:
    """A fixed word in the language of the text; every language but English reads German."""
    german, english = LABELS[name]
    return english if language.startswith("en") else german


def parts(values: Mapping[str, Any], language: str) -> list[Part]:
    """The contact, each person, and whether they stay together.

    >>> parts({"contact": {"name": "Robin", "email": "r@example.org"}, "persons": [], "together": False}, "de")[0].rows
    [('Name', 'Robin'), ('E-Mail-Adresse', 'r@example.org')]
    """
    found = [Part("contact", label("contact", language), contact_rows(values["contact"], language))]
    found += [Part(str(one["position"]), str(one["name"]), person_rows(one, language)) for one in values["persons"]]
    if len(values["persons"]) > 1:
        words = label("together" if values["together"] else "alone", language)
        found.append(Part("party", label("party", language), [(label("places", language), words)]))
    return found


def contact_rows(contact: Mapping[str, Any], language: str) -> Rows:
    """What is known of who registers; what was not asked is left out."""
    known = [(name, contact.get(name, "")) for name in ("name", "email", "phone", "emergency", "pickup")]
    consented = contact.get("consented_on", "")
    rows = [(label(name, language), str(value)) for name, value in known if value]
    return [*rows, (label("consented", language), day_in_figures(date.fromisoformat(consented), language))] if consented else rows


def person_rows(person: Mapping[str, Any], language: str) -> Rows:
    """One participant, with the wishes in order."""
    rows = [(label("born_on", language), day_in_figures(date.fromisoformat(person["born_on"]), language))]
    if person["group"]:
        rows.append((label("group", language), str(person["group"])))
    rows += [(str(question), str(answer)) for question, answer in person["answers"]]
    rows.append((label("health", language), label("kept" if person["health"] else "none", language)))
    wishes = "\n".join(f"{rank}. {title}" for rank, title in enumerate(person["wishes"], start=1))
    return [*rows, (label("wishes", language), wishes or "–")]


def text_of(values: Mapping[str, Any], language: str) -> str:
    """The plain text of the whole registration; lines of an answer are indented, so none can look like a label."""
    lines = [f"{label('registration', language)}: {values['series']}"]
    for part in parts(values, language):
        lines += ["", f"== {part.title} ==", "", *lines_of(part.rows)]
    return "\n".join(lines) + "\n"


def lines_of(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Rows as lines: the label, and its value below."""
    return [line for name, value in rows for line in (f"{name}:", *(f"    {one}" for one in value.split("\n")))]


def changes(before: Mapping[str, Any], after: Mapping[str, Any], language: str) -> str:
    """What is different, as it reads now; empty when nothing is.

    >>> one = {"contact": {"name": "Robin"}, "persons": [], "together": False, "series": "Pass"}
    >>> changes(one, one | {"contact": {"name": "Kim"}}, "en")
    'Contact\\nName: Kim'
    """
    old = {part.about: part for part in parts(before, language)}
    new = parts(after, language)
    blocks = [block_of(part) for part in new if old.get(part.about) != part]
    kept = {part.about for part in new}
    gone = [part.title for about, part in old.items() if about not in kept and about != "party"]
    return "\n\n".join([*blocks, *(f"{label('gone', language)}: {name}" for name in gone)])


def block_of(part: Part) -> str:
    """A part as a block of a message."""
    return "\n".join([part.title, *(f"{name}: {', '.join(value.splitlines())}" for name, value in part.rows)])
