"""What becomes of each node of a schema."""

from typing import Any

import pytest
from tests.forms.xdatenfelder.documents import code, code_list, facts, field, group, part, rule, schema, whole

from direktdraht.forms.xdatenfelder import Imported, import_schema
from direktdraht.questions.definition import parse


def imported(*parts: str, beside: dict[str, bytes] | None = None, version: str = "3", more: str = "") -> Imported:
    result = import_schema(schema(*parts, version=version, more=more), beside=beside or {})
    parse(result.definition)
    return result


def elements(*parts: str, **more: Any) -> list[dict[str, Any]]:
    return [element for page in imported(*parts, **more).definition["pages"] for element in page["elements"]]


def one(*, number: str = "1:1", art: str = "input", kind: str = "text", more: str = "", **rest: Any) -> dict[str, Any]:
    """The only element that a field becomes, without what all have."""
    made = dict(elements(part(field(art=art, kind=kind, more=more), number), **rest)[0])
    assert made.pop("source")["id"] == "F1"
    assert (made.pop("key"), made.pop("label")) == ("rufname", {"de": "Rufname"})
    return made


def limits(**given: str) -> str:
    return "<x:praezisierung " + " ".join(f'{name}="{value}"' for name, value in given.items()) + "/>"


TYPES = [
    ("text", "", {"type": "text", "max_length": 1000}),
    (
        "text",
        limits(minLength="2", maxLength="60", pattern="[A-Z]+"),
        {"type": "text", "max_length": 60, "min_length": 2, "pattern": "[A-Z]+"},
    ),
    ("text", limits(maxLength="500"), {"type": "longtext", "max_length": 500}),
    ("text", limits(maxLength="90000"), {"type": "longtext", "max_length": 20_000}),
    ("text", limits(pattern="Nur Buchstaben"), {"type": "text", "max_length": 1000}),
    ("text", limits(pattern="((a{999}){999}){999}"), {"type": "text", "max_length": 1000}),
    ("text", limits(pattern="[a"), {"type": "text", "max_length": 1000}),
    ("text_latin", limits(maxLength="60"), {"type": "name", "datatype": "C", "autocomplete": "off", "max_length": 60}),
    ("bool", "", {"type": "yesno"}),
    ("date", limits(minValue="2026-01-01", maxValue="gestern"), {"type": "date", "min": "2026-01-01"}),
    ("time", limits(minValue="08:00:00"), {"type": "time", "min": "08:00"}),
    ("datetime", "", {"type": "datetime"}),
    ("num_int", "", {"type": "integer", "min": 0}),
    ("num_int", limits(minValue="-5", maxValue="5"), {"type": "integer", "min": -5, "max": 5}),
    ("num_int", limits(maxValue="-1"), {"type": "integer", "min": -1, "max": -1}),
    ("num_int", limits(minValue="9", maxValue="1"), {"type": "integer", "min": 0}),
    ("num", limits(minValue="0,125"), {"type": "decimal", "places": 3, "min": "0.125"}),
    ("num", limits(maxValue="1e400"), {"type": "decimal", "places": 2, "min": "0"}),
    ("num_currency", limits(maxValue="100"), {"type": "money", "max": "100.00"}),
    ("file", "", {"type": "file", "accept": ["application/pdf", "image/jpeg", "image/png"], "max_mb": 10, "max_count": 1}),
    (
        "file",
        "<x:maxSize>2097152</x:maxSize><x:mediaType>image/png</x:mediaType>",
        {"type": "file", "accept": ["image/png"], "max_mb": 2, "max_count": 1},
    ),
]


@pytest.mark.parametrize(("kind", "more", "expected"), TYPES)
def test_each_datatype_becomes_its_question_type_with_its_limits(kind: str, more: str, expected: dict[str, Any]) -> None:
    assert one(kind=kind, more=more) == {**expected, "required": True}


def test_limits_of_version_2_stand_in_a_text() -> None:
    assert one(more='<x:praezisierung>{"maxLength":"9"}</x:praezisierung>', version="2")["max_length"] == 9
    assert one(kind="num_int", more="<x:praezisierung>1..31</x:praezisierung>", version="2") | {} == {
        "type": "integer",
        "min": 1,
        "max": 31,
        "required": True,
    }


