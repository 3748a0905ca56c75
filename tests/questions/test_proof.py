"""Findings before publishing, each with its place and its mend."""

from typing import Any

import pytest

from direktdraht.questions.definition import parse
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


def test_the_longest_path_counts_pages_questions_and_minutes() -> None:
    longest = longest_path(parsed(*(element("text", f"k{number}") for number in range(7))))

    assert (longest.pages, longest.questions, longest.minutes) == (1, 7, 3)
