"""One contract for all element types, and what each accepts and refuses."""

import json
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from direktdraht.foundation.registry import DuplicateEntry
from direktdraht.questions.elements.base import Element
from direktdraht.questions.elements.registry import ELEMENT_TYPES
from direktdraht.questions.elements.text import Text
from direktdraht.questions.files import FileFacts
from direktdraht.questions.surroundings import Surroundings
from tests.questions.forms import SPECS, element, parsed
from tests.scale import examples

FILES = {
    "f1": FileFacts("a.jpg", 1000, "image/jpeg"),
    "f2": FileFacts("b.exe", 10, "application/x-dosexec"),
    "f3": FileFacts("c.jpg", 2**21, "image/jpeg"),
}
AROUND = Surroundings(date(2026, 6, 15), FILES)
TYPES = sorted(SPECS)

PARTS = [
    "day",
    "year",
    "street",
    "country",
    "date",
    "time",
    "search",
    "code",
    "begin",
    "end",
    "bus",
    "a",
    "name",
    "family_name",
    "lat",
    "label",
    "searched",
    "chosen",
    "text",
    "lon",
]
NAMES = ["it", "_search", "it.begin.day", "it.birth_date.year", *(f"it.{part}" for part in PARTS)]

HOSTILE: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["a", "f1", "2026-01-01", "12,50", "1e9", "DE", "\x00", "\ud800"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | st.sampled_from(PARTS), inner, max_size=4),
    max_leaves=12,
)


def made(kind: str, **more: Any) -> Element:
    return parsed(element(kind, **more)).outline.element("it")


def codes(kind: str, raw: Any, **more: Any) -> list[tuple[str, str]]:
    return [(problem.message.code, problem.part) for problem in made(kind, **more).clean(raw, AROUND).problems]


def test_the_registry_holds_every_type_of_the_specification_once() -> None:
    assert sorted(name for name, _ in ELEMENT_TYPES.items()) == TYPES
    with pytest.raises(DuplicateEntry):
        ELEMENT_TYPES.register("text", Text)


@pytest.mark.parametrize("kind", TYPES)
@settings(max_examples=examples(60))
@given(raw=HOSTILE)
def test_any_json_gives_a_clean_value_or_a_message_never_an_exception(kind: str, raw: Any) -> None:
    subject = made(kind)

    cleaned = subject.clean(raw, AROUND)

    assert cleaned.value is None or not cleaned.problems
    for problem in cleaned.problems:
        assert problem.message.text("de")
        assert problem.message.text("en")
    assert subject.face(raw, "de") is not None
    if cleaned.value is not None and kind != "group":
        _holds_as_clean(subject, cleaned.value)


def _holds_as_clean(subject: Element, value: Any) -> None:
    """A clean value survives JSON, cleaning and its schema, and can be shown and compared."""
    stored = json.loads(json.dumps(value))
    assert subject.clean(stored, AROUND).value == value
    assert list(Draft202012Validator(subject.fragment()).iter_errors(stored)) == []
    assert subject.display(value, "de", FILES)
    assert subject.display(value, "en", {})
    subject.typed(value)