def test_a_label_is_a_notice() -> None:
    assert one(art="label", more="<x:inhalt>Bitte lesen.</x:inhalt>") == {"type": "info", "text": {"de": "Bitte lesen."}, "required": False}


@pytest.mark.parametrize(
    ("kind", "content", "value"), [("text", "Hund", "Hund"), ("bool", "true", True), ("num_int", "7", 7), ("num_int", "x", "x")]
)
def test_a_hidden_field_with_content_is_a_fixed_value(kind: str, content: str, value: object) -> None:
    assert one(art="hidden", kind=kind, more=f"<x:inhalt>{content}</x:inhalt>") == {"type": "hidden", "value": value, "required": False}
    assert one(art="hidden", kind="text")["type"] == "text"


VALUES = (
    "<x:werte><x:wert><x:code>01</x:code><x:name>Ja</x:name><x:hilfe>Sicher</x:hilfe></x:wert>"
    "<x:wert><x:code>02</x:code></x:wert></x:werte>"
)
OPTIONS = [{"value": "01", "label": {"de": "Ja"}, "hint": {"de": "Sicher"}}, {"value": "02", "label": {"de": "02"}}]


def test_values_are_a_choice_or_a_multiple_choice() -> None:
    assert one(art="select", more=VALUES) == {"type": "choice", "options": OPTIONS, "required": True}
    assert one(art="select", more=VALUES, number="0:*") == {"type": "multichoice", "options": OPTIONS, "min": 1, "required": False}
    assert one(art="select", more=VALUES, number="1:2") == {"type": "multichoice", "options": OPTIONS, "min": 1, "max": 2, "required": True}


def test_values_with_odd_codes_are_a_list() -> None:
    assert one(art="select", more=VALUES.replace("01", "a b"))["type"] == "codelist"
    assert one(art="select", more=VALUES.replace("01", "02"))["type"] == "text"


REFERENCE = (
    "<x:codelisteReferenz><x:canonicalIdentification>urn:de:rasse</x:canonicalIdentification><x:version>1</x:version>"
    "<x:canonicalVersionUri>urn:de:rasse_1</x:canonicalVersionUri></x:codelisteReferenz>"
)


def test_a_code_list_beside_the_schema_is_kept_with_the_form() -> None:
    result = imported(part(field(art="select", more=REFERENCE)), beside={"rassen.xml": code_list()})

    assert result.definition["pages"][0]["elements"][0]["list"] == "urn:de:rasse"
    assert result.definition["code_lists"]["urn:de:rasse"]["entries"][0] == {"code": "b", "label": {"de": "Beagle"}}
    assert ("urn:de:rasse", "codelist") in [(row.id, row.became) for row in result.report]


def test_another_version_of_a_code_list_counts_with_a_warning() -> None:
    result = imported(part(field(art="select", more=REFERENCE)), beside={"rassen.xml": code_list("urn:de:rasse", "2")})

    assert result.definition["code_lists"]["urn:de:rasse"]["version"] == "2"
    assert any("in Fassung „2“ bei statt „1“" in str(warning) for warning in result.warnings)


def test_a_missing_or_broken_code_list_leaves_a_text_and_says_so() -> None:
    result = imported(part(field(art="select", more=REFERENCE)), beside={"rassen.xml": b"<CodeList/>"})

    assert result.definition["pages"][0]["elements"][0]["type"] == "text"
    assert [row.as_json() for row in result.report if row.became == "dropped"] == [
        {
            "id": "urn:de:rasse",
            "name": "urn:de:rasse_1",
            "became": "dropped",
            "why": "Die Codeliste „urn:de:rasse_1“ lag nicht bei; legen Sie sie dazu.",
        }
    ]
    assert any("rassen.xml" in str(warning) for warning in result.warnings)


def test_a_list_of_version_2_is_found_by_the_name_of_its_file() -> None:
    reference = "<x:codelisteReferenz><x:identifikation><x:id>C1</x:id></x:identifikation></x:codelisteReferenz>"

    result = imported(part(field(art="select", more=reference)), version="2", beside={"C1_genericode.xml": code_list("")})

    assert result.definition["pages"][0]["elements"][0]["list"] == "urn:direktdraht:codeliste:c1"


