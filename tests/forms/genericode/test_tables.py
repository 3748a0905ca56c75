"""Code lists from spreadsheets."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from direktdraht.forms.genericode.code_list import Entry
from direktdraht.forms.genericode.tables import read_table
from direktdraht.forms.remarks import UnreadableFile
from direktdraht.questions.plain import clean_line


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_delimiter_and_encoding_are_told_from_the_file(delimiter: str, encoding: str) -> None:
    text = f'code{delimiter}label\r\n01{delimiter}Dänemark\r\n\r\n02{delimiter}"Ägypten{delimiter} Süd"\r\n'

    assert read_table(text.encode(encoding)).entries == (Entry("01", "Dänemark"), Entry("02", f"Ägypten{delimiter} Süd".replace("\t", "")))


def test_columns_may_have_german_names_and_any_order() -> None:
    assert read_table("Bezeichnung;Schlüssel;Hinweis\nHund;1;x\n".encode(), title="Tiere").entries == (Entry("1", "Hund"),)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Die Datei ist leer."),
        (b"code\n1\n", "Zeile 1: Die Kopfzeile muss zwei Spalten haben, zum Beispiel „code;label“."),
        (b"a;b\n1;2\n", "Zeile 1: Die Kopfzeile muss zwei Spalten haben, zum Beispiel „code;label“."),
        (b"code;label\n", "Die Codeliste hat keine Einträge."),
        (b"code;label\n1;A\n2\n", "Zeile 3: In dieser Zeile fehlt eine Spalte."),
        (b"code;label\n1;A\n;B\n", "Zeile 3: Ein Eintrag der Codeliste hat keinen Code."),
        (b"code;label\n1;\n", "Zeile 2: Der Eintrag „1“ der Codeliste hat keinen Namen."),
        (b"code;label\n1;A\n1;B\n", "Zeile 3: Der Code „1“ steht zweimal in der Codeliste."),
        (b"code;label\n1;\x81\n", "Zeile 2: Die Datei ist weder in UTF-8 noch in Windows-1252 geschrieben."),
        (b"code;label\n1;\0\n", "Die Datei ist keine Textdatei."),
        (b"x" * (5 * 1024 * 1024 + 1), "Die Datei ist größer als 5 MB."),
    ],
)
def test_what_is_wrong_is_named_with_its_line(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_table(data)

    assert str(refused.value) == sentence


def test_a_quotation_mark_that_never_closes_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableFile, match="Zeile 3: Diese Zeile ist keine gültige CSV-Zeile"):
        read_table(b'code;label\n1;A\n2;"B')


@given(st.lists(st.text(min_size=1, max_size=20).filter(lambda one: clean_line(one) != "" and "\0" not in one), min_size=1, max_size=9))
def test_any_table_is_read_or_refused_with_a_sentence(labels: list[str]) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerows([["code", "label"], *([str(number), label] for number, label in enumerate(labels))])

    entries = read_table(file.getvalue().encode(errors="replace")).entries

    assert [entry.code for entry in entries] == [str(number) for number in range(len(labels))]


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    with suppress(UnreadableFile):
        assert read_table(b"code;label\n" + data).entries