APPOINTMENT = "7a2cf6c4-6f2e-4a1b-9d6e-0d8f9f2b6a11"
GOOD: list[tuple[str, Any, Any]] = [
    ("text", "  zwei   Worte ", "zwei Worte"),
    ("name", "Ğülşen O’Neill-Łuczak", "Ğülşen O’Neill-Łuczak"),
    ("longtext", "eins\r\nzwei  ", "eins\nzwei"),
    ("integer", "20", 20),
    ("integer", 3, 3),
    ("money", "1.234,5 €", "1234.50"),
    ("money", "12.50", "12.50"),
    ("yesno", False, False),
    ("date", "2026-06-15", "2026-06-15"),
    ("date", {"day": "1", "month": "6.", "year": "2026"}, "2026-06-01"),
    ("decimal", "12,50", "12.5"),
    ("decimal", "-0,0", "0"),
    ("decimal", 2.5, "2.5"),
    ("decimal", 7, "7"),
    ("decimal", "1.000", "1000"),
    ("time", "9.30 Uhr", "09:30"),
    ("time", "1745", "17:45"),
    ("time", "23:59", "23:59"),
    ("datetime", "2026-06-15T09:30", "2026-06-15T09:30"),
    ("datetime", {"date": {"day": "1", "month": "7", "year": "2026"}, "time": "18"}, "2026-07-01T18:00"),
    ("datetime", {"date": "2026-10-25", "time": "2:30"}, "2026-10-25T02:30"),
    ("codelist", "b", "b"),
    ("codelist", {"search": "Beere", "searched": "Beere", "code": "birne"}, "birne"),
    ("codelist", {"search": "BIRNE", "searched": "", "code": "apfel"}, "birne"),
    ("codelist", {"search": "brombeere frueh", "searched": "", "code": ""}, "b"),
    ("period", {"begin": "2026-06-01", "end": "2026-06-14"}, {"begin": "2026-06-01", "end": "2026-06-14"}),
    (
        "period",
        {"begin": {"day": "1", "month": "6", "year": "2026"}, "end": "2026-06-01"},
        {"begin": "2026-06-01", "end": "2026-06-01"},
    ),
    ("scale", "5", 5),
    ("scale", 1, 1),
    ("matrix", {"bike": "bad", "bus": "good"}, {"bus": "good", "bike": "bad"}),
    ("ranking", {"a": "2", "b": "3", "c.1": "1"}, ["c.1", "a", "b"]),
    ("ranking", ["b", "a", "c.1"], ["b", "a", "c.1"]),
    ("place", {"label": "Hinter der Bude"}, {"label": "Hinter der Bude"}),
    ("place", {"lat": "53.1434", "lon": "8.2146", "label": "Weg 1"}, {"lat": "53.1434", "lon": "8.2146", "label": "Weg 1"}),
    (
        "place",
        {"search": "weg", "searched": "weg", "chosen": "53.1 8.2 Weg 1", "text": "hinten"},
        {"lat": "53.1", "lon": "8.2", "label": "Weg 1, hinten"},
    ),
    ("place", {"search": "weg", "searched": "", "chosen": "", "text": "hinten"}, {"label": "hinten"}),
    (
        "appointment",
        {"id": APPOINTMENT, "starts_at": "2026-11-30T08:15:00+00:00", "place": "Bürgerbüro", "from": "2026-11-30"},
        {"id": APPOINTMENT, "starts_at": "2026-11-30T08:15:00+00:00", "place": "Bürgerbüro"},
    ),
    ("person", {"family_name": "Suharto", "given_name": ""}, {"family_name": "Suharto"}),
    (
        "person",
        {"given_name": "Ğülşen", "family_name": "O’Neill", "salutation": "Dr.", "birth_date": {"day": "1", "month": "2", "year": "1999"}},
        {"given_name": "Ğülşen", "family_name": "O’Neill", "salutation": "Dr.", "birth_date": "1999-02-01"},
    ),
    ("organisation", {"name": "Bücherfreunde e. V.", "contact": ""}, {"name": "Bücherfreunde e. V."}),
    (
        "organisation",
        {"name": "Weber & Söhne", "register_number": "HRB 12 345", "contact": "Robin Weber"},
        {"name": "Weber & Söhne", "register_number": "HRB 12 345", "contact": "Robin Weber"},
    ),
    ("choice", "b", "b"),
    ("multichoice", ["b", "a", "b"], ["a", "b"]),
    ("email", " Robin@Musterstadt.example ", "Robin@musterstadt.example"),
    ("phone", "0441 235-4444", "+49-441-2354444"),
    ("phone", "+31 20 624 1111", "+31-20-624-1111"),
    ("iban", "de02 1203 0000 0000 2020 51", "DE02120300000000202051"),
    ("file", ["f1", "f1"], ["f1"]),
    ("consent", True, True),
    (
        "address",
        {"street": "Lange Straße", "number": "12 a", "postal_code": "26121", "city": "Oldenburg"},
        {"street": "Lange Straße", "number": "12 a", "postal_code": "26121", "city": "Oldenburg", "country": "DE"},
    ),
    (
        "address",
        {"street": "Damrak 1", "number": "", "postal_code": "1012 LG", "city": "Amsterdam", "country": "NL"},
        {"street": "Damrak 1", "postal_code": "1012 LG", "city": "Amsterdam", "country": "NL"},
    ),
]


@pytest.mark.parametrize(("kind", "raw", "value"), GOOD)
def test_a_good_answer_becomes_this_value(kind: str, raw: Any, value: Any) -> None:
    subject = made(kind)

    cleaned = subject.clean(raw, AROUND)

    assert cleaned.value == value
    _holds_as_clean(subject, cleaned.value)


