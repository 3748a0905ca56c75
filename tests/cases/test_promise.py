"""The promise in working days: it counts, rests and runs again without losing or winning a day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import cast
from tests.cases import factories
from tests.scale import examples

from direktdraht.cases import actions, promise
from direktdraht.foundation import clock, deadlines

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
WEEKS = st.integers(0, 60)
STATES = st.sampled_from(["NI", "BY", "BE", "SN"])


@settings(max_examples=examples(40))
@given(received=DAYS, days=st.integers(1, 30), before=WEEKS, rest=WEEKS, state=STATES)
def test_the_days_left_before_a_rest_are_left_after_it(received: date, days: int, before: int, rest: int, state: str) -> None:
    due = promise.due_after(received, days, state)
    since = min(received + timedelta(days=before), due)
    resumed = since + timedelta(days=rest)

    later = promise.due_after_rest(due, since, resumed, state)

    assert later >= due
    assert deadlines.WorkingDays(state).is_working_day(later)
    left = promise.working_days_left(since, due, state)
    if left:
        assert promise.working_days_left(resumed, later, state) == left
    assert later - due <= timedelta(days=rest + 20)


@settings(max_examples=examples(40))
@given(received=DAYS, days=st.integers(1, 30), late=st.integers(1, 60), rest=WEEKS, state=STATES)
def test_a_broken_promise_stays_broken(received: date, days: int, late: int, rest: int, state: str) -> None:
    due = promise.due_after(received, days, state)
    since = due + timedelta(days=late)

    assert promise.due_after_rest(due, since, since + timedelta(days=rest), state) == due


@settings(max_examples=examples(40))
@given(received=DAYS, days=st.integers(0, 30), state=STATES)
def test_a_fresh_promise_has_all_its_days_left(received: date, days: int, state: str) -> None:
    due = promise.due_after(received, days, state)

    if days:
        assert promise.working_days_left(received, due, state) == days
        assert promise.working_days_left(due, received, state) <= 0
    assert promise.percent_used(received, due, received) in {0, 100}
    assert promise.percent_used(received, due, due) == 100


def at(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, 9, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_clock_rests_while_the_city_waits() -> None:
    with clock.frozen(at(23)):
        case = factories.bulky_case()
    assert case.promise_due == date(2026, 11, 27)
    with clock.frozen(at(24)):
        actions.ask_back(case=case, text="Wann?", by=cast.kim())
    case.refresh_from_db()
    assert case.resting

    with clock.frozen(at(7, 12)):
        actions.write_message(case=case, text="Am Dienstag.", person=factories.speaker(case))

    case.refresh_from_db()
    assert not case.resting
    assert case.promise_due == date(2026, 12, 10)


@pytest.mark.django_db
def test_an_answer_keeps_the_promise_and_a_new_message_makes_a_new_one() -> None:
    with clock.frozen(at(23)):
        case = factories.bulky_case()
        actions.answer(case=case, text="Gern.", by=cast.kim())
    case.refresh_from_db()
    assert case.promise_due is None
    assert case.answered_at

    with clock.frozen(at(30)):
        actions.write_message(case=case, text="Und wann?", person=factories.speaker(case))

    case.refresh_from_db()
    assert case.promise_due == date(2026, 12, 4)


@pytest.mark.django_db
def test_forwarding_lets_the_clock_run() -> None:
    case = factories.bulky_case()
    due = case.promise_due

    actions.forward(case=case, to=cast.steueramt(), reason="Falsch hier.", by=cast.kim())

    case.refresh_from_db()
    assert case.promise_due == due
    assert case.unit == cast.steueramt()
    assert case.assignee is None
