"""Evaluation: which questions are asked, which answers are clean, what is wrong, what it costs.

Elements are worked out in topological order. What is hidden is absent everywhere: from answers, conditions,
sums and errors. A wrong answer counts as unanswered for conditions, so a typing error never opens a page.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from direktdraht.foundation.money import MOST, Money
from direktdraht.questions.conditions import Condition, Scope, holds
from direktdraht.questions.definition.model import FormDefinition
from direktdraht.questions.elements.base import Element
from direktdraht.questions.elements.computed import Computed
from direktdraht.questions.elements.group import Group
from direktdraht.questions.elements.payment import Payment
from direktdraht.questions.expressions import compute
from direktdraht.questions.files import FileFacts
from direktdraht.questions.messages import Message
from direktdraht.questions.surroundings import Surroundings

Answers = dict[str, Any]


@dataclass(frozen=True)
class Evaluation:
    """What became of raw answers."""

    valid: bool
    errors: dict[str, list[Message]]
    """By path, such as ``dogs.0.name`` or ``home.postal_code``, in the order of the form."""
    shown: list[str]
    """Paths of all elements that are shown, in the order of the form."""
    answers: Answers
    """Clean answers: nothing hidden, nothing unknown, no empty values. Computed values are among them."""
    kept: Answers
    """Raw answers of what is shown: what a draft may keep, also while it is still wrong."""
    fee: Money | None
    """None if the form has no fee or a needed answer is missing."""
    fees: Mapping[str, Money]
    """What each payment with its own rule comes to, by path."""
    pages: list[str]
    """Keys of the pages that are shown."""
    page_of: Mapping[str, str] = field(repr=False)
    """Page of each top-level element."""

    def errors_of(self, page: str) -> dict[str, list[Message]]:
        """The errors on one page."""
        return {path: found for path, found in self.errors.items() if self.page_of.get(path.partition(".")[0]) == page}


@dataclass(eq=False)
class _Row:
    """A scope: the form itself, or one entry of a group."""

    path: str
    raw: Mapping[str, Any]
    around: "_Row | None" = None
    visible: dict[str, bool] = field(default_factory=dict)
    clean: Answers = field(default_factory=dict)
    typed: Answers = field(default_factory=dict)
    entries: dict[str, list["_Row"]] = field(default_factory=dict)

    def value(self, key: str) -> Any:
        """The typed answer here or around."""
        scope: _Row | None = self
        while scope is not None:
            if key in scope.typed:
                return scope.typed[key]
            if key in scope.visible:
                return None
            scope = scope.around
        return None

    def rows(self, group: str) -> Sequence[Scope]:
        """The entries of a group here or around."""
        scope: _Row | None = self
        while scope is not None:
            if group in scope.visible:
                return scope.entries.get(group, [])
            scope = scope.around
        return []

    def path_of(self, key: str) -> str:
        """The path of an element in this scope."""
        return f"{self.path}.{key}" if self.path else key


class _Run:
    """One evaluation."""

    def __init__(self, definition: FormDefinition, answers: Any, around: Surroundings) -> None:
        self.definition = definition
        self.around = around
        self.form = _Row("", answers if isinstance(answers, Mapping) else {})
        self.pages: dict[str, bool] = {}
        self.errors: dict[str, list[Message]] = {}
        self.fees: dict[str, Decimal | None] = {}

    def work_out(self) -> None:
        """Every element, each after those it needs."""
        outline = self.definition.outline
        conditions = {page.key: page.show_if for page in self.definition.pages}
        for key in outline.order:
            place = outline.places[key]
            for row in list(self._rows_at(place.groups)):
                shown = self._page_shown(place.page, conditions) and self._holds(place.element.show_if, row)
                row.visible[key] = shown
                if shown:
                    self._answer(place.element, row)

    def _rows_at(self, groups: tuple[str, ...]) -> Iterator[_Row]:
        if not groups:
            yield self.form
            return
        for row in self._rows_at(groups[:-1]):
            yield from row.entries.get(groups[-1], [])

    def _page_shown(self, page: str, conditions: Mapping[str, Condition | None]) -> bool:
        if page not in self.pages:
            self.pages[page] = self._holds(conditions[page], self.form)
        return self.pages[page]

    def _holds(self, condition: Condition | None, row: _Row) -> bool:
        return condition is None or holds(condition, row, self.around.today)

    def _answer(self, element: Element, row: _Row) -> None:
        if not element.asks:
            self._tell(element, row)
            return
        path = row.path_of(element.key)
        raw = row.raw.get(element.key)
        cleaned = element.clean(raw, self.around)
        for problem in cleaned.problems:
            self.errors.setdefault(f"{path}.{problem.part}" if problem.part else path, []).append(problem.message)
        if element.kind == "rows" and isinstance(element, Group):
            row.entries[element.key] = list(self._entries(element, raw, path, row))
            row.typed[element.key] = row.entries[element.key] or None
        elif cleaned.value is not None:
            row.clean[element.key] = cleaned.value
            row.typed[element.key] = element.typed(cleaned.value)
        elif element.required and not cleaned.problems:
            self.errors[path] = [Message(element.missing)]

    def _tell(self, element: Element, row: _Row) -> None:
        """What takes no answer: a computed value, a payment with its own rule, an answer that the form itself gives."""
        if isinstance(element, Computed):
            self._compute(element, row)
            return
        if isinstance(element, Payment) and element.expression is not None:
            self.fees[row.path_of(element.key)] = compute(element.expression, row, self.around.today)
        if element.given() is not None:
            row.clean[element.key] = row.typed[element.key] = element.given()

    def _entries(self, group: Group, raw: Any, path: str, around: _Row) -> Iterator[_Row]:
        """The entries, never more than the group allows, so that no one can make us work without end."""
        for index, entry in enumerate(raw[: group.max] if isinstance(raw, list) else []):
            here = f"{path}.{index}"
            if not isinstance(entry, Mapping):
                self.errors[here] = [Message("wrong_type")]
            yield _Row(here, entry if isinstance(entry, Mapping) else {}, around)

    def _compute(self, element: Computed, row: _Row) -> None:
        exact = compute(element.expression, row, self.around.today)
        if exact is None:
            return
        try:
            stored = element.stored(exact)
        except (ValueError, ArithmeticError):
            self.errors[row.path_of(element.key)] = [Message("not_computable")]
            return
        row.clean[element.key] = stored
        row.typed[element.key] = element.typed(stored)

    def fee(self) -> Money | None:
        """The form's fee, rounded once, or what its payments come to; None if there is none or one is not known."""
        if self.definition.fee is not None:
            exact = compute(self.definition.fee, self.form, self.around.today)
            return None if exact is None else Money.of(exact)
        known = self.known_fees()
        total = sum((fee.amount for fee in known.values()), Decimal(0))
        return Money.of(total) if known and len(known) == len(self.fees) and abs(total) <= MOST else None

    def known_fees(self) -> dict[str, Money]:
        """The fees of payments by path, each rounded once."""
        return {path: Money.of(exact) for path, exact in self.fees.items() if exact is not None}


