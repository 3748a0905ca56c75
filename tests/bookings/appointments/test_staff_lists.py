"""Lists of staff: search, state, order, pages, files; every look at who comes is noted."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from direktdraht.bookings.appointments import actions, staff_lists
from direktdraht.bookings.appointments.actions import Contact, Window
from direktdraht.bookings.appointments.errors import NotAllowed
from direktdraht.bookings.appointments.links import token_of
from direktdraht.bookings.appointments.models import Appointment, AppointmentLook, Occasion, Presence, Site, Wish, WishLook
from direktdraht.foundation import clock
from direktdraht.foundation.journal.models import Entry
from tests import cast
from tests.bookings.appointments.office import NOA, NOW, booked, counter, occasion, on_monday, site

pytestmark = pytest.mark.django_db
FORMULA = Contact("=SUMME(A1)", "", "+49 511 654321", "@note")


def office() -> Site:
    """Three appointments on Monday, one of them next Friday."""
    place, what = site(), occasion()
    counter(place, what, seats=3)
    booked(place, what, "2026-11-30 09:00")
    booked(place, what, "2026-11-30 08:00", NOA)
    booked(place, what, "2026-12-04 08:00", FORMULA)
    return place


def a_wish(place: Site) -> Wish:
    """Somebody waits for a time at the site."""
    window = Window(clock.today(), clock.today() + timedelta(days=9), [6], NOW.time(), NOW.time())
    return actions.wish_for(
        occasions=[Occasion.objects.get()], sites=[place], window=window, name="Kim Wartet", email="", phone="0511 99", key=UUID(int=7)
    )


def listed(client: Client, place: Site, **query: str) -> str:
    """The day list of Monday as kim sees it."""
    facts = {"standort": str(place.pk), "tag": "2026-11-30", **query}
    return cast.signed_in(client, cast.kim()).get(reverse("appointments:day_list"), facts).content.decode()


def test_the_day_list_is_sorted_by_time_or_name(client: Client) -> None:
    with on_monday():
        place = office()

        by_time, by_name = listed(client, place), listed(client, place, sortierung="-name")

    assert by_time.index("Noa Lindner") < by_time.index("Robin Weber")
    assert by_name.index("Robin Weber") < by_name.index("Noa Lindner")


def test_a_name_or_a_number_is_found_on_whatever_day(client: Client) -> None:
    with on_monday():
        place = office()

        assert "=SUMME(A1)" in listed(client, place, suche="0511 654321")
        assert "Robin Weber" in listed(client, place, suche="robin@example")
        assert "Nichts gefunden" in listed(client, place, suche="niemand")
        assert "Robin Weber" not in listed(client, place, suche="noa")


def test_the_list_is_filtered_by_state(client: Client) -> None:
    with on_monday():
        place = office()
        Appointment.objects.filter(name="Robin Weber").update(presence=Presence.ARRIVED)

        here, missed = listed(client, place, stand="da"), listed(client, place, stand="nicht-da")

    assert "Robin Weber" in here
    assert "Noa Lindner" not in here
    assert "Nichts gefunden" in missed


def test_long_lists_have_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staff_lists, "A_PAGE", 1)
    with on_monday():
        place = office()

        first, second = listed(client, place), listed(client, place, seite="2")

    assert "Noa Lindner" in first
    assert "seite=2" in first
    assert "Robin Weber" in second
    assert "Noa Lindner" not in second


def test_the_file_holds_the_list_and_no_formula_and_is_noted(client: Client) -> None:
    with on_monday():
        place = office()
        facts = {"standort": str(place.pk), "tag": "2026-11-30", "suche": "SUMME"}

        text = b"".join(cast.signed_in(client, cast.kim()).get(reverse("appointments:day_csv"), facts)).decode()

    assert "'=SUMME(A1)" in text
    assert "'+49 511 654321" in text
    assert "'@note" in text
    assert Entry.objects.get(kind="appointments.exported").facts == {"rows": 1}
    assert client.get(reverse("appointments:day_csv"), {"standort": "7777"}).status_code == 404


def test_every_look_is_noted_once_an_hour_and_the_person_sees_it(client: Client) -> None:
    with on_monday():
        place = office()
        visit = Appointment.objects.get(name="Robin Weber")
        for _look in range(2):
            listed(client, place)
        page = Client().get(reverse("appointments:appointment", args=[token_of(visit.pk)])).content.decode()
    with clock.frozen(NOW + timedelta(hours=1)):
        cast.signed_in(client, cast.kim()).get(reverse("appointments:staff_appointment", args=[visit.pk]))

    assert AppointmentLook.objects.filter(appointment=visit).count() == 2
    assert Entry.objects.filter(kind="appointment.looked", subject=visit.subject).count() == 2
    assert "Mo., 30. November 2026: Abfallwirtschaft" in page


def test_who_reads_the_list_of_wishes_is_noted_once_an_hour_and_the_person_sees_it(client: Client) -> None:
    with on_monday():
        wish = a_wish(office())
        for address in ("appointments:wishes", "appointments:wishes", "appointments:wishes_csv"):
            assert "Kim Wartet" in b"".join(cast.signed_in(client, cast.kim()).get(reverse(address))).decode()
        page = Client().get(reverse("appointments:wish", args=[token_of(wish.pk, kind="wish")])).content.decode()
    with clock.frozen(NOW + timedelta(hours=1)):
        cast.signed_in(client, cast.kim()).get(reverse("appointments:wishes"))

    assert WishLook.objects.filter(wish=wish).count() == 2
    assert Entry.objects.filter(kind="wish.looked", subject=f"wish:{wish.pk}", facts={"unit": "abfall"}).count() == 2
    assert "Mo., 30. November 2026: Abfallwirtschaft" in page


def test_a_stranger_sees_no_wish_and_leaves_no_look(client: Client) -> None:
    with on_monday():
        place = office()
        wish = a_wish(place)
        cast.signed_in(client, cast.sascha()).get(reverse("appointments:wishes"))
        with pytest.raises(NotAllowed):
            actions.record_wish_looks(sites=[place], wishes=[wish], by=cast.sascha())

    assert not WishLook.objects.exists()


def test_a_stranger_leaves_no_look() -> None:
    with on_monday():
        place = office()

        with pytest.raises(NotAllowed):
            actions.record_looks(sites=[place], appointments=Appointment.objects.order_by("pk"), by=cast.sascha())

    assert not AppointmentLook.objects.exists()


def test_the_list_of_wishes_is_searched_paged_and_written(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staff_lists, "A_PAGE", 1)
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        for number, name in enumerate(("=Mo Adler", "Noa Lindner")):
            window = Window(clock.today(), clock.today() + timedelta(days=9), [6], NOW.time(), NOW.time())
            key = UUID(int=number + 1)
            actions.wish_for(occasions=[what], sites=[place], window=window, name=name, email="", phone=f"0511 {number}", key=key)
        cast.signed_in(client, cast.kim())

        first = client.get(reverse("appointments:wishes")).content.decode()
        second = client.get(reverse("appointments:wishes"), {"seite": "2"}).content.decode()
        found = client.get(reverse("appointments:wishes"), {"suche": "lindner"}).content.decode()
        text = client.get(reverse("appointments:wishes_csv")).content.decode()

    assert ("Mo Adler" in first) != ("Mo Adler" in second)
    assert "Noa Lindner" in found
    assert "Mo Adler" not in found
    assert "'=Mo Adler" in text
    assert text.count("\r\n") == 3


@pytest.mark.parametrize("query", [{"seite": "0"}, {"seite": "x" * 9}, {"stand": "x"}, {"sortierung": "-"}, {"suche": "\x00(*["}])
def test_an_address_with_nonsense_is_read_kindly(client: Client, query: dict[str, str]) -> None:
    with on_monday():
        place = office()

        assert "<h1" in listed(client, place, **query)
