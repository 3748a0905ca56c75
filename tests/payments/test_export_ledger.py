"""The ledger's file in the form that a city chose: columns, signs, encoding; amounts exact, no cell a formula."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from direktdraht.payments import actions
from direktdraht.payments.errors import NameTaken
from direktdraht.payments.ledger_file import FIELDS, USUAL, ColumnChoice, LineFacts, Profile, WrongColumns, columns_of, text_of
from direktdraht.payments.models import ExportProfile
from tests import cast
from tests.payments import stand

PAGE = "/buero/kasse/hauptbuch/ausgaben"
FIELDS_OF = {
    "name": "Haushalt",
    "columns": "Sachkonto = Konto\nSaldo = Betrag\nText",
    "separator": ",",
    "decimal": ".",
    "dates": "german",
    "encoding": "cp1252",
    "with_head": "on",
}


def line(cents: int = 3000, *, is_debit: bool = True, title: str = "Ausweis", reference: str = "26.1") -> LineFacts:
    """One line of the ledger."""
    day = date(2026, 11, 30)
    return LineFacts(7, "receipt", "Eingang", day, day, "bank", "1810", "", is_debit, cents, reference, title)


def file_of(profile: Profile, *lines: LineFacts) -> str:
    return "".join(profile.lines(lines))


def chosen(*names: str, **signs: object) -> Profile:
    return Profile(columns=tuple(ColumnChoice(field=name, heading=name) for name in names), **signs)


def test_every_column_has_something_to_say() -> None:
    every = chosen(*FIELDS, with_head=False, encoding="utf-8")

    debit = file_of(every, line()).strip().split(";")
    credit = file_of(every, line(is_debit=False)).strip().split(";")

    assert debit[:7] == ["7", "receipt", "Eingang", "2026-11-30", "2026-11-30", "bank", "1810"]
    assert debit[7:] == ["", "30,00", "", "30,00", "S", "30,00", "26.1", "Ausweis"]
    assert credit[7:] == ["", "", "30,00", "30,00", "H", "-30,00", "26.1", "Ausweis"]


@pytest.mark.parametrize(("form", "written"), [("iso", "2026-11-30"), ("german", "30.11.2026"), ("compact", "20261130"), ("short", "3011")])
def test_a_day_is_written_as_chosen(form: str, written: str) -> None:
    assert file_of(chosen("Tag", dates=form, with_head=False, encoding="utf-8"), line()).strip() == written


@given(st.integers(1, 10**15), st.sampled_from([",", "."]), st.sampled_from([";", ",", "\t", "|"]), st.booleans())
def test_amounts_are_exact_in_every_form(cents: int, decimal: str, separator: str, is_debit: bool) -> None:
    profile = chosen("Saldo", "Text", decimal=decimal, separator=separator, encoding="utf-8", with_head=False)

    ((written, text),) = csv.reader(io.StringIO(file_of(profile, line(cents, is_debit=is_debit)), newline=""), delimiter=separator)

    assert text == "Ausweis"
    assert Decimal(written.replace(",", ".")) == (1 if is_debit else -1) * Decimal(cents) / 100


@pytest.mark.parametrize("title", ["=1+1", "+49", "-2", "@SUM(A1)", "\t=1", "  =1"])
def test_no_text_acts_as_a_formula_and_a_negative_amount_stays_a_number(title: str) -> None:
    profile = Profile(columns=(ColumnChoice(field="Text", heading=title[:60]), ColumnChoice(field="Saldo", heading="x")), encoding="utf-8")

    head, row = csv.reader(io.StringIO(file_of(profile, line(is_debit=False, title=title)), newline=""), delimiter=";")

    assert head[0] == row[0] == f"'{title}"
    assert row[1] == "-30,00"


def test_a_sign_that_the_encoding_lacks_becomes_a_question_mark() -> None:
    profile = chosen("Text", encoding="cp1252", with_head=False)

    assert b"".join(profile.encoded([line(title="Straße ǧ €")])) == "Straße ? €\r\n".encode("cp1252")
    assert b"".join(USUAL.encoded([])).startswith(b"\xef\xbb\xbfBuchung;")


@pytest.mark.parametrize("text", ["", "Nirgends", "Konto\nSoll = x\nIBAN = y", "\n".join(["Konto"] * 41), f"Konto = {'x' * 61}"])
def test_columns_that_there_are_not_are_refused(text: str) -> None:
    with pytest.raises(WrongColumns):
        columns_of(text)


@given(
    st.lists(st.tuples(st.sampled_from(list(FIELDS)), st.text("abc =;äß", min_size=1, max_size=9).map(str.strip)), min_size=1, max_size=8)
)
def test_columns_read_what_they_write(pairs: list[tuple[str, str]]) -> None:
    columns = tuple(ColumnChoice(field=field, heading=heading or field) for field, heading in pairs)

    assert columns_of(text_of(columns)) == columns


def test_a_profile_knows_only_what_it_may() -> None:
    with pytest.raises(ValidationError):
        chosen("Sachkonto", separator="x")
    with pytest.raises(ValidationError):
        chosen("Nirgends")


@pytest.mark.django_db
def test_a_city_makes_its_own_form_sees_it_and_makes_it_the_usual_one(client: Client) -> None:
    desk = cast.signed_in(client, cast.mika())
    order = stand.order_of(3050)

    seen = desk.post(f"{PAGE}/vorschau", FIELDS_OF).content.decode()
    assert "331100,-30.50,Anwohnerparkausweis" in seen
    assert not ExportProfile.objects.exists()
    assert desk.post(f"{PAGE}/neu", FIELDS_OF).status_code == 302
    kept = ExportProfile.objects.get()
    url = reverse("finance:ledger_csv")
    assert body(desk, url).startswith(b"\xef\xbb\xbfBuchung;Art;Tag")
    assert body(desk, f"{url}?form={kept.pk}").splitlines()[:2] == [b"Konto,Betrag,Text", b",30.50,Anwohnerparkausweis"]
    assert f"{url}?form={kept.pk}" in desk.get(reverse("finance:ledger")).content.decode()
    for _ in range(2):
        desk.post(f"{PAGE}/{kept.pk}/ueblich")

    assert body(desk, url).startswith(b"Konto,Betrag,Text")
    assert order.reference.encode() not in body(desk, url)


def body(desk: Client, url: str) -> bytes:
    return b"".join(desk.get(url).streaming_content)  # type: ignore[attr-defined]  # a streamed answer


@pytest.mark.django_db
def test_there_is_one_usual_form_and_after_its_removal_that_of_the_software(client: Client) -> None:
    desk = cast.signed_in(client, cast.mika())
    one, other = (actions.keep_profile(name=name, profile=chosen("Konto"), by=cast.mika()) for name in ("A", "B"))
    actions.make_usual(profile=one, by=cast.mika())
    actions.make_usual(profile=other, by=cast.mika())
    assert [profile.name for profile in ExportProfile.objects.filter(is_default=True)] == ["B"]
    assert "Die Buchungen bleiben." in desk.get(f"{PAGE}/{other.pk}/loeschen").content.decode()

    desk.post(f"{PAGE}/{other.pk}/loeschen")

    assert [profile.name for profile in ExportProfile.objects.all()] == ["A"]
    assert body(desk, reverse("finance:ledger_csv")).startswith(b"\xef\xbb\xbfBuchung;")
    assert desk.get(f"{PAGE}/{other.pk}").status_code == 404
    assert desk.get(reverse("finance:ledger_csv"), {"form": other.pk}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("columns", "Sachkonto\nIBAN", "Diese Zeile verstehen wir nicht: IBAN"),
        ("columns", " ", "columns"),
        ("separator", "x", "separator"),
        ("encoding", "utf-7", "encoding"),
        ("name", "A", "Diesen Namen gibt es schon."),
    ],
)
def test_what_does_not_fit_is_said(client: Client, field: str, value: str, said: str) -> None:
    actions.keep_profile(name="A", profile=USUAL, by=cast.mika())

    answer = cast.signed_in(client, cast.mika()).post(f"{PAGE}/neu", {**FIELDS_OF, field: value})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert ExportProfile.objects.count() == 1


@pytest.mark.django_db
def test_a_form_is_changed_and_its_name_stays_its_own(client: Client) -> None:
    one = actions.keep_profile(name="A", profile=USUAL, by=cast.mika())
    actions.keep_profile(name="B", profile=USUAL, by=cast.mika())

    cast.signed_in(client, cast.mika()).post(f"{PAGE}/{one.pk}", {**FIELDS_OF, "name": "A"})

    one.refresh_from_db()
    assert (one.name, one.content["separator"]) == ("A", ",")
    with pytest.raises(NameTaken):
        actions.keep_profile(name="B", profile=USUAL, of=one, by=cast.mika())


@pytest.mark.django_db
def test_only_the_finance_desk_may(client: Client) -> None:
    kept = actions.keep_profile(name="A", profile=USUAL, by=cast.mika())
    kim = cast.signed_in(client, cast.kim())

    for url in (PAGE, f"{PAGE}/neu", f"{PAGE}/{kept.pk}", f"{PAGE}/{kept.pk}/loeschen"):
        assert kim.get(url).status_code == 403
    assert kim.post(f"{PAGE}/{kept.pk}/ueblich").status_code == kim.post(f"{PAGE}/vorschau").status_code == 403
    for act in (actions.make_usual, actions.remove_profile):
        with pytest.raises(PermissionDenied):
            act(profile=kept, by=cast.kim())