def evaluate(
    definition: FormDefinition,
    answers: Any,
    *,
    today: date,
    files: Mapping[str, FileFacts] | None = None,
    state: str = "NI",
    appointments: Mapping[str, Mapping[str, str]] | None = None,
) -> Evaluation:
    """Work out raw answers, whatever JSON they are. Never raises for answers.

    ``files`` are facts of the documents this person may use, by id; ``state`` is the Bundesland whose
    holidays count. ``appointments`` are the times held for this person, None where no calendar is asked.
    """
    around = Surroundings(today=today, files={} if files is None else files, state=state, appointments=appointments)
    run = _Run(definition, answers, around)
    run.work_out()
    shown: list[str] = []
    clean: Answers = {}
    kept: Answers = {}
    for page in definition.pages:
        _gather(page.elements, run.form, shown, clean, kept)
    return Evaluation(
        valid=not run.errors,
        errors=_in_order(run.errors, shown),
        shown=shown,
        answers=clean,
        kept=kept,
        fee=run.fee(),
        fees=run.known_fees(),
        pages=[page.key for page in definition.pages if run.pages[page.key]],
        page_of={element.key: page.key for page in definition.pages for element in page.elements},
    )


def _gather(elements: Sequence[Element], row: _Row, shown: list[str], clean: Answers, kept: Answers) -> None:
    """Paths and answers of what is shown, in the order of the form."""
    for element in elements:
        key = element.key
        if not row.visible.get(key):
            continue
        shown.append(row.path_of(key))
        if element.kind == "rows" and isinstance(element, Group):
            _gather_entries(element, row, shown, clean, kept)
            continue
        if key in row.clean:
            clean[key] = row.clean[key]
        if key in row.raw and element.asks:
            kept[key] = row.raw[key]


def _gather_entries(group: Group, row: _Row, shown: list[str], clean: Answers, kept: Answers) -> None:
    clean_entries: list[Answers] = []
    kept_entries: list[Answers] = []
    for entry in row.entries.get(group.key, []):
        clean_entry: Answers = {}
        kept_entry: Answers = {}
        _gather(group.elements, entry, shown, clean_entry, kept_entry)
        clean_entries.append(clean_entry)
        kept_entries.append(kept_entry)
    if clean_entries:
        clean[group.key] = clean_entries
        kept[group.key] = kept_entries


def _in_order(errors: dict[str, list[Message]], shown: list[str]) -> dict[str, list[Message]]:
    """Errors in the order in which the form asks; a part or an entry right after its element."""
    rank = {path: index for index, path in enumerate(shown)}

    def place(path: str) -> tuple[int, str]:
        known = path
        while known not in rank and "." in known:
            known = known.rpartition(".")[0]
        return rank.get(known, len(rank)), path

    return {path: errors[path] for path in sorted(errors, key=place)}
