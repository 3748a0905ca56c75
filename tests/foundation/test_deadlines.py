"""Worked examples of legal dates, for each law of procedure, by hand from the calendar."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from direktdraht.foundation import deadlines
from direktdraht.foundation.deadlines import DeadlineError

Day = tuple[int, int, int]


def last_day(law: str, rule: str, start: Day, **more: Any) -> Day:
    """The computed day as plain numbers, in Lower Saxony."""
    day = deadlines.compute(law=law, rule=rule, start=date(*start), **more).day
    return day.year, day.month, day.day


@pytest.mark.parametrize(
    ("law", "rule", "start", "expected"),
    [
        # An ordinary week: posted Thursday, known on Monday.
        ("vwvfg", "post", (2026, 12, 10), (2026, 12, 14)),
        ("ao", "post", (2026, 12, 10), (2026, 12, 14)),
        ("sgb", "post", (2026, 12, 10), (2026, 12, 14)),
        # Fourth day on a Sunday: only the tax law moves it.
        ("vwvfg", "post", (2026, 12, 16), (2026, 12, 20)),
        ("ao", "post", (2026, 12, 16), (2026, 12, 21)),
        ("sgb", "post", (2026, 12, 16), (2026, 12, 20)),
        # Fourth day on Good Friday 2026-04-03: Easter Monday is a holiday too.
        ("vwvfg", "electronic", (2026, 3, 30), (2026, 4, 3)),
        ("ao", "electronic", (2026, 3, 30), (2026, 4, 7)),
        ("sgb", "electronic", (2026, 3, 30), (2026, 4, 3)),
        # Reformation Day 2025-10-31 is a Friday.
        ("vwvfg", "post", (2025, 10, 27), (2025, 10, 31)),
        ("ao", "post", (2025, 10, 27), (2025, 11, 3)),
        ("sgb", "post", (2025, 10, 27), (2025, 10, 31)),
        # Dispatch on 31 December 2026: the fourth day is Monday, 4 January.
        ("vwvfg", "post", (2026, 12, 31), (2027, 1, 4)),
        ("ao", "post", (2026, 12, 31), (2027, 1, 4)),
        ("sgb", "post", (2026, 12, 31), (2027, 1, 4)),
    ],
)
def test_a_decision_is_known_on_the_fourth_day(law: str, rule: str, start: Day, expected: Day) -> None:
    assert last_day(law, rule, start) == expected


@pytest.mark.parametrize(
    ("law", "before", "since"),
    [
        # Sent on 31 December 2024: third day, Friday. Sent on 1 January 2025: fourth day, Sunday.
        ("vwvfg", (2025, 1, 3), (2025, 1, 5)),
        ("ao", (2025, 1, 3), (2025, 1, 6)),
        ("sgb", (2025, 1, 3), (2025, 1, 5)),
    ],
)
@pytest.mark.parametrize("rule", ["post", "electronic"])
def test_the_day_of_dispatch_chooses_the_law(law: str, rule: str, before: Day, since: Day) -> None:
    assert last_day(law, rule, (2024, 12, 31)) == before
    assert last_day(law, rule, (2025, 1, 1)) == since


def test_a_case_may_keep_the_rule_of_an_earlier_day() -> None:
    kept = deadlines.compute(law="vwvfg", rule="post", start=date(2025, 1, 2), on=date(2024, 12, 30))

    assert kept.day == date(2025, 1, 5)


@pytest.mark.parametrize(
    ("law", "rule", "start", "expected"),
    [
        ("vwvfg", "own-inbox", (2026, 11, 24), (2026, 11, 25)),
        ("vwvfg", "own-inbox", (2026, 11, 27), (2026, 11, 28)),
        ("ao", "own-inbox", (2024, 6, 3), (2024, 6, 6)),
        ("ao", "own-inbox", (2025, 6, 2), (2025, 6, 6)),
        ("ao", "own-inbox", (2026, 11, 25), (2026, 11, 30)),
        ("sgb", "own-inbox", (2024, 6, 3), (2024, 6, 6)),
        ("sgb", "own-inbox", (2026, 11, 25), (2026, 11, 29)),
        ("vwvfg", "nutzerkonto", (2026, 11, 26), (2026, 11, 29)),
        ("sgb", "nutzerkonto", (2026, 11, 26), (2026, 11, 29)),
        ("vwvfg", "own-inbox-withdrawal", (2026, 11, 20), (2026, 11, 30)),
    ],
)
def test_retrieval_and_provision_have_rules_of_their_own(law: str, rule: str, start: Day, expected: Day) -> None:
    assert last_day(law, rule, start) == expected


@pytest.mark.parametrize("law", ["vwvfg", "ao", "sgb"])
@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ((2026, 11, 24), (2026, 12, 24)),
        # Month ends: 31 January + 1 month is 28 February, a Saturday, so Monday, 2 March.
        ((2026, 1, 31), (2026, 3, 2)),
        # In the leap year 2028 it is Tuesday, 29 February.
        ((2028, 1, 31), (2028, 2, 29)),
        ((2028, 1, 29), (2028, 2, 29)),
        # 28 February + 1 month is 28 March, not 31 March; that is a Sunday in 2027 and Easter.
        ((2027, 2, 28), (2027, 3, 30)),
        # End on Saturday, 31 October 2026, Reformation Day: Monday.
        ((2026, 9, 30), (2026, 10, 30)),
        ((2026, 10, 1), (2026, 11, 2)),
        # End on Good Friday, 3 April 2026: Tuesday after Easter.
        ((2026, 3, 3), (2026, 4, 7)),
        # End on 31 December, which is a working day; on 1 January it is not (and then Saturday).
        ((2026, 11, 30), (2026, 12, 30)),
        ((2026, 12, 1), (2027, 1, 4)),
    ],
)
def test_an_objection_has_one_month(law: str, start: Day, expected: Day) -> None:
    assert last_day(law, "objection", start) == expected
    assert last_day(law, "lawsuit", start) == expected
    assert last_day(law, "period", start, months=1) == expected


@pytest.mark.parametrize("law", ["vwvfg", "ao", "sgb"])
@pytest.mark.parametrize("rule", ["objection-without-information", "lawsuit-without-information"])
def test_without_information_on_remedies_there_is_a_year(law: str, rule: str) -> None:
    assert last_day(law, rule, (2026, 11, 24)) == (2027, 11, 24)
    assert last_day(law, rule, (2024, 2, 29)) == (2025, 2, 28)


def test_the_clocks_of_the_authority() -> None:
    assert last_day("vwvfg", "inaction", (2026, 11, 24)) == (2027, 2, 24)
    assert last_day("sgb", "inaction", (2026, 11, 24)) == (2027, 5, 24)
    assert last_day("vwvfg", "deemed-approval", (2026, 11, 30)) == (2027, 3, 1)


def test_the_first_day_counts_when_a_period_starts_with_a_day() -> None:
    assert last_day("vwvfg", "period-from-start-of-day", (2026, 6, 1), months=1) == (2026, 6, 30)
    assert last_day("vwvfg", "period-from-start-of-day", (2026, 6, 1), days=30) == (2026, 6, 30)
    assert last_day("vwvfg", "period-from-start-of-day", (2025, 1, 31), months=1) == (2025, 2, 28)


def test_an_extension_counts_from_the_end_of_the_period_before() -> None:
    assert last_day("ao", "extension", (2026, 11, 30), months=1) == (2026, 12, 30)


@pytest.mark.parametrize(
    ("state", "expected"),
    [("NI", date(2026, 1, 6)), ("BY", date(2026, 1, 7)), ("BW", date(2026, 1, 7)), ("SN", date(2026, 1, 6))],
)
def test_the_holidays_of_the_state_count(state: str, expected: date) -> None:
    epiphany = deadlines.compute(law="vwvfg", rule="period", start=date(2025, 12, 23), days=14, state=state)

    assert epiphany.day == expected


def test_reformation_day_is_a_holiday_in_lower_saxony_since_2018() -> None:
    assert last_day("vwvfg", "period", (2016, 10, 17), days=14) == (2016, 10, 31)
    assert last_day("vwvfg", "period", (2018, 10, 17), days=14) == (2018, 11, 1)


def test_a_city_may_name_local_holidays() -> None:
    peace_festival = date(2025, 8, 8)

    moved = deadlines.compute(law="vwvfg", rule="period", start=date(2025, 8, 1), days=7, state="BY", local_holidays=[peace_festival])

    assert moved.day == date(2025, 8, 11)
    assert "örtlicher Feiertag" in moved.steps[-1]


def test_steps_are_sentences_with_their_paragraph() -> None:
    steps = deadlines.compute(law="ao", rule="post", start=date(2026, 3, 30)).steps

    assert steps == (
        "Montag, 30. März 2026: Der Bescheid wird zur Post gegeben; dieser Tag zählt nicht mit (§ 108 Abs. 1 AO, § 187 Abs. 1 BGB).",
        "Er gilt am vierten Tag danach als bekannt gegeben (§ 122 Abs. 2 Nr. 1 AO): Freitag, 3. April 2026.",
        "Der 3. April 2026 ist kein Werktag (Karfreitag); es zählt der nächste Werktag (§ 108 Abs. 3 AO): Dienstag, 7. April 2026.",
    )


def test_steps_exist_in_english() -> None:
    steps = deadlines.compute(law="sgb", rule="objection", start=date(2026, 1, 31), language="en").steps

    assert steps == (
        "Saturday, 31 January 2026: the decision is known; this day is not counted (§ 64 Abs. 1 SGG).",
        "The period of one month (§ 84 Abs. 1 SGG) ends with the end of this day (§ 64 Abs. 2 SGG): Saturday, 28 February 2026.",
        "This month has no day 31; its last day counts (§ 188 (3) BGB): Saturday, 28 February 2026.",
        "28 February 2026 is not a working day (Saturday); the next working day counts (§ 64 Abs. 3 SGG): Monday, 2 March 2026.",
    )


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        (date(2026, 11, 24), 5, date(2026, 12, 1)),
        (date(2026, 12, 23), 1, date(2026, 12, 24)),
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 11, 28), 0, date(2026, 11, 30)),
        (date(2026, 11, 27), 0, date(2026, 11, 27)),
    ],
)
def test_working_days_are_counted_without_weekends_and_holidays(start: date, n: int, expected: date) -> None:
    assert deadlines.add_working_days(start, n, "NI") == expected


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"law": "bgb"}, "„bgb“ ist unbekannt"),
        ({"rule": "pigeon"}, "keine Regel „pigeon“; bekannt: deemed-approval"),
        ({"state": "XX"}, "Das Land „XX“ ist unbekannt"),
        ({"state": "Augsburg"}, "Das Land „Augsburg“ ist unbekannt"),
        ({"days": 3}, "hat eine feste Dauer"),
        ({"rule": "period"}, "braucht eine Dauer"),
        ({"rule": "period", "days": 1, "months": 1}, "braucht eine Dauer"),
        ({"rule": "period", "days": 0}, "1 bis 3660 Tage"),
        ({"rule": "period", "months": 121}, "1 bis 120 Monate"),
        ({"rule": "period", "days": -1}, "1 bis 3660 Tage"),
        ({"start": date(1989, 1, 1)}, "von 1991 bis"),
        ({"start": date(9999, 12, 31)}, "von 1991 bis"),
        ({"start": datetime(2026, 1, 1, tzinfo=UTC)}, "nicht mit einem Zeitpunkt"),
        ({"rule": "nutzerkonto", "start": date(2019, 1, 1)}, "frühestens ab 10.12.2020"),
        ({"language": "fr"}, "Die Sprache „fr“ ist unbekannt"),
    ],
)
def test_what_cannot_be_computed_is_said_in_one_sentence(wrong: dict[str, Any], sentence: str) -> None:
    question: dict[str, Any] = {"law": "vwvfg", "rule": "post", "start": date(2026, 1, 5), **wrong}

    with pytest.raises(DeadlineError, match=sentence):
        deadlines.compute(**question)


def test_a_negative_number_of_working_days_is_refused() -> None:
    with pytest.raises(DeadlineError, match="negativ"):
        deadlines.add_working_days(date(2026, 1, 5), -1, "NI")
