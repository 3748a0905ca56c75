"""Code lists: carried by the definition, searched without a script, fast also with ten thousand entries."""

import time
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from direktdraht.questions.code_lists import CodeList
from direktdraht.questions.definition import DefinitionError, parse
from direktdraht.questions.evaluation import evaluate
from direktdraht.questions.posting import is_page_change, read_page
from direktdraht.questions.proof import prove
from direktdraht.questions.rendering import plain_text
from tests.questions.browser import read, send, show
from tests.questions.forms import FRUITS, element, form, many_entries, parsed

TODAY = date(2026, 6, 15)
LONG = parse(form(element("codelist"), code_lists={"urn:de:obst": many_entries(10_000)}))


def refusal(data: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(DefinitionError) as refused:
        parse(data)
    return [(finding.path, finding.code) for finding in refused.value.findings]


def found(text: str) -> list[str]:
    return [entry.label["de"] for entry in CodeList.model_validate(FRUITS).search(text, 20)]


@pytest.mark.parametrize("typed", ["BROMBEERE", "frueh brombeere", "beere früh", "Brombeere,  FRÜH", "fru"])
def test_case_umlauts_and_order_of_words_do_not_matter(typed: str) -> None:
    assert found(typed) == ["Brombeere, früh"]


def test_an_entry_is_found_by_its_code_and_by_its_name_in_another_language() -> None:
    assert found("birne") == ["Birne"]
    assert found("apple") == ["Apfel"]
    assert found("kirsche") == []
    assert found("?!") == []


def test_a_whole_word_comes_before_a_part_of_one() -> None:
    entries = [{"code": "1", "label": {"de": "Haushund"}}, {"code": "2", "label": {"de": "Hund"}}]

    assert [entry.code for entry in CodeList.model_validate({"version": "1", "entries": entries}).search("hund", 20)] == ["2", "1"]


def test_searching_shows_the_page_again_and_keeps_what_was_chosen() -> None:
    first = show(LONG, "first", {"it": "K 00007"})
    post = send(first, **{"it.search": "aepfel sorte 10", "_search": "it"})

    raw = read_page(LONG, "first", post, {})
    again = show(LONG, "first", raw)

    assert is_page_change(post)
    assert 'value="K 00007" checked' in first
    assert 'value="K 00007" checked' in again
    assert again.count('type="radio"') == 20
    assert "noch mehr Treffer" in again
    assert 'formaction="#id_it"' in again
    assert ("it.search", "aepfel sorte 10") in read(again).sent
    assert evaluate(LONG, raw, today=TODAY).answers == {"it": "K 00007"}


def test_what_is_chosen_among_the_hits_is_the_answer() -> None:
    searched = read_page(LONG, "first", send(show(LONG, "first", {}), **{"it.search": "Sorte 4711", "_search": "it"}), {})

    raw = read_page(LONG, "first", send(show(LONG, "first", searched), it="K 04711"), searched)

    assert evaluate(LONG, raw, today=TODAY).answers == {"it": "K 04711"}
    assert plain_text(LONG, {"it": "K 04711"}, "de").endswith("    Kirschen, Sorte 4711\n")


@pytest.mark.parametrize("typed", ["k 00004", "K 00004", "Sorte 4, Aepfel", "äpfel, sorte 4"])
def test_a_whole_label_or_code_needs_no_search(typed: str) -> None:
    raw = read_page(LONG, "first", send(show(LONG, "first", {"it": "K 00007"}), **{"it.search": typed}), {})

    assert evaluate(LONG, raw, today=TODAY).answers.get("it") == ("K 00004" if not typed.startswith("Sorte") else None)


def test_a_part_of_a_word_is_not_an_answer_and_the_page_offers_what_fits() -> None:
    raw = read_page(LONG, "first", send(show(LONG, "first", {}), **{"it.search": "Kirschen 471"}), {})
    evaluation = evaluate(LONG, raw, today=TODAY)

    html = show(LONG, "first", raw, errors=evaluation.errors)

    assert [message.code for message in evaluation.errors["it"]] == ["no_entry"]
    assert "Kirschen, Sorte 4711" in html
    assert 'aria-invalid="true"' in html


def test_nothing_found_is_said() -> None:
    raw = read_page(LONG, "first", send(show(LONG, "first", {}), **{"it.search": "Zitrone", "_search": "it"}), {})

    assert "nichts gefunden" in show(LONG, "first", raw)


def test_a_short_list_is_radios_and_a_middle_one_a_select() -> None:
    middle = parse(form(element("codelist"), code_lists={"urn:de:obst": many_entries(20)}))

    assert show(parsed(element("codelist")), "first", {}).count('type="radio"') == 3
    assert read(show(middle, "first", {"it": "K 00003"})).sent[-1] == ("it", "K 00003")
    assert "<select" in show(middle, "first", {})


def test_codes_are_compared_letter_by_letter() -> None:
    entries = [{"code": "a", "label": {"de": "Klein"}}, {"code": "A", "label": {"de": "Groß"}}]
    shown = element("text", "more", show_if={"field": "it", "op": "is", "value": "A"})
    definition = parse(form(element("codelist"), shown, code_lists={"urn:de:obst": {"version": "1", "entries": entries}}))

    assert evaluate(definition, {"it": "a"}, today=TODAY).shown == ["it"]
    assert evaluate(definition, {"it": "A"}, today=TODAY).shown == ["it", "more"]


def test_a_fee_may_be_looked_up_by_a_code() -> None:
    table = {"table": {"field": "it", "values": {"apfel": "2.00", "b": "3.50"}, "default": "1.00"}}
    definition = parsed(element("codelist"), fee=table)

    assert [str(evaluate(definition, {"it": code}, today=TODAY).fee) for code in ("b", "birne")] == ["3.50", "1.00"]


def test_what_a_list_gets_wrong_is_named_with_its_place() -> None:
    twice = {"version": "1", "entries": [{"code": "a", "label": {"de": "A"}}] * 2}
    hidden = {"version": "1", "entries": [{"code": "a\u202eb", "label": {"de": "A"}}]}

    assert refusal(form(element("codelist", list="urn:de:anderes"))) == [("pages.0.elements.0.list", "unknown_list")]
    assert refusal(form(element("codelist"), code_lists={"urn:de:obst": twice})) == [("code_lists.urn:de:obst", "code_twice")]
    assert refusal(form(element("codelist"), code_lists={"urn:de:obst": hidden})) == [
        ("code_lists.urn:de:obst.entries.0.code", "text_unfit")
    ]
    assert refusal(form(element("codelist"), code_lists={"urn:de:obst": many_entries(10_001)})) == [
        ("code_lists.urn:de:obst.entries", "wrong_value")
    ]
    unfit = element("text", "more", show_if={"field": "it", "op": "is", "value": "kirsche"})
    assert refusal(form(element("codelist"), unfit)) == [("pages.0.elements.1.show_if", "value_unfit")]


def test_lists_have_their_own_limit_of_four_megabytes() -> None:
    def large(length: int) -> dict[str, Any]:
        return {"version": "1", "entries": [{"code": str(n), "label": {"de": "x" * length}} for n in range(1000)]}

    parse(form(element("codelist"), code_lists={"urn:de:obst": large(3000)}))

    assert refusal(form(element("codelist"), code_lists={"urn:de:obst": large(3900), "urn:de:zwei": large(500)})) == [
        ("code_lists", "lists_too_big")
    ]


def test_a_list_that_no_question_uses_is_a_warning() -> None:
    definition = parsed(element("text"), code_lists={"urn:de:obst": FRUITS})

    assert ("warning", "code_lists.urn:de:obst", "list_unused") in [(one.severity, one.path, one.code) for one in prove(definition)]


def test_ten_thousand_entries_are_read_once_and_then_cost_nothing() -> None:
    data = form(element("codelist"), code_lists={"urn:de:obst": many_entries(10_000)})
    begun = time.process_time()
    definition = parse(data)
    read_in = time.process_time() - begun
    post = QueryDict("it.search=Sorte+9999&_search=it")

    begun = time.process_time()
    for _ in range(100):
        raw = read_page(definition, "first", post, {})
        evaluate(definition, {"it": "K 09999"}, today=TODAY)
    a_request = (time.process_time() - begun) / 100

    assert raw["it"]["search"] == "Sorte 9999"
    assert read_in < 10
    assert a_request < 0.05
