"""What holds for every legal date, whatever the day."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scale import examples

from direktdraht.foundation import deadlines
from direktdraht.foundation.deadlines import ROWS, DeadlineError, Row, WorkingDays
from direktdraht.foundation.deadlines.calendar import STATES

days_of_law = st.dates(date(2000, 1, 1), date(2100, 12, 31))
states = st.sampled_from(STATES)
lengths = st.one_of(
    st.fixed_dictionaries({"days": st.integers(1, 3660)}),
    st.fixed_dictionaries({"months": st.integers(1, 120)}),
)


@given(st.sampled_from(ROWS), days_of_law, states, lengths)
@settings(max_examples=examples(150))
def test_a_date_lies_after_its_event_and_moves_only_to_a_working_day(row: Row, start: date, state: str, length: dict[str, Any]) -> None:
    if not row.holds_on(start):
        return

    deadline = deadlines.compute(law=row.law, rule=row.rule, start=start, state=state, **(length if row.open_length else {}))

    assert deadline.day >= start
    assert all("§" in step and step.endswith(".") for step in deadline.steps)
    if row.moves:
        assert WorkingDays(state).is_working_day(deadline.day)


@given(days_of_law, states, st.integers(1, 3659))
@settings(max_examples=examples(100))
def test_a_longer_period_never_ends_earlier(start: date, state: str, days: int) -> None:
    shorter = deadlines.compute(law="vwvfg", rule="period", start=start, state=state, days=days)
    longer = deadlines.compute(law="vwvfg", rule="period", start=start, state=state, days=days + 1)

    assert shorter.day <= longer.day


@given(days_of_law, st.integers(1, 120))
@settings(max_examples=examples(100))
def test_months_keep_the_number_of_the_day_unless_it_is_missing(start: date, months: int) -> None:
    steps = deadlines.compute(law="vwvfg", rule="extension", start=start, months=months, language="en").steps
    named = steps[1].rsplit(", ", 1)[1].split()[0]

    missing = any("no day" in step for step in steps)

    assert missing == (int(named) != start.day)
    assert not missing or start.day > 28


@given(days_of_law, states)
@settings(max_examples=examples(100))
def test_a_move_skips_no_working_day(start: date, state: str) -> None:
    calendar = WorkingDays(state)

    later = calendar.next_from(start)

    skipped = [start + timedelta(days=n) for n in range((later - start).days)]
    assert calendar.is_working_day(later)
    assert not any(calendar.is_working_day(day) for day in skipped)
    assert len(skipped) <= 5


@given(days_of_law, st.integers(0, 60), st.integers(0, 60), states)
@settings(max_examples=examples(50))
def test_working_days_add_up(start: date, first: int, second: int, state: str) -> None:
    start = deadlines.add_working_days(start, 0, state)

    in_two_steps = deadlines.add_working_days(deadlines.add_working_days(start, first, state), second, state)

    assert in_two_steps == deadlines.add_working_days(start, first + second, state)


@given(days_of_law, st.sampled_from(["vwvfg", "ao", "sgb"]), st.sampled_from(["post", "electronic", "objection"]))
@settings(max_examples=examples(100))
def test_both_languages_tell_the_same_steps(start: date, law: str, rule: str) -> None:
    if start < date(2003, 2, 1):
        return

    german = deadlines.compute(law=law, rule=rule, start=start)
    english = deadlines.compute(law=law, rule=rule, start=start, language="en")

    assert german.day == english.day
    assert len(german.steps) == len(english.steps)


questions = st.fixed_dictionaries(
    {
        "law": st.sampled_from(["vwvfg", "ao"]) | st.text(max_size=8),
        "rule": st.sampled_from(["post", "period"]) | st.text(max_size=8),
        "start": st.dates(),
        "state": st.sampled_from(STATES) | st.text(max_size=3),
        "days": st.none() | st.integers(),
        "months": st.none() | st.integers(),
    }
)


@given(questions)
@settings(max_examples=examples(100))
def test_every_answer_is_a_date_or_a_sentence(question: dict[str, Any]) -> None:
    try:
        deadlines.compute(**question)
    except DeadlineError as error:
        sentence = str(error)
    else:
        sentence = "Ein Tag."

    assert sentence.endswith(".")
