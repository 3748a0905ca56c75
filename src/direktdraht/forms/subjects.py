"""What a condition may ask about from a certain place in the form, and how such a test is put together from boxes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from direktdraht.foundation.texts import LocalText, pick
from direktdraht.questions.definition import FormDefinition
from direktdraht.questions.definition.outline import Place
from direktdraht.questions.definition.references import OPERATORS
from direktdraht.questions.elements.base import Element
from direktdraht.questions.elements.choice import Offering

Tree = dict[str, Any]
COUNTED = ("is", "is_not", "gt", "ge", "lt", "le")
_GERMAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_FROM_TODAY = re.compile(r"heute\s*(?:([+-])\s*(\d{1,5})\s*(Tage?n?|Monate?n?|Jahre?n?))?", re.IGNORECASE)


def in_words(text: LocalText) -> str:
    """A text of the form in the reader's language."""
    return pick(text, get_language() or "de")[0]


@dataclass(frozen=True)
class Subject:
    """One thing to ask about: ``code`` names it in a page's address, ``how`` is field, any, all or count."""

    code: str
    label: str
    how: str
    group: str
    element: Element

    @property
    def operators(self) -> list[str]:
        """The comparisons that fit, in a fixed order."""
        fitting = COUNTED if self.how == "count" else OPERATORS[self.element.kind]
        return [one for one in ("is", "is_not", "in", "contains", "gt", "ge", "lt", "le", "not_empty", "empty") if one in fitting]


def subjects(definition: FormDefinition, target: str) -> list[Subject]:
    """Everything that a condition at a page or question may ask about, in the order of the form."""
    here = definition.outline.places.get(target)
    around = here.groups if here is not None else ()
    found: list[Subject] = []
    for place in definition.outline.places.values():
        if place.element.key != target and target not in place.groups:
            found += subject_of(definition, place, around)
    return found


def subject_of(definition: FormDefinition, place: Place, around: tuple[str, ...]) -> Iterator[Subject]:
    """How a question can be asked about from inside the groups ``around``: not at all, once, or in two ways."""
    element, label = place.element, in_words(place.element.label)
    if not OPERATORS[element.kind]:
        return
    if place.groups == around[: len(place.groups)]:
        if element.kind == "rows":
            yield Subject(f"count:{element.key}:", _("Anzahl: %(label)s") % {"label": label}, "count", element.key, element)
        yield Subject(f"field::{element.key}", label, "field", "", element)
    elif place.groups[:-1] == around[: len(place.groups) - 1] and len(place.groups) == len(around) + 1 and element.kind != "rows":
        group = place.groups[-1]
        name = in_words(definition.outline.element(group).label)
        yield Subject(
            f"any:{group}:{element.key}",
            _("%(group)s: bei einem Eintrag %(label)s") % {"group": name, "label": label},
            "any",
            group,
            element,
        )
        yield Subject(
            f"all:{group}:{element.key}",
            _("%(group)s: bei jedem Eintrag %(label)s") % {"group": name, "label": label},
            "all",
            group,
            element,
        )


class WrongValue(ValueError):
    """A comparison value that cannot be read; the sentence says how to write it."""


def comparison(subject: Subject, operator: str, written: list[str], *, other: str = "") -> Tree:
    """The test as a definition writes it, compared with a value or with the answer to another question. Raises WrongValue."""
    if operator not in subject.operators:
        raise WrongValue(_("Bitte wählen Sie einen Vergleich."))
    if subject.how == "count":
        return {"group": subject.group, "count": {"op": operator, "value": whole_number(first(written))}}
    test: Tree = {"field": subject.element.key, "op": operator}
    if other and operator not in {"empty", "not_empty"}:
        test["value"] = {"field": other}
    elif operator not in {"empty", "not_empty"}:
        test["value"] = (
            [read(subject.element, one) for one in several(written)] if operator == "in" else read(subject.element, first(written))
        )
    return test if subject.how == "field" else {"group": subject.group, subject.how: test}


def first(written: list[str]) -> str:
    """The one value that was given. Raises WrongValue."""
    if not written or not written[0].strip():
        raise WrongValue(_("Bitte geben Sie an, womit verglichen wird."))
    if len(written) > 1:
        raise WrongValue(_("Wählen Sie nur eine Antwort, oder als Vergleich „ist eines von“."))
    return written[0].strip()


def several(written: list[str]) -> list[str]:
    """The values that were given, one at least. Raises WrongValue."""
    found = [one.strip() for text in written for one in text.splitlines() if one.strip()]
    if not found:
        raise WrongValue(_("Bitte geben Sie an, womit verglichen wird."))
    return found


def read(element: Element, written: str) -> Any:
    """A written value as the definition has it. Raises WrongValue."""
    if isinstance(element, Offering):
        return written
    match element.kind:
        case "bool":
            return written == "true"
        case "number":
            return whole_number(written)
        case "money":
            return amount(written)
        case "date":
            return day(written)
        case _:
            return written


def whole_number(written: str) -> int:
    """A whole number. Raises WrongValue."""
    if not re.fullmatch(r"-?\d{1,12}", written):
        raise WrongValue(_("Bitte geben Sie eine ganze Zahl ein."))
    return int(written)


def amount(written: str) -> str:
    """An amount of money with two places. Raises WrongValue."""
    plain = written.replace("€", "").replace("\u00a0", " ").strip()
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d{1,2})?", plain):
        plain = plain.replace(".", "")
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"-?\d{1,9}(\.\d{1,2})?", plain):
        raise WrongValue(_("Bitte geben Sie einen Betrag ein, zum Beispiel 12,50."))
    euros, _dot, cents = plain.partition(".")
    return f"{int(euros)}.{cents:0<2}"


def day(written: str) -> str:
    """A day: "24.12.2026", "heute" or "heute + 14 Tage". Raises WrongValue."""
    if relative := _FROM_TODAY.fullmatch(written):
        sign, number, unit = relative.groups()
        return "today" if sign is None else f"today{sign}{int(number)}{ {'t': 'd', 'm': 'm', 'j': 'y'}[unit[0].lower()] }"
    if fixed := _GERMAN_DAY.fullmatch(written):
        try:
            return date(int(fixed[3]), int(fixed[2]), int(fixed[1])).isoformat()
        except ValueError:
            pass
    raise WrongValue(_("Bitte schreiben Sie einen Tag wie 24.12.2026, heute oder heute + 14 Tage."))
