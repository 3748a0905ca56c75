"""What a form declares beside its questions: fixed values, signatures, payments."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from jsonschema import Draft202012Validator

from direktdraht.questions.declared import written_form_rules
from direktdraht.questions.definition import DefinitionError, parse
from direktdraht.questions.evaluation import Evaluation, evaluate
from direktdraht.questions.json_schema import schema
from direktdraht.questions.posting import read_page
from direktdraht.questions.proof import prove
from direktdraht.questions.rendering import plain_text
from tests.questions.browser import read, send, show
from tests.questions.forms import element, form, parsed

TODAY = date(2026, 6, 15)
WANTED = {"field": "a", "op": "is", "value": True}


def run(definition: Any, answers: dict[str, Any]) -> Evaluation:
    return evaluate(definition, answers, today=TODAY)


@pytest.mark.parametrize(
    ("value", "words"), [("aus dem Rathaus", "aus dem Rathaus"), (True, "Ja"), (12000, "12.000"), (0, "0"), (False, "Nein")]
)
def test_a_fixed_value_is_stored_and_can_be_read_but_never_taken_from_outside(value: Any, words: str) -> None:
    definition = parsed(element("yesno", "a"), element("hidden", value=value))

    evaluation = run(definition, {"it": "gefälscht"})

    assert evaluation.answers == {"it": value}
    assert evaluation.kept == {}
    assert f"Frage it:\n    {words}\n" in plain_text(definition, evaluation.answers, "de")
    assert list(Draft202012Validator(schema(definition)).iter_errors({"a": True, **evaluation.answers})) == []
    assert read_page(definition, "first", QueryDict("it=x&_shown=it"), {}) == {}
    assert [name for name, _ in read(show(definition, "first", {"it": "x"})).sent] == ["_shown"]


def test_a_fixed_value_that_is_hidden_by_its_condition_is_not_stored_and_rules_may_use_it() -> None:
    definition = parsed(
        element("yesno", "a"),
        element("hidden", value="x", show_if=WANTED),
        element("text", "more", show_if={"field": "it", "op": "is", "value": "x"}),
    )

    assert run(definition, {"a": False}).answers == {"a": False}
    assert run(definition, {"a": True}).shown == ["a", "it", "more"]


def test_a_signature_is_declared_where_it_is_shown() -> None:
    definition = parsed(element("yesno", "a"), element("signature", show_if=WANTED), written_form={"rule": "ao_87a"})

    assert written_form_rules(definition, run(definition, {"a": False}).shown) == ["ao_87a"]
    assert written_form_rules(definition, run(definition, {"a": True}).shown) == ["ao_87a", "vwvfg_3a"]
    assert run(definition, {"a": True, "it": "x"}).answers == {"a": True}
    assert "eine Unterschrift" in show(definition, "first", {})


def test_a_payment_shows_the_fee_of_the_form() -> None:
    definition = parsed(element("integer", "n"), element("payment"), fee={"mul": [{"field": "n"}, {"money": "2.50"}]})
    known, unknown = run(definition, {"n": 3}), run(definition, {})

    assert str(known.fee) == "7.50"
    assert ">7,50 €<" in show(definition, "first", {"n": 3}, evaluation=known)
    assert "steht noch nicht fest" in show(definition, "first", {}, evaluation=unknown)
    assert "€1" not in show(definition, "first", {}, language="en")


def test_payments_with_their_own_rules_make_the_fee_together() -> None:
    rows = element("group", "rows", elements=[element("payment", "each", expression={"money": "1.01"})])
    definition = parsed(element("yesno", "a"), element("payment", expression={"money": "12.00"}, show_if=WANTED), rows)

    both, one = run(definition, {"a": True, "rows": [{}, {}]}), run(definition, {"a": False})

    assert (str(both.fee), one.fee) == ("14.02", None)
    assert {path: str(fee) for path, fee in both.fees.items()} == {"it": "12.00", "rows.0.each": "1.01", "rows.1.each": "1.01"}


def test_a_payment_that_waits_for_an_answer_leaves_the_fee_open() -> None:
    waiting = element("payment", "b", expression={"mul": [{"field": "n"}, {"money": "2.50"}]})

    assert run(parsed(element("integer", "n"), element("payment", expression={"money": "1.00"}), waiting), {}).fee is None


def test_what_a_payment_gets_wrong_is_named() -> None:
    def refusal(*elements: dict[str, Any], **more: Any) -> list[tuple[str, str]]:
        with pytest.raises(DefinitionError) as refused:
            parse(form(*elements, **more))
        return [(finding.path, finding.code) for finding in refused.value.findings]

    here = "pages.0.elements.0.expression"
    assert refusal(element("payment", expression={"number": "1"})) == [(here, "fee_no_money")]
    assert refusal(element("payment", expression={"money": "1.00"}), fee={"money": "1.00"}) == [(here, "fee_twice")]
    assert refusal(element("payment", expression={"field": "ghost"})) == [(here, "unknown_field")]


def test_a_payment_needs_its_legal_basis() -> None:
    findings = prove(parsed(element("payment", expression={"money": "1.00"}), element("text", "a")))

    assert ("error", "fee_basis", "fee_without_basis") in [(one.severity, one.path, one.code) for one in findings]


RAW: list[tuple[str, Any, Any, dict[str, str]]] = [
    ("period", {"begin": "2026-06-01", "end": "2026-06-03"}, {"begin": "2026-06-01", "end": "2026-06-03"}, {}),
    ("scale", 4, "4", {}),
    ("matrix", {"bus": "good", "bike": "bad"}, {"bus": "good", "bike": "bad"}, {}),
    ("ranking", ["c.1", "a", "b"], {"a": "2", "b": "3", "c.1": "1"}, {}),
    ("person", {"given_name": "Robin", "birth_date": "1999-02-01"}, None, {}),
    ("organisation", {"name": "Verein"}, None, {}),
    ("datetime", "2026-07-01T18:00", {"date": "2026-07-01", "time": "18:00"}, {}),
    ("time", "09:30", "09:30", {}),
    ("decimal", "2.5", "2.5", {}),
]


@pytest.mark.parametrize(("kind", "value", "raw", "more"), RAW)
@pytest.mark.parametrize("language", ["de", "en", "de-x-leicht"])
def test_a_clean_answer_shown_and_sent_again_is_the_same(kind: str, value: Any, raw: Any, more: dict[str, str], language: str) -> None:
    definition = parsed(element(kind))

    again = read_page(definition, "first", send(show(definition, "first", {"it": value}, language=language), **more), {})

    assert raw is None or again == {"it": raw}
    assert run(definition, again).answers == {"it": value}


SHOWN: list[tuple[str, Any, str, str]] = [
    (
        "period",
        {"begin": "2026-06-01", "end": "2026-06-03"},
        "Mo., 1. Juni 2026 bis Mi., 3. Juni 2026",
        "Mon, 1 June 2026 to Wed, 3 June 2026",
    ),
    ("scale", 4, "4 auf einer Skala von 1 (gar nicht) bis 5 (sehr)", "4 on a scale from 1 (not at all) to 5 (very)"),
    ("matrix", {"bus": "good", "bike": "bad"}, "Bus: gut\nRad: schlecht", "Bus: good\nBicycle: bad"),
    ("ranking", ["c.1", "a", "b"], "1. C.1\n2. A\n3. B", "1. C.1\n2. A\n3. B"),
    ("person", {"salutation": "Dr.", "family_name": "Weber"}, "Dr. Weber", "Dr. Weber"),
    ("person", {"given_name": "Robin", "birth_date": "1999-02-01"}, "Robin\ngeboren am 1. Februar 1999", "Robin\nborn on 1 February 1999"),
    ("organisation", {"name": "Verein", "contact": "Robin"}, "Verein\nKontakt: Robin", "Verein\nContact: Robin"),
    ("datetime", "2026-07-01T18:00", "Mi., 1. Juli 2026, 18:00 Uhr", "Wed, 1 July 2026, 18:00"),
    ("time", "09:30", "9:30 Uhr", "9:30"),
    ("decimal", "12345.5", "12.345,5 m", "12,345.5 m"),
]


@pytest.mark.parametrize(("kind", "value", "german", "english"), SHOWN)
def test_an_answer_reads_like_this(kind: str, value: Any, german: str, english: str) -> None:
    subject = parsed(element(kind)).outline.element("it")

    assert (subject.display(value, "de", {}), subject.display(value, "en", {})) == (german, english)


def test_errors_of_parts_have_a_field_to_link_to() -> None:
    raw = {
        "period": {"begin": "2026-02-30"},
        "matrix": {"bus": "x"},
        "ranking": {"a": "1", "b": "1", "c.1": "9"},
        "person": {"birth_date": "1"},
        "organisation": {"contact": "Robin 3"},
    }
    definition = parsed(*(element(kind, kind) for kind in raw))
    evaluation = run(definition, raw)

    html = show(definition, "first", raw, errors=evaluation.errors)

    assert len(evaluation.errors) == 10
    assert [path for path in evaluation.errors if f'id="id_{path.replace(".", "-")}"' not in html] == []
