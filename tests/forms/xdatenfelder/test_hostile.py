"""Files that attack, lie or are broken: one sentence with the line, and nothing happens."""

import time
from pathlib import Path

import pytest
from tests.forms.xdatenfelder.documents import field, group, part, schema, whole

from direktdraht.forms.remarks import UnreadableFile
from direktdraht.forms.xdatenfelder import import_schema


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        import_schema(data, beside={})
    return str(refused.value)


BOMB = "<!DOCTYPE b [" + '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"


@pytest.mark.parametrize(
    "before",
    [
        "<!DOCTYPE x>",
        "\n<!doctype x>",
        BOMB,
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/p"> %p;]>',
    ],
)
def test_a_document_type_is_refused_by_name_before_anything_is_parsed(before: str) -> None:
    started = time.monotonic()

    sentence = refusal(schema(part(field()), before=before))

    assert "DOCTYPE" in sentence
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_document_type_does_not_hide_in_another_encoding(encoding: str) -> None:
    data = schema(part(field()), before="<!DOCTYPE x>").decode().replace("UTF-8", encoding.upper())

    with pytest.raises(UnreadableFile):
        import_schema(data.encode(encoding), beside={})


def test_an_external_file_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("top secret")

    sentence = refusal(schema(part(field(name="&e;")), before=f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret}">]>'))

    assert "secret" not in sentence


def test_inclusions_do_nothing() -> None:
    data = schema(part(field()), more='<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>')

    result = import_schema(data, beside={})

    assert any("include" in str(warning) for warning in result.warnings)
    assert "root:" not in str(result.definition)


def test_deep_nesting_is_refused() -> None:
    assert "verschachtelt" in refusal(whole("<x:a>" * 150 + "</x:a>" * 150))
    assert refusal(whole("<x:a>" * 90_000 + "</x:a>" * 90_000)).startswith("Zeile ")


def test_groups_deeper_than_a_form_can_hold_are_refused_with_their_line() -> None:
    inner = field("F9", "Innen")
    for number in range(9, 0, -1):
        inner = group(f"G{number}", f"Gruppe {number}", "\n" + part(inner))

    assert "tiefer als 6 Ebenen" in refusal(schema(part(inner)))


def test_large_files_are_refused_unread() -> None:
    assert "größer als 10 MB" in refusal(b" " * (10 * 1024 * 1024 + 1))


def test_empty_truncated_and_wrongly_encoded_files_are_refused() -> None:
    data = schema(part(field()))

    assert refusal(b"") == refusal(b" \n") == "Die Datei ist leer."
    assert "kein wohlgeformtes XML" in refusal(data[:-40])
    assert "kein wohlgeformtes XML" in refusal(data.replace(b"Rufname", "Größe".encode("latin-1")))
    assert "kein wohlgeformtes XML" in refusal(data.replace(b"UTF-8", b"KLINGON"))
    assert "kein wohlgeformtes XML" in refusal(b"\x00\x01\x02\xff")
    assert "kein wohlgeformtes XML" in refusal(b"PK\x03\x04")


def test_an_undeclared_entity_is_refused() -> None:
    assert "Zeile 2" in refusal(schema(part(field(name="&unknown;"))))


def test_xdatenfelder_1_and_other_versions_are_refused_by_name() -> None:
    first = schema(part(field())).replace(b"xdatenfelder_3.0.0", b"xdatenfelder_1")
    later = schema(part(field())).replace(b"xdatenfelder_3.0.0", b"xdatenfelder_4.1")

    assert "XDatenfelder 1." in refusal(first)
    assert "Fassung „4.1“" in refusal(later)


def test_foreign_xml_is_refused_by_name() -> None:
    assert "„svg“ aus „http://www.w3.org/2000/svg“" in refusal(b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    assert "„html“ aus „–“" in refusal(b"<html/>")
    assert "„xdatenfelder.codeliste.0105“ ist kein Datenschema" in refusal(whole("", name="codeliste.0105"))


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("", "Der Knoten „stammdatenschema“ fehlt."),
        ("<x:stammdatenschema/>", "In „stammdatenschema“ fehlt die Identifikation."),
        ("<x:stammdatenschema><x:identifikation/></x:stammdatenschema>", "Die Kennung (id) fehlt oder ist leer."),
        (
            "<x:stammdatenschema><x:identifikation><x:id> </x:id></x:identifikation></x:stammdatenschema>",
            "Die Kennung (id) fehlt oder ist leer.",
        ),
    ],
)
def test_what_is_missing_is_named_with_its_line(message: str, sentence: str) -> None:
    assert refusal(whole(message)) == f"Zeile 2: {sentence}"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (schema("\n" + part(field(), "viele")), "Zeile 3: „viele“ ist keine Anzahl wie „0:1“ oder „1:*“."),
        (schema("\n" + part(field(), "3:2")), "Zeile 3: „3:2“ ist keine Anzahl wie „0:1“ oder „1:*“."),
        (schema("\n<x:struktur><x:anzahl>1:1</x:anzahl></x:struktur>"), "Zeile 3: Der Knoten „enthaelt“ fehlt."),
        (schema(part("")), "Zeile 2: „enthaelt“ muss genau ein Datenfeld oder eine Gruppe enthalten."),
        (schema(part(field() + field("F2"))), "Zeile 2: „enthaelt“ muss genau ein Datenfeld oder eine Gruppe enthalten."),
        (schema(part(field(more="<x:werte><x:wert/></x:werte>"))), "Zeile 2: In der Werteliste fehlt ein Code."),
        (schema(part(field(name="<b/>"))), "Zeile 2: In „name“ darf nur Text stehen, nicht „b“."),
        (schema(more="\n<x:name>Noch einer</x:name>"), "Zeile 3: Der Knoten „name“ darf hier nur einmal stehen."),
        (schema(more="<x:regel/>"), "Zeile 2: In „regel“ fehlt die Identifikation."),
        (
            schema(part(group("G1", "A", part(group("G2", "B", "\n" + part(group("G1", "A"))))))),
            "Zeile 3: Die Gruppe „G1“ enthält sich selbst.",
        ),
    ],
)
def test_what_is_not_clear_is_refused_with_line_and_reason(data: bytes, sentence: str) -> None:
    assert refusal(data) == sentence