def test_groups_at_the_top_are_pages_and_loose_fields_are_gathered_between_them() -> None:
    result = imported(
        part(field("F1", "Eins")),
        part(field("F2", "Zwei")),
        part(group("G1", "Hund", part(field("F3", "Drei")))),
        part(field("F4", "Vier")),
    )

    pages = [(page["key"], [element["key"] for element in page["elements"]]) for page in result.definition["pages"]]
    assert pages == [("allgemeine_angaben", ["eins", "zwei"]), ("hund", ["drei"]), ("weitere_angaben", ["vier"])]


@pytest.mark.parametrize(
    ("number", "bounds"),
    [("1:1", (1, 1, True)), ("0:1", (0, 1, False)), ("1:*", (1, 20, True)), ("0:*", (0, 20, False)), ("2:5", (2, 5, True))],
)
def test_groups_inside_keep_their_bounds(number: str, bounds: tuple[int, int, bool]) -> None:
    inner = elements(part(group("G1", "Aussen", part(group("G2", "Innen", part(field())), number))))[0]

    assert (inner["min"], inner["max"], inner["required"]) == bounds
    assert inner["elements"][0]["key"] == "rufname"


def test_a_repeatable_group_at_the_top_is_a_page_with_that_group() -> None:
    result = imported(part(group("G1", "Hund", part(field())), "1:*"))

    page = result.definition["pages"][0]
    assert (page["source"]["id"], page["elements"][0]["source"]["id"], page["elements"][0]["max"]) == ("G1", "G1", 20)
    assert [row.became for row in result.report if row.id == "G1"] == ["page"]


def test_a_repeated_field_is_a_group_with_one_question() -> None:
    wrapper = elements(part(field(), "0:3"))[0]

    assert (wrapper["type"], wrapper["min"], wrapper["max"], wrapper["required"]) == ("group", 0, 3, False)
    assert [(inner["type"], inner["required"]) for inner in wrapper["elements"]] == [("text", True)]
    assert elements(part(field(kind="file"), "1:5"))[0]["max_count"] == 5


def test_what_never_occurs_is_dropped_with_everything_in_it() -> None:
    result = imported(part(group("G1", "Weg", part(field("F2", more=REFERENCE + rule())), more=rule("R2")), "0:0"), part(field()))

    assert [(row.id, row.became) for row in result.report] == [
        ("S1", "page"),
        ("G1", "dropped"),
        ("R2", "dropped"),
        ("F2", "dropped"),
        ("R1", "dropped"),
        ("urn:de:rasse", "dropped"),
        ("F1", "element"),
    ]


def test_empty_schemas_and_groups_become_notices() -> None:
    assert elements()[0]["type"] == "info"
    assert elements(part(group("G1", "Leer")))[0]["type"] == "info"
    assert elements(part(group("G1", "Voll", part(group("G2", "Leer")))))[0]["source"]["id"] == "G2"


def test_rules_become_proposals_at_their_place() -> None:
    script = rule("R3", more="<x:skript>function script() { return 1 }</x:skript>")
    result = imported(
        part(group("G1", "Hund", part(field(more=rule("R2"))), more=script)),
        more=rule("R1", text="Alter prüfen").replace("<x:skript>", ""),
    )

    assert [(one.id, one.place, one.text) for one in result.proposals] == [
        ("R1", "", "Alter prüfen"),
        ("R3", "hund", "Wenn ja, dann nein."),
        ("R2", "rufname", "Wenn ja, dann nein."),
    ]
    assert result.proposals[1].script == "function script() { return 1 }"
    assert [row.became for row in result.report if row.id.startswith("R")] == ["proposal"] * 3


def test_an_empty_script_of_version_2_is_none() -> None:
    empty = (
        f"<x:regel>{facts('R1', 'Regel', more='<x:definition>Prosa</x:definition><x:script>function script() {{}}</x:script>')}</x:regel>"
    )

    proposal = imported(part(field()), more=empty.replace("{{}}", "{ }"), version="2").proposals[0]

    assert (proposal.text, proposal.script) == ("Prosa", "")


