"""What the proof found, with the place in the editor where it is mended."""

from dataclasses import dataclass

from django.urls import reverse

from direktdraht.forms import times
from direktdraht.forms.editor_desk import Desk, language_now
from direktdraht.questions.proof import ProofFinding, prove


@dataclass(frozen=True)
class ShownFinding:
    """A finding as the page lists it; ``code`` names it when it is acknowledged."""

    code: str
    sentence: str
    mend: str
    url: str
    refuses: bool


def findings_of(desk: Desk) -> list[ShownFinding]:
    """Everything the proof says about a working draft, errors first."""
    language = language_now()
    return [
        ShownFinding(f"{one.code}:{one.path}", one.sentence(language), one.mend(language), place_of(desk, one), one.severity == "error")
        for one in prove(desk.definition, occasions=times.occasions())
    ]


def place_of(desk: Desk, finding: ProofFinding) -> str:
    """The page of the editor where a finding is mended."""
    path = finding.path
    if path.startswith("pages"):
        return place_in_pages(desk, path)
    if path.startswith("fee"):
        return reverse("forms:fee", args=[desk.key])
    if path.startswith("tests"):
        return reverse("forms:try", args=[desk.key])
    if path.startswith("code_lists"):
        return reverse("forms:lists", args=[desk.key])
    return reverse("forms:facts", args=[desk.key])


def place_in_pages(desk: Desk, path: str) -> str:
    """The panel of the question, or the outline of the page, that a path lies in."""
    places = {place.path: key for key, place in desk.definition.outline.places.items()}
    steps = path.split(".")
    while steps:
        here = ".".join(steps)
        if here in places:
            kind = "forms:condition" if path.startswith(f"{here}.show_if") else "forms:element"
            return reverse(kind, args=[desk.key, places[here]])
        steps.pop()
    index = path.split(".")[1]
    page = desk.definition.pages[int(index)].key if index.isdigit() and int(index) < len(desk.definition.pages) else ""
    return reverse("forms:editor", args=[desk.key], query={"seite": page})
