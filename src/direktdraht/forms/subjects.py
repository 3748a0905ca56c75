"""What a condition may ask about from a certain place in the form, and how such a test is put together from boxes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from direktdraht.forms.selectable import Selectable, selectable
from direktdraht.questions.definition import FormDefinition
from direktdraht.questions.definition.references import OPERATORS
from direktdraht.questions.elements.base import Element
from direktdraht.questions.elements.choice import Offering

Tree = dict[str, Any]
SUMMED = {"number", "money"}
"""Kinds of answers that can be added up."""
COUNTED = ("is", "is_not", "gt", "ge", "lt", "le")
_GERMAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_FROM_TODAY = re.compile(r"heute\s*(?:([+-])\s*(\d{1,5})\s*(Tage?n?|Monate?n?|Jahre?n?))?", re.IGNORECASE)


@dataclass(frozen=True)
class Subject:
    """One thing to ask about: ``code`` names it in a page's address, ``how`` is field, any, all, count or sum."""

    code: str
    label: str
    how: str
    group: str
    question: Selectable

    @property
    def operators(self) -> list[str]:
        """The comparisons that fit, in a fixed order."""
        fitting = COUNTED if self.how in {"count", "sum"} else OPERATORS[self.element.kind]
        return [one for one in ("is", "is_not", "in", "contains", "gt", "ge", "lt", "le", "not_empty", "empty") if one in fitting]

    @property
    def element(self) -> Element:
        """The question."""
        return self.question.element

    def answers(self) -> list[tuple[str, str]]:
        """The values that one can choose from; none where a number is compared."""
        return [] if self.how in {"count", "sum"} else self.question.answers()


def subjects(definition: FormDefinition, target: str) -> list[Subject]:
    """Everything that a condition at a page or question may ask about, in the order of the form."""
    here = definition.outline.places.get(target)
    around = here.groups if here is not None else ()
    return [subject for question in selectable(definition, without=target).values() for subject in subjects_of(question, around)]


def subjects_of(question: Selectable, around: tuple[str, ...]) -> Iterator[Subject]:
    """How a question can be asked about from inside the groups ``around``: directly, or over the entries of its group."""
    key, kind, groups = question.key, question.element.kind, question.groups
    if not OPERATORS[kind]:
        return
    if groups == around[: len(groups)]:
        if kind == "rows":
            yield Subject(f"count:{key}:", _("Anzahl: %(label)s") % {"label": question.label}, "count", key, question)
        yield Subject(f"field::{key}", question.label, "field", "", question)
    elif groups[:-1] == around[: len(groups) - 1] and len(groups) == len(around) + 1 and kind != "rows":
        words = {"any": _("%(group)s: bei einem Eintrag %(label)s"), "all": _("%(group)s: bei jedem Eintrag %(label)s")}
        if kind in SUMMED:
            words["sum"] = _("%(group)s: Summe von %(label)s")
        named = {"group": question.around[-1], "label": question.label}
        for how, text in words.items():
            yield Subject(f"{how}:{groups[-1]}:{key}", text % named, how, groups[-1], question)


class WrongValue(ValueError):
    """A comparison value that cannot be read; the sentence says how to write it."""


def comparison(subject: Subject, operator: str, written: list[str], *, other: str = "") -> Tree:
    """The test as a definition writes it, compared with a value or with the answer to another question. Raises WrongValue."""
    if operator not in subject.operators:
        raise WrongValue(_("Bitte wählen Sie einen Vergleich."))
    if subject.how == "count":
        return {"group": subject.group, "count": {"op": operator, "value": whole_number(first(written))}}
    if subject.how == "sum":
        total = {"field": subject.element.key, "op": operator, "value": read(subject.element, first(written))}
        return {"group": subject.group, "sum": total}
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
