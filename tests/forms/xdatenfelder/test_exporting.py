"""What goes out comes back the same."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.forms.xdatenfelder.documents import field, group, part, rule, schema
from tests.questions.forms import SPECS, element, form, gallery
from tests.scale import examples

from direktdraht.forms.exports import as_xdatenfelder
from direktdraht.forms.xdatenfelder import export_schema, import_schema
from direktdraht.forms.xdatenfelder.mapping import Mapper
from direktdraht.forms.xdatenfelder.reading import read_document
from direktdraht.forms.xdatenfelder.source import Document, Field, Group, ListReference, Part, Precision, Relation, Rule, Schema, Value
from direktdraht.forms.xdatenfelder.writing import Writer
from direktdraht.questions.definition import parse

FIXED = {"info", "computed", "hidden", "payment", "signature"}
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def back(definition: dict[str, Any]) -> dict[str, Any]:
    parse(definition)
    return import_schema(as_xdatenfelder(definition, at=AT), beside={}).definition


@pytest.mark.parametrize("key", ["bewohnerparkausweis", "hundesteuer_anmeldung", "meldung", "sperrmuell"])
def test_a_form_of_the_gallery_comes_back_whole(key: str) -> None:
    assert back(gallery(key)) == gallery(key)


@pytest.mark.parametrize("kind", sorted(SPECS))
def test_every_question_type_comes_back_whole(kind: str) -> None:
    lists = {"code_lists": form(element(kind)).get("code_lists", {})} if kind == "codelist" else {}
    data = form(
        element("text", "a", label={"de": "„A“ – ≥ 1…"}),
        element(kind, required=False) if kind not in FIXED else element(kind),
        **lists,
    )

    assert back(data) == data


def test_conditions_travel_in_words_and_come_back_as_conditions() -> None:
    data = form(element("yesno", "a"), element("text", "b", show_if={"field": "a", "op": "is", "value": True}))
    written = as_xdatenfelder(data, at=AT)

    result = import_schema(written, beside={})

    assert '<xdf:freitextRegel>"Frage a" ist Ja' in written.decode() or "Frage a" in written.decode()
    assert result.definition == data
    assert result.proposals == ()
    assert [row.became for row in result.report if row.id.startswith("R")] == ["element"]


def test_ids_of_fim_are_written_back() -> None:
    source = import_schema(schema(part(group("G7", "Hund", part(field("F7")), part(field("F8"), "0:*")))), beside={}).definition

    document = read_document(export_schema(source, at=AT, conditions={})).document

    assert [node.id for node in document.nodes()] == ["S1", "G7", "F7", "F8"]


def test_a_form_changed_after_its_import_comes_back_whole() -> None:
    data = import_schema(
        schema(part(field("F1"), "0:*"), part(group("G1", "Hund", part(field("F2"))), "0:*"), more=rule()), beside={}
    ).definition
    data["pages"][0]["elements"][0]["elements"].append(element("iban", "konto"))
    data["pages"][1]["elements"].append(element("email", "mail"))
    data["pages"].append({"key": "eigene", "title": {"de": "Eigene"}, "elements": [element("text", "t")], "source": {"id": "G1"}})

    assert back(data) == data


@pytest.mark.parametrize("text", ["{", "[]", '{"F9": {"key": "x"}}', '{"": 3}', "null"])
def test_a_keyword_that_fits_nothing_is_a_warning(text: str) -> None:
    word = f'<x:stichwort uri="urn:direktdraht:form:1">{text}</x:stichwort>'

    result = import_schema(schema(part(field()), more=word), beside={})

    assert any("Angaben aus Direktdraht" in str(warning) for warning in result.warnings)


def test_a_keyword_cannot_change_the_structure() -> None:
    text = json.dumps({"": {"pages": [], "elements": [], "unit": "steueramt"}}).replace('"', "&quot;")
    word = f'<x:stichwort uri="urn:direktdraht:form:1">{text}</x:stichwort>'

    definition = import_schema(schema(part(field()), more=word), beside={}).definition

    assert (len(definition["pages"]), definition["unit"]) == (1, "steueramt")


PLAIN = st.text("abcdefghijklmnopqrstuvwxyzäöüß ABC-", min_size=1, max_size=20).map(lambda one: " ".join(one.split()) or "x")
NUMBERS = st.sampled_from([(1, 1), (0, 1), (0, None), (1, None), (2, 5), (0, 3)])
DIGITS = st.integers(0, 99999).map(lambda number: f"{number:05d}")
RULES = st.lists(
    st.builds(Rule, id=DIGITS.map(lambda d: f"R{d}"), name=PLAIN, text=PLAIN, script=PLAIN, kind=st.sampled_from("BKMV")), max_size=2
).map(tuple)


OUTPUT = ("output_label", "output_help")
"""A schema has no texts of the output."""


def facts(letter: str) -> dict[str, st.SearchStrategy[Any]]:
    return {
        "id": DIGITS.map(lambda digits: f"{letter}{digits}"),
        "name": PLAIN,
        "version": st.sampled_from(["1.0.0", "2.13.0", ""]),
        "label": PLAIN,
        "hint": st.one_of(st.just(""), PLAIN),
        "references": st.lists(PLAIN, max_size=2).map(tuple),
        "state": st.sampled_from(["2", "6"]),
        "kind": st.sampled_from(["ABS", "HAR", "RNG"]),
        "relations": st.lists(st.builds(Relation, st.sampled_from(["ERS", "ABL"]), DIGITS, st.just("1.0.0")), max_size=2).map(tuple),
        **dict.fromkeys(("description", "definition", *(() if letter == "S" else OUTPUT)), st.one_of(st.just(""), PLAIN)),
        "rules": RULES,
    }


VALUES = st.lists(st.builds(Value, DIGITS, PLAIN, st.one_of(st.just(""), PLAIN)), max_size=4, unique_by=lambda value: value.code).map(tuple)
FIELDS = st.builds(
    Field,
    **facts("F"),
    art=st.sampled_from(["input", "select", "label", "hidden", "locked"]),
    datatype=st.sampled_from(["text", "text_latin", "date", "time", "datetime", "bool", "num", "num_int", "num_currency", "file", "obj"]),
    precision=st.builds(
        Precision,
        min_length=st.one_of(st.none(), st.integers(0, 300)),
        max_length=st.one_of(st.none(), st.integers(1, 30_000)),
        min_value=st.sampled_from(["", "1", "-3.5", "2026-01-01", "08:00"]),
        max_value=st.sampled_from(["", "9", "1000000", "2027-01-01"]),
        pattern=st.sampled_from(["", "[a-z]+", "nur Worte"]),
    ),
    content=st.one_of(st.just(""), PLAIN),
    values=VALUES,
    code_list=st.one_of(st.none(), st.builds(ListReference, DIGITS.map(lambda digits: f"urn:de:{digits}"), st.just("1"), st.just(""))),
    media_types=st.lists(st.sampled_from(["application/pdf", "image/png"]), unique=True, max_size=2).map(tuple),
    max_bytes=st.one_of(st.none(), st.integers(1, 10**9)),
)


def _part(number: tuple[int, int | None], content: Field | Group) -> Part:
    return Part(number[0], number[1], content)


GROUPS = st.recursive(
    st.builds(
        Group,
        **facts("G"),
        structure=st.lists(st.builds(_part, NUMBERS, FIELDS), max_size=3).map(tuple),
    ),
    lambda inner: st.builds(
        Group,
        **facts("H"),
        structure=st.lists(st.builds(_part, NUMBERS, st.one_of(FIELDS, inner)), min_size=1, max_size=2).map(tuple),
        alternatives=st.booleans(),
    ),
    max_leaves=3,
)
SCHEMAS = st.builds(
    Schema,
    **{**facts("S"), "kind": st.just("")},
    structure=st.lists(st.builds(_part, NUMBERS, st.one_of(FIELDS, GROUPS)), max_size=4).map(tuple),
)


def nests_itself(node: Schema | Group | Field, above: tuple[str, ...] = ()) -> bool:
    if isinstance(node, Field):
        return False
    return node.id in above or any(nests_itself(part.content, (*above, node.id)) for part in node.structure)


@given(SCHEMAS.filter(lambda one: not nests_itself(one)))
@settings(max_examples=examples(60))
def test_any_source_is_read_as_it_was_written(source: Schema) -> None:
    read = read_document(Writer(AT).document(source))

    assert read.document == Document("xdf3", source)
    assert read.warnings == ()


@given(SCHEMAS.filter(lambda one: not nests_itself(one)))
@settings(max_examples=examples(60))
def test_any_source_gives_a_form_that_comes_back_whole(source: Schema) -> None:
    result = Mapper(Document("xdf3", source), {}, {}, ()).imported()

    again = import_schema(export_schema(result.definition, at=AT, conditions={}), beside={})

    parse(result.definition)
    assert again.definition == result.definition
    assert len(result.report) >= sum(1 + len(node.rules) for node in Document("xdf3", source).nodes())