@pytest.mark.parametrize(
    ("data", "warning"),
    [
        (
            schema(part(field(more="\n<x:farbe>rot</x:farbe>"))),
            "Zeile 3: Den Knoten „farbe“ kennt der Standard hier nicht; er wurde übergangen.",
        ),
        (schema(part(field(kind="poem"))), "Zeile 2: „F1“ nennt bei „datentyp“ „poem“; angenommen ist „text“."),
        (
            schema(part(field(more="<x:inhalt/><x:inhalt>a</x:inhalt>"))),
            "Zeile 2: Der Knoten „inhalt“ steht zweimal; es gilt, was gefüllt ist.",
        ),
        (schema(part(field(more='<x:praezisierung maxLength="lang"/>'))), "„lang“ bei „maxLength“ von „F1“ ist keine Zahl"),
        (schema(part(field(more="<x:praezisierung>5</x:praezisierung>"))), "Die Präzisierung „5“ von „F1“ ist nicht eindeutig"),
        (schema(part(field(name=""))), "Zeile 2: „F1“ hat keinen Namen."),
        (schema(part(field()).replace("<x:anzahl>1:1</x:anzahl>", "")), "Zeile 2: Die Anzahl fehlt; angenommen ist „1:1“."),
        (schema(part(field(more="<x:codelisteReferenz/>"))), "Zeile 2: Der Verweis auf eine Codeliste nennt keine Kennung."),
    ],
)
def test_what_is_clear_in_meaning_is_imported_with_a_warning(data: bytes, warning: str) -> None:
    result = import_schema(data, beside={})

    assert any(warning in str(one) for one in result.warnings)
    assert [row.became for row in result.report if row.id == "F1"] == ["element"]


def test_the_same_field_may_stand_at_two_places() -> None:
    result = import_schema(schema(part(group("G1", "A", part(field()))), part(group("G2", "B", part(field())))), beside={})

    assert [page["elements"][0]["key"] for page in result.definition["pages"]] == ["rufname", "rufname_2"]


def test_comments_and_instructions_are_no_content() -> None:
    data = schema(part(field(name="Ruf<!-- geheim --><?php x?>name")))

    assert import_schema(data, beside={}).definition["pages"][0]["elements"][0]["label"] == {"de": "Rufname"}