BAD: list[tuple[str, Any, list[tuple[str, str]]]] = [
    ("text", "x" * 61, [("too_long", "")]),
    ("text", "x" * 10_000_000, [("too_long", "")]),
    ("text", {"a": 1}, [("wrong_type", "")]),
    ("name", "Robin 3", [("characters", "")]),
    ("name", "Ρόμπιν", [("characters", "")]),
    ("integer", "2,5", [("no_integer", "")]),
    ("integer", True, [("wrong_type", "")]),
    ("integer", 21, [("too_large", "")]),
    ("integer", "0", [("too_small", "")]),
    ("integer", "٣" * 5000, [("too_long", "")]),
    ("money", "1,234,567", [("no_money", "")]),
    ("money", "NaN", [("no_money", "")]),
    ("money", "5000.01", [("too_large", "")]),
    ("yesno", "vielleicht", [("wrong_type", "")]),
    ("date", "2026-02-30", [("no_date", "")]),
    ("date", {"day": "31", "month": "2", "year": "2026"}, [("no_date", "")]),
    ("date", {"day": "", "month": "2", "year": ""}, [("no_date", "")]),
    ("date", "2026-06-16", [("too_late", "")]),
    ("appointment", {"chosen": "3@2026-11-30T08:15", "from": ""}, [("time_not_held", "")]),
    ("appointment", {"id": APPOINTMENT, "starts_at": "2026-11-30T08:15:00", "place": "Bürgerbüro"}, [("wrong_type", "")]),
    ("appointment", {"id": "7", "starts_at": "2026-11-30T08:15:00+00:00", "place": "Bürgerbüro"}, [("wrong_type", "")]),
    ("appointment", {"id": APPOINTMENT, "starts_at": "2026-11-30T08:15:00+00:00", "place": ""}, [("wrong_type", "")]),
    ("decimal", "zwei", [("no_decimal", "")]),
    ("decimal", "2,555", [("too_many_places", "")]),
    ("decimal", "1000,01", [("too_large", "")]),
    ("decimal", "-1", [("too_small", "")]),
    ("decimal", float("nan"), [("wrong_type", "")]),
    ("decimal", "1e3", [("no_decimal", "")]),
    ("time", "25:00", [("no_time", "")]),
    ("time", "9:3", [("no_time", "")]),
    ("time", "5:59", [("too_early_time", "")]),
    ("datetime", "2026-06-15", [("no_date", "")]),
    ("datetime", {"date": "2026-06-15", "time": ""}, [("no_time", "")]),
    ("datetime", {"date": "", "time": "9:30"}, [("no_date", "")]),
    ("datetime", "2027-03-28T02:30", [("no_such_hour", "")]),
    ("datetime", "2028-01-01T09:00", [("too_late", "")]),
    ("codelist", "kirsche", [("no_entry", "")]),
    ("codelist", {"search": "irn", "searched": "", "code": "apfel"}, [("no_entry", "")]),
    ("codelist", {"search": []}, [("wrong_type", "")]),
    ("period", {"begin": "2026-06-02", "end": "2026-06-01"}, [("end_before_begin", "end")]),
    ("period", {"begin": "2026-06-01", "end": "2026-06-15"}, [("too_many_days", "end")]),
    ("period", {"begin": "2026-06-01"}, [("required", "end")]),
    ("period", {"begin": "2026-02-30", "end": "2028-01-01"}, [("no_date", "begin"), ("too_late", "end")]),
    ("period", "2026-06-01", [("wrong_type", "")]),
    ("scale", 6, [("no_option", "")]),
    ("scale", True, [("wrong_type", "")]),
    ("matrix", {"bus": "good"}, [("required_choice", "bike")]),
    ("matrix", {"bus": "good", "bike": "great"}, [("no_option", "bike")]),
    ("matrix", {"bus": [], "bike": "bad"}, [("wrong_type", "bus")]),
    ("ranking", {"a": "1", "b": "1", "c.1": "2"}, [("place_twice", "b")]),
    ("ranking", {"a": "1", "b": "2"}, [("places_incomplete", "")]),
    ("ranking", {"a": "4"}, [("no_place", "a")]),
    ("ranking", ["a", "a", "b"], [("places_incomplete", "")]),
    ("ranking", ["x"], [("no_option", "")]),
    ("place", {"search": "weg", "searched": "", "chosen": "53.1 8.2 Weg 1", "text": ""}, [("no_spot", "")]),
    ("place", {"lat": "91", "lon": "8.2", "label": "Pol"}, [("no_spot", "")]),
    ("place", {"lat": "53.1", "label": "Weg"}, [("no_spot", "")]),
    ("place", {"search": "", "searched": "", "chosen": "überall", "text": ""}, [("no_spot", "")]),
    ("person", {"birth_date": "1999-02-01"}, [("required_name", "family_name")]),
    ("person", {"family_name": "X Æ A-12"}, [("characters", "family_name")]),
    ("person", {"family_name": "Weber", "birth_date": "2026-06-16"}, [("too_late", "birth_date")]),
    ("organisation", {"contact": "Robin"}, [("required", "name")]),
    ("organisation", {"name": "A" * 201}, [("too_long", "name")]),
    ("choice", "c", [("no_option", "")]),
    ("multichoice", ["a", "c"], [("no_option", "")]),
    ("email", "robin@", [("no_email", "")]),
    ("email", "robin@musterstadt.example\nBcc: x@y.example", [("no_email", "")]),
    ("phone", "12", [("no_phone", "")]),
    ("iban", "DE02120300000000202052", [("no_iban", "")]),
    ("address", {"street": "Weg"}, [("required", "postal_code"), ("required", "city")]),
    ("address", {"street": "Weg", "postal_code": "123", "city": "Ort"}, [("no_postal_code", "postal_code")]),
    ("address", {"street": "Weg", "postal_code": "123", "city": "Ort", "country": "XX"}, [("no_country", "country")]),
    ("file", ["f9"], [("unknown_file", "")]),
    ("file", ["f2"], [("file_type", "")]),
    ("file", ["f3"], [("file_too_large", "")]),
    ("file", ["f1", "f2", "f3"], [("too_many_files", "")]),
    ("consent", "true", [("wrong_type", "")]),
    ("group", {}, [("wrong_type", "")]),
    ("group", [{}] * 21, [("group_max", "")]),
]


