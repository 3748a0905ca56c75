"""Certificates of attendance: after the end, for whoever was there often enough, exact, in German and English."""

from datetime import datetime, timedelta
from typing import Any

import pypdfium2
import pytest
from django.test import Client

from direktdraht.bookings.registrations import actions, certificates
from direktdraht.bookings.registrations.models import Booking, Mode, Offer, Presence, Registration
from direktdraht.foundation import clock
from direktdraht.foundation.journal.models import Entry
from tests import cast
from tests.bookings.registrations import factories as make

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
THREE_HOURS = timedelta(hours=3)
STARTS = [make.FIRST_SESSION, make.FIRST_SESSION + WEEK, make.FIRST_SESSION + 2 * WEEK]
OVER = STARTS[-1] + THREE_HOURS


@pytest.fixture(autouse=True)
def second_factor_shown(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


def course(*present: int, needed: int | None = 2) -> tuple[Offer, Registration, list[Booking]]:
    """A course of three dates; each child of robin's family was there so often, and missed the others."""
    series, _free = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        sessions = [(one, one + THREE_HOURS) for one in STARTS]
        offer = make.offer(series, 5, title="Zirkusschule", leaders=[cast.alex()], sessions=sessions, certificate_sessions=needed)
        family = make.sent(series, *[[offer] for _child in present], account=cast.robin())
    for place, session in enumerate(offer.sessions.select_related("offer__series__unit").order_by("starts_at")):
        with clock.frozen(session.starts_at):
            for booking, times in zip(make.bookings(family), present, strict=True):
                there = Presence.PRESENT if place < times else Presence.ABSENT
                actions.note_attendance(session=session, booking=booking.pk, presence=there, seen=None, by=cast.alex())
    return offer, family, make.bookings(family)


def earned_at(at: datetime, bookings: list[Booking]) -> set[int]:
    """Who gets a certificate at an instant."""
    with clock.frozen(at):
        return set(certificates.earned(bookings))


def words(file: bytes) -> list[str]:
    """The text of each page of a PDF."""
    document = pypdfium2.PdfDocument(file)
    return [page.get_textpage().get_text_range() for page in document]


def test_who_was_there_often_enough_gets_one_after_the_end() -> None:
    _offer, _family, (often, enough, once) = course(3, 2, 1)

    assert earned_at(OVER, [often, enough, once]) == {often.pk, enough.pk}
    assert earned_at(OVER - timedelta(seconds=1), [often, enough, once]) == set()


def test_an_offer_without_a_number_gives_none() -> None:
    _offer, _family, bookings = course(3, needed=None)

    assert earned_at(OVER, bookings) == set()


def test_a_place_that_was_given_up_gives_none() -> None:
    _offer, family, (booking,) = course(3)
    with clock.frozen(OVER):
        actions.cancel(booking=booking)

    assert earned_at(OVER, make.bookings(family)) == set()


def test_the_family_saves_it_in_its_own_language_with_exact_dates(client: Client) -> None:
    _offer, family, (ida, tom) = course(2, 1)
    page, file = f"/anmeldung/{family.pk}", f"/anmeldung/{family.pk}/platz/{ida.pk}/bescheinigung.pdf"
    robin = cast.signed_in(client, cast.robin())
    with clock.frozen(OVER - timedelta(seconds=1)):
        assert "Teilnahmebescheinigung" not in robin.get(page).content.decode()
        assert robin.get(file).status_code == 404
    with clock.frozen(OVER):
        assert robin.get(page).content.decode().count("bescheinigung.pdf") == 1
        (german,) = words(robin.get(file).content)
        assert robin.get(f"/anmeldung/{family.pk}/platz/{tom.pk}/bescheinigung.pdf").status_code == 404
        assert Client().get(file).status_code == 404
        robin.cookies["sprache"] = "en"
        (english,) = words(robin.get(file).content)

    assert "Teilnahmebescheinigung" in german
    assert f"{ida.participant.name}\r\ngeboren am Di., 1. März 2016" in german
    assert "Mo., 20. Juli 2026, 09:00 Uhr – 12:00 Uhr" in german
    assert "Mo., 27. Juli 2026, 09:00 Uhr – 12:00 Uhr" in german
    assert "3. August 2026, 09:00" not in german
    assert "Certificate of attendance" in english
    assert "Mon, 20 July 2026, 09:00 – 12:00" in english


def test_staff_save_one_or_all_and_strangers_none() -> None:
    offer, _family, (ida, tom, eva) = course(2, 3, 1)
    base = f"/buero/anmeldungen/{offer.series_id}/angebot/{offer.number}"
    with clock.frozen(OVER):
        alex = cast.signed_in(Client(), cast.alex())
        assert alex.get(f"{base}/anwesenheit").content.decode().count("/bescheinigung.pdf") == 2
        pages = words(alex.get(f"{base}/bescheinigungen.pdf").content)
        (one,) = words(alex.get(f"{base}/platz/{tom.pk}/bescheinigung.pdf").content)
        refused = [
            alex.get(f"{base}/platz/{eva.pk}/bescheinigung.pdf").status_code,
            cast.signed_in(Client(), cast.sascha()).get(f"{base}/bescheinigungen.pdf").status_code,
        ]

    assert [name in page for name, page in zip([ida.participant.name, tom.participant.name], pages, strict=True)] == [True, True]
    assert tom.participant.name in one
    assert refused == [404, 404]
    assert Entry.objects.filter(kind="offer.exported").count() == 2


def test_without_anybody_there_is_no_file(client: Client) -> None:
    offer, _family, _bookings = course(1)
    base = f"/buero/anmeldungen/{offer.series_id}/angebot/{offer.number}"
    with clock.frozen(OVER):
        alex = cast.signed_in(client, cast.alex())

        assert alex.get(f"{base}/bescheinigungen.pdf").status_code == 404
        assert "Teilnahmebescheinigungen" not in alex.get(f"{base}/anwesenheit").content.decode()


def test_an_offer_cannot_ask_for_more_dates_than_it_has(client: Client) -> None:
    offer, _family, _bookings = course(1)
    address = f"/buero/anmeldungen/{offer.series_id}/angebot/{offer.number}/bearbeiten"
    facts = {"title": "Zirkusschule", "places": 5, "price": 0, "sessions": "20.07.2026 09:00-12:00", "certificate_sessions": 2}
    with clock.frozen(make.IN_PERIOD):
        page = cast.signed_in(client, cast.kim()).post(address, facts)

    assert page.status_code == 422
    assert "So viele Termine hat dieses Angebot nicht." in page.content.decode()