def test_the_source_is_kept_for_the_way_back() -> None:
    relation = f"<x:relation>{code('praedikat', 'ERS')}<x:objekt><x:id>F0</x:id></x:objekt></x:relation>"
    about = f"<x:bezug>§ 1 HStG</x:bezug>{code('freigabestatus', '6')}{relation}{code('schemaelementart', 'RNG')}"
    made = elements(part(field(more=f"{about}<x:bezeichnungEingabe>Name des Hundes</x:bezeichnungEingabe>")))[0]

    assert made["label"] == {"de": "Name des Hundes"}
    assert made["source"] == {
        "id": "F1",
        "version": "1.0.0",
        "state": "6",
        "kind": "RNG",
        "name": "Rufname",
        "references": ["§ 1 HStG"],
        "relations": [{"predicate": "ERS", "id": "F0"}],
    }


def test_the_report_names_the_texts_that_a_form_has_no_place_for() -> None:
    more = "<x:versionshinweis>Neu gefasst.</x:versionshinweis><x:hilfetextEingabe>Wie er hört.</x:hilfetextEingabe>"

    result = imported(part(field(more=more)))

    assert result.report[1].as_json()["why"] == "Text. Nicht übernommen: Versionshinweis."
    assert result.definition["pages"][0]["elements"][0]["hint"] == {"de": "Wie er hört."}


def test_texts_for_those_who_write_forms_are_kept_beside_the_question() -> None:
    texts = "".join(f"<x:{name}>Zu {name}.</x:{name}>" for name in ("beschreibung", "definition", "bezeichnungAusgabe", "hilfetextAusgabe"))

    result = imported(part(field(more=texts)))

    source = result.definition["pages"][0]["elements"][0]["source"]
    assert {name: source[name] for name in ("description", "definition", "output_label", "output_help")} == {
        "description": "Zu beschreibung.",
        "definition": "Zu definition.",
        "output_label": "Zu bezeichnungAusgabe.",
        "output_help": "Zu hilfetextAusgabe.",
    }
    assert "Nicht übernommen" not in result.report[1].as_json()["why"]


def test_the_row_of_a_node_names_its_relations_and_the_references_of_its_place() -> None:
    relation = f"<x:relation>{code('praedikat', 'ERS')}<x:objekt><x:id>F0</x:id></x:objekt></x:relation>"
    place = part(field(more=relation)).replace("<x:enthaelt>", "<x:bezug>§ 2 HStG</x:bezug><x:enthaelt>", 1)

    (row,) = [row.as_json() for row in imported(place).report if row.id == "F1"]

    assert row["became"] == "element"
    assert "Beziehung „ERS“ zu „F0“: steht bei der Herkunft." in row["why"]
    assert "Rechtsbezug der Stelle in der Struktur, nicht übernommen: § 2 HStG." in row["why"]


def test_questions_keep_their_keys_when_a_schema_is_imported_again() -> None:
    first = imported(part(field(name="Rufname")), part(field("F2", "Rasse")))
    renamed = schema(part(field("F3", "Rufname")), part(field("F1", "Name")), part(field("F2", "Rasse")))

    again = import_schema(renamed, beside={}, keys=first.keys)

    keys = {element["source"]["id"]: element["key"] for element in again.definition["pages"][0]["elements"]}
    assert keys == {"F1": "rufname", "F2": "rasse", "F3": "rufname_2"}


def test_groups_and_fields_can_be_imported_alone() -> None:
    alone = import_schema(whole(group("G1", "Hund", part(field())), name="datenfeldgruppe.0103"), beside={})
    single = import_schema(whole(field(), name="datenfeld.0104"), beside={})

    assert parse(alone.definition).pages[0].key == "hund"
    assert parse(single.definition).pages[0].elements[0].key == "rufname"
    assert [row.became for row in (*alone.report, *single.report)] == ["page", "element", "element"]


def test_what_only_the_city_knows_is_open_and_named() -> None:
    result = imported(part(field()))

    assert [result.definition[name] for name in ("service", "unit")] == ["offen", "offen"]
    assert "FIM nennt Leistung" in str(result.warnings[-1])


def test_many_repeated_groups_stay_below_the_limit_of_a_form() -> None:
    inner = group("G4", "Vier", part(field(), "0:*"))
    for number in (3, 2, 1):
        inner = group(f"G{number}", f"Gruppe {number}", part(inner, "0:*"))

    imported(part(inner, "0:*"))