@pytest.mark.parametrize(("kind", "raw", "expected"), BAD)
def test_a_bad_answer_is_refused_with_this_message(kind: str, raw: Any, expected: list[tuple[str, str]]) -> None:
    assert codes(kind, raw) == expected


def test_a_pattern_that_runs_away_is_stopped_and_counts_as_not_matching() -> None:
    assert codes("text", "a" * 58 + "!", pattern="(a|a|aa)+") == [("pattern", "")]


def test_a_pattern_may_say_itself_what_to_do() -> None:
    hint = {"de": "Bitte 15 Ziffern.", "en": "15 digits, please."}

    (problem,) = made("text", pattern="[0-9]{15}", pattern_hint=hint).clean("12", AROUND).problems

    assert (problem.message.text("de"), problem.message.text("en")) == ("Bitte 15 Ziffern.", "15 digits, please.")


@pytest.mark.parametrize(
    ("day", "open_that_day"), [("2026-12-24", True), ("2026-12-25", False), ("2026-12-27", False), ("2026-10-31", False)]
)
def test_no_collection_on_sundays_and_holidays_of_the_state(day: str, open_that_day: bool) -> None:
    subject = made("date", max="today+1y", not_on=["sunday", "holiday"])

    cleaned = subject.clean(day, AROUND)

    assert (cleaned.value is not None) is open_that_day
    assert [problem.message.code for problem in cleaned.problems] == ([] if open_that_day else ["no_working_day"])


def test_a_holiday_of_one_state_is_a_working_day_in_another() -> None:
    subject = made("date", max="today+1y", not_on=["holiday"])

    reformation_day_in_bavaria = subject.clean("2026-10-31", Surroundings(date(2026, 6, 15), {}, "BY"))

    assert reformation_day_in_bavaria.value == "2026-10-31"


def test_a_refused_day_is_named_in_words() -> None:
    (problem,) = made("date", max="today+1y", not_on=["holiday"]).clean("2026-12-26", AROUND).problems

    assert problem.message.text("de") == "Am 26. Dezember 2026 geht es leider nicht. Bitte wählen Sie einen Werktag."


@pytest.mark.parametrize("kind", TYPES)
@settings(max_examples=examples(25))
@given(data=st.dictionaries(st.sampled_from(NAMES), st.text(max_size=30) | st.sampled_from(["it", "1", "good"]), max_size=5))
def test_anything_posted_can_be_read_cleaned_and_shown_again(kind: str, data: dict[str, str]) -> None:
    subject = made(kind)
    post = QueryDict(mutable=True)
    post.update(data)

    raw = subject.from_post(post, "it", None)

    subject.clean(raw, AROUND)
    subject.face(raw, "en")
