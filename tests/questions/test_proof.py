"""Findings before publishing, each with its place and its mend."""

from typing import Any

import pytest

from direktdraht.questions.definition import DefinitionError, parse
from direktdraht.questions.proof import longest_path, prove
from tests.questions.forms import element, form, gallery, parsed


def found(data: dict[str, Any]) -> list[tuple[str, str, str]]:
    findings = prove(parse(data))
    assert all(finding.sentence(language) and finding.mend(language) for finding in findings for language in ("de", "en"))
    return [(finding.severity, finding.path, finding.code) for finding in findings]


def sound(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    tests = [{"name": "leer", "answers": {}, "expect": {"valid": False}}]
    return form(*(dict(one, purpose="Bescheid") for one in elements), **{"legal_basis": "§ 1", "tests": tests, **more})


@pytest.mark.parametrize("key", ["bewohnerparkausweis", "hundesteuer_anmeldung", "meldung", "sperrmuell"])
def test_the_gallery_has_nothing_to_mend(key: str) -> None:
    assert found(gallery(key)) == []


def test_errors_come_before_warnings() -> None:
    data = form(element("text"), fee={"money": "1.00"}, tests=[{"name": "x", "answers": {}, "expect": {"valid": True}}])

    assert found(data) == [
        ("error", "tests.0", "test_fails"),
        ("error", "fee_basis", "fee_without_basis"),
        ("warning", "legal_basis", "no_legal_basis"),
        ("warning", "pages.0.elements.0.purpose", "no_purpose"),
    ]


def test_a_form_without_tests_is_named() -> None:
    assert found(sound(element("text"), tests=[])) == [("warning", "tests", "no_tests")]


def test_the_same_label_twice_on_a_page_is_named() -> None:
    data = sound(element("text", "a", label={"de": "Name"}), element("text", "b", label={"de": "Name"}))

    assert found(data) == [("warning", "pages.0", "label_twice")]


def test_a_condition_on_a_later_page_is_named() -> None:
    data = sound(element("text", "a", show_if={"field": "b", "op": "is", "value": True}))
    data["pages"].append({"key": "second", "title": {"de": "Zweite"}, "elements": [element("yesno", "b", purpose="Bescheid")]})

    assert found(data) == [("warning", "pages.0.elements.0.show_if", "later_page")]


def test_a_page_without_a_question_is_named() -> None:
    data = sound(element("text", "a"))
    data["pages"].append({"key": "second", "title": {"de": "Zweite"}, "elements": [element("info", "b")]})

    assert found(data) == [("warning", "pages.1", "page_asks_nothing")]


def test_a_required_answer_in_an_optional_group_is_named() -> None:
    group = element("group", "dogs", required=False, elements=[element("text", "name", purpose="Bescheid")])

    assert found(sound(element("text", "a"), group)) == [("warning", "pages.0.elements.1.elements.0", "required_in_optional")]


def test_asking_again_for_what_the_identification_gives_is_named() -> None:
    data = sound(element("address", "home"), identification={"level": "low", "attributes": ["name", "address"]})

    assert found(data) == [("warning", "pages.0.elements.0", "asked_again")]


def two_pages(second: dict[str, Any], *first: dict[str, Any], **more: Any) -> dict[str, Any]:
    data = sound(*first, **more)
    data["pages"].append({"key": "second", "title": {"de": "Zweite"}, "elements": [dict(second, purpose="Bescheid")]})
    return data


def is_(key: str, value: Any) -> dict[str, Any]:
    return {"field": key, "op": "is", "value": value}


def test_what_an_import_left_open_is_named() -> None:
    data = sound(element("text", "a"), service="offen", unit="offen", retention={"months": 0, "basis": "offen"})

    assert found(data) == [
        ("error", "service", "service_not_decided"),
        ("error", "unit", "unit_not_decided"),
        ("error", "retention", "retention_not_decided"),
        ("warning", "law", "law_not_decided"),
    ]


def test_an_unknown_rule_on_the_written_form_is_named() -> None:
    assert found(sound(element("text", "a"), written_form={"rule": "fax"})) == [("error", "written_form.rule", "unknown_rule")]
    assert prove(parse(sound(element("text", "a"), written_form={"rule": "fax"})), rules={"fax"}) == []


def test_a_page_that_no_answer_opens_is_named() -> None:
    data = two_pages(element("text", "b"), element("yesno", "a"))
    data["pages"][1]["show_if"] = {"all": [is_("a", True), is_("a", False)]}

    assert found(data) == [("error", "pages.1", "page_unreachable")]


def test_a_page_whose_condition_says_nothing_is_named() -> None:
    data = two_pages(element("text", "b"), element("yesno", "a"))
    data["pages"][1]["show_if"] = {"any": [{"field": "a", "op": "empty"}, {"field": "a", "op": "not_empty"}]}

    assert found(data) == [("warning", "pages.1.show_if", "condition_always")]


NEVER = [
    ("integer", {"field": "a", "op": "gt", "value": 20}),
    ("integer", {"all": [{"field": "a", "op": "gt", "value": 3}, {"field": "a", "op": "lt", "value": 3}]}),
    ("choice", {"all": [is_("a", "a"), is_("a", "b")]}),
    ("choice", {"all": [{"field": "a", "op": "not_empty"}, {"not": {"field": "a", "op": "in", "value": ["a", "b"]}}]}),
    ("text", {"all": [is_("a", "Hund"), {"field": "a", "op": "is_not", "value": "hund"}]}),
    ("group", {"group": "a", "count": {"op": "gt", "value": 20}}),
    ("date", {"all": [{"field": "a", "op": "gt", "value": "today"}, {"field": "a", "op": "empty"}]}),
]


@pytest.mark.parametrize(("kind", "condition"), NEVER)
def test_a_condition_that_no_answer_meets_is_named(kind: str, condition: dict[str, Any]) -> None:
    data = sound(element(kind, "a"), element("text", "b", show_if=condition))

    assert ("error", "pages.0.elements.1.show_if", "condition_never") in found(data)


SOMETIMES = [
    ("integer", {"all": [{"field": "a", "op": "gt", "value": 3}, {"field": "a", "op": "lt", "value": 5}]}),
    ("date", {"all": [{"field": "a", "op": "gt", "value": "today"}, {"field": "a", "op": "lt", "value": "2027-01-01"}]}),
    ("text", {"all": [{"field": "a", "op": "contains", "value": "x"}, {"field": "a", "op": "contains", "value": "y"}]}),
    ("text", {"not": is_("a", "Hund")}),
    ("multichoice", {"all": [{"field": "a", "op": "contains", "value": "a"}, {"field": "a", "op": "contains", "value": "b"}]}),
    ("group", {"all": [{"group": "a", "any": is_("inner", "x")}, {"group": "a", "any": is_("inner", "y")}]}),
    ("group", {"group": "a", "count": {"op": "is", "value": 2, "where": is_("inner", "x")}}),
]


@pytest.mark.parametrize(("kind", "condition"), SOMETIMES)
def test_a_condition_that_some_answers_meet_is_not_called_a_fault(kind: str, condition: dict[str, Any]) -> None:
    codes = {code for _, _, code in found(sound(element(kind, "a"), element("text", "b", show_if=condition)))}

    assert codes & {"condition_never", "condition_always", "never_shown"} == set()


def test_two_conditions_that_exclude_each_other_are_named() -> None:
    data = two_pages(element("text", "b", show_if=is_("a", False)), element("yesno", "a"))
    data["pages"][1]["show_if"] = is_("a", True)

    assert found(data) == [("error", "pages.1.elements.0", "never_shown")]


def test_a_way_that_does_not_end_cannot_even_be_read() -> None:
    data = two_pages(element("yesno", "b"), element("yesno", "a"))
    data["pages"][0]["show_if"], data["pages"][1]["show_if"] = is_("b", True), is_("a", True)

    with pytest.raises(DefinitionError) as refusal:
        parse(data)

    assert refusal.value.findings[0].code == "cycle"


def test_the_same_question_on_two_pages_is_named() -> None:
    data = two_pages(element("text", "b", label={"de": "Ihr Beruf"}), element("text", "a", label={"de": "Ihr Beruf"}))

    assert found(data) == [("warning", "pages.1.elements.0", "asked_twice")]


def test_a_way_that_takes_long_is_named_with_its_figures() -> None:
    data = sound(*(element("text", f"k{number}") for number in range(63)))

    assert found(data) == [("warning", "pages", "long_way")]
    assert prove(parse(data))[0].sentence() == "Der längste Weg hat 1 Seiten und 63 Fragen; das dauert etwa 21 Minuten."


def test_a_name_that_the_identification_gives_is_named() -> None:
    data = sound(element("text", "a", autocomplete="family-name"), identification={"level": "low", "attributes": ["name"]})

    assert found(data) == [("warning", "pages.0.elements.0", "asked_again")]


def test_the_longest_path_counts_pages_questions_and_minutes() -> None:
    longest = longest_path(parsed(*(element("text", f"k{number}") for number in range(7))))

    assert (longest.pages, longest.questions, longest.minutes) == (1, 7, 3)
