"""Legal clocks of a case and its decisions; every date comes from a rule row and is kept with its sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from direktdraht.cases.models import Case, Decision, Way
from direktdraht.foundation import clock, deadlines
from direktdraht.foundation.city import settings as city
from direktdraht.foundation.deadlines.rows import row_for

INBOX, WITHDRAWAL, INACTION, ELECTRONIC = "own-inbox", "own-inbox-withdrawal", "inaction", "electronic"


@dataclass(frozen=True)
class ClockRow:
    """A date that counts, with the sentences that lead to it."""

    label: str
    day: date
    steps: tuple[str, ...] = ()


def start_after_dispatch(decision: Decision) -> None:
    """Compute what follows from the dispatch and keep it in the decision (not saved here).

    By post or over a channel: the presumed day and the end of the remedy's period. By the own inbox it depends on the law: where
    retrieval counts (VwVfG), only the last day for retrieval; where the notice or provision counts (AO, SGB X), all.
    """
    decision.rules = []
    if decision.dispatched_on is None:
        return
    if decision.way == Way.PRINT:
        become_known(decision, "post", decision.dispatched_on)
    elif decision.way == Way.CHANNEL:
        become_known(decision, ELECTRONIC, decision.dispatched_on)
    elif counts_from_retrieval(decision):
        if has_rule(decision.case.law, WITHDRAWAL, decision.dispatched_on):
            decision.withdraw_on = keep(decision, WITHDRAWAL, decision.dispatched_on)
    else:
        become_known(decision, INBOX, decision.dispatched_on)


def start_after_retrieval(decision: Decision) -> None:
    """Compute what follows from the first retrieval, where the law counts from it (not saved here)."""
    if decision.retrieved_at is not None and counts_from_retrieval(decision):
        become_known(decision, INBOX, decision.retrieved_at.astimezone(clock.BERLIN).date())


def become_known(decision: Decision, rule: str, start: date) -> None:
    """Set the day on which the decision counts as known, and the last day of the remedy's period."""
    decision.known_on = keep(decision, rule, start)
    remedy = decision.remedy if decision.remedy_text else f"{decision.remedy}-without-information"
    decision.final_on = keep(decision, remedy, decision.known_on)


def keep(decision: Decision, rule: str, start: date) -> date:
    """Compute one date and keep the rule, as it was law on the day of dispatch, with its sentences."""
    law, state = decision.case.law, city.current().state
    deadline = deadlines.compute(law=law, rule=rule, start=start, state=state, on=decision.dispatched_on)
    kept = {"law": law, "rule": rule, "start": start.isoformat(), "day": deadline.day.isoformat(), "steps": list(deadline.steps)}
    decision.rules = [*decision.rules, kept]
    return deadline.day


def counts_from_retrieval(decision: Decision) -> bool:
    """Whether the law counts a decision in the own inbox as known from its retrieval."""
    on = decision.dispatched_on or clock.today()
    return row_for(deadlines.ROWS, law=decision.case.law, rule=INBOX, on=on).event == "retrieved"


def has_rule(law: str, rule: str, on: date) -> bool:
    """Whether a law of procedure knows a rule on a day."""
    return any(row.law == law and row.rule == rule and row.holds_on(on) for row in deadlines.ROWS)


def case_clocks(case: Case, decisions: Iterable[Decision]) -> list[ClockRow]:
    """The legal clocks of the case itself: when inaction may be taken to court (§ 75 VwGO), while nothing is decided."""
    decided = any(decision.dispatched_on for decision in decisions)
    if not case.is_open or case.service_id is None or decided or not has_rule(case.law, INACTION, case.received_on):
        return []
    language = "en" if (get_language() or "de").startswith("en") else "de"
    deadline = deadlines.compute(law=case.law, rule=INACTION, start=case.received_on, state=city.current().state, language=language)
    return [ClockRow(_("Untätigkeitsklage möglich nach"), deadline.day, deadline.steps)]


def decision_clocks(decision: Decision) -> list[ClockRow]:
    """The dates of a decision as they were computed when they began."""
    known = _("Bekannt gegeben am")
    labels = {INBOX: known, "post": known, ELECTRONIC: known, WITHDRAWAL: _("Abrufbar bis")}
    rows = []
    for kept in decision.rules:
        label = labels.get(kept["rule"], _("Rechtsbehelf möglich bis"))
        rows.append(ClockRow(label, date.fromisoformat(kept["day"]), tuple(kept["steps"])))
    return rows
