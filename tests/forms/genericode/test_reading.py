"""Genericode lists: read as XÖV writes them, refused with line and reason."""

import pytest
from tests.forms.xdatenfelder.documents import code_list

from direktdraht.forms.genericode.code_list import Entry
from direktdraht.forms.genericode.reading import read_genericode
from direktdraht.forms.remarks import UnreadableFile


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_genericode(data)
    return str(refused.value)


def changed(before: str, after: str) -> bytes:
    text = code_list().decode()
    assert before in text
    return text.replace(before, after).encode()


def test_a_list_has_its_name_its_version_and_its_entries() -> None:
    found = read_genericode(code_list())

    assert (found.uri, found.version, found.version_uri, found.title) == ("urn:de:rasse", "1", "urn:de:rasse_1", "Hunderassen")
    assert found.entries == (Entry("b", "Beagle"), Entry("p", "Pudel"))


def test_keys_say_which_columns_count() -> None:
    swapped = changed('<Key Id="codeKey"><ColumnRef Ref="code"/>', '<Key Id="codeKey"><ColumnRef Ref="name"/>')

    assert read_genericode(swapped).entries[0].code == "Beagle"


def test_without_a_key_the_column_that_is_called_so_holds_the_names() -> None:
    unkeyed = changed('<Key Id="codenameKey"><ColumnRef Ref="name"/></Key>', "")

    assert read_genericode(unkeyed).entries[0] == Entry("b", "Beagle")


def test_values_without_a_reference_stand_in_the_next_column() -> None:
    assert read_genericode(changed(' ColumnRef="name"', "")).entries[0] == Entry("b", "Beagle")


def test_an_entry_without_a_name_is_called_by_its_code() -> None:
    assert read_genericode(changed("<SimpleValue>Beagle</SimpleValue>", "")).entries[0] == Entry("b", "b")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<html/>", "Zeile 1: Das ist keine Codeliste im Format Genericode, sondern „html“."),
        (changed("<SimpleValue>b</SimpleValue>", "<SimpleValue/>"), "Zeile 3: Ein Eintrag der Codeliste hat keinen Code."),
        (changed("<SimpleValue>p<", "<SimpleValue>b<"), "Zeile 4: Der Code „b“ steht zweimal in der Codeliste."),
        (
            changed('<Value ColumnRef="code"><SimpleValue>p', '<Value ColumnRef="x"><SimpleValue>p'),
            "Zeile 4: Die Zeile der Codeliste nennt die unbekannte Spalte „x“.",
        ),
        (changed('<Column Id="code"/>', ""), "Zeile 1: Die Codeliste nennt nicht, in welcher Spalte Code und Name stehen."),
        (changed("SimpleCodeList", "OtherList"), "Zeile 1: In der Codeliste fehlt der Knoten „SimpleCodeList“."),
        (changed("Beagle", "B" * 501), "Zeile 3: Der Eintrag „b“ der Codeliste ist zu lang."),
        (
            b'<!DOCTYPE CodeList [<!ENTITY a "b">]>' + code_list(),
            "Zeile 1: Die Datei hat eine Dokumenttyp-Angabe (DOCTYPE). Solche Dateien lesen wir aus Sicherheit nicht.",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(data: bytes, sentence: str) -> None:
    assert refusal(data) == sentence


def test_an_empty_list_and_one_that_is_too_long_are_refused() -> None:
    empty = code_list().decode().split("<SimpleCodeList>")[0] + "<SimpleCodeList/></CodeList>"

    assert refusal(empty.encode()) == "Die Codeliste hat keine Einträge."
    assert "mehr als 10000" in refusal(code_list("urn:a", "1", *((str(number), "x") for number in range(10_001))))
