"""The person's and the staff's pages, as browsers without JavaScript use them."""

import re
from datetime import date, time
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from direktdraht.bookings.appointments import actions
from direktdraht.bookings.appointments.actions import Choice
from direktdraht.bookings.appointments.errors import Taken
from direktdraht.bookings.appointments.links import token_of
from direktdraht.bookings.appointments.models import Appointment, Occasion, Site, State, Wish
from direktdraht.bookings.appointments.queries import word_of
from direktdraht.foundation import clock, demo
from direktdraht.people import personal_data
from tests import cast
from tests.bookings.appointments.office import NOA, booked, counter, later, local, occasion, on_monday, site

pytestmark = pytest.mark.django_db
EIGHT = "2026-11-30 08:00"
NOT_OFFERED = ("", "x", "1@", "1@2026-11-30", "@2026-11-30T07:00", "1@2026-11-30T07:01", "99999@2026-11-30T07:00", "1@0001-01-01T00:00")
CONTACT = {"name": "Robin Weber", "email": "robin@example.org", "phone": "", "note": ""}


def office() -> tuple[Site, Occasion]:
    place, what = site(), occasion(bring={"de": "Ausweis"})
    counter(place, what)
    return place, what


def test_a_time_is_found_held_booked_moved_and_cancelled(client: Client) -> None:
    with on_monday():
        place, what = office()
        found = client.get("/termine", {"anlass": what.pk})
        assert "08:00 Uhr" in found.content.decode()

        held = client.post("/termine/halten", {"anlass": what.pk, "zeit": word_of(place.pk, local(EIGHT))})
        assert "07:10 Uhr" in client.get(held["Location"]).content.decode()
        done = client.post(held["Location"], CONTACT)
        page = client.get(done["Location"]).content.decode()
        assert "Ihr Termin ist gebucht" in page
        assert "Ausweis" in page

        made = Appointment.objects.get()
        client.post(f"/termin/{token_of(made.pk)}/verschieben", {"zeit": word_of(place.pk, local("2026-11-30 09:00"))})
        made.refresh_from_db()
        assert made.starts_at == local("2026-11-30 09:00")
        client.post(f"/termin/{token_of(made.pk)}/absagen")
        assert "abgesagt" in client.get(f"/termin/{token_of(made.pk)}").content.decode()


def test_the_loser_of_a_race_sees_what_is_free_close_to_it(client: Client) -> None:
    with on_monday():
        place, what = office()
        booked(place, what, EIGHT, NOA)

        answer = client.post("/termine/halten", {"anlass": what.pk, "zeit": word_of(place.pk, local(EIGHT))})

        assert answer.status_code == 409
        assert word_of(place.pk, local("2026-11-30 08:30")) in answer.content.decode()


def test_nothing_typed_is_lost_when_the_hold_is_over(client: Client) -> None:
    with on_monday():
        place, what = office()
        held = client.post("/termine/halten", {"anlass": what.pk, "zeit": word_of(place.pk, local("2026-11-30 09:00"))})
    with clock.frozen(later(minutes=20)):
        booked(place, what, "2026-11-30 09:00", NOA)

        lost = client.post(held["Location"], CONTACT)
        word = re.search(r'name="zeit" value="([^"]+)"', lost.content.decode())

        assert lost.status_code == 409
        assert 'value="Robin Weber"' in lost.content.decode()
        assert word is not None
        assert client.post(held["Location"], {**CONTACT, "zeit": word[1]}).status_code == 302
        assert Appointment.objects.filter(state=State.BOOKED).count() == 2


@pytest.mark.parametrize("wrong", [{"email": ""}, {"email": "", "phone": "keine"}, {"name": ""}, {"email": "robin@"}])
def test_a_contact_that_cannot_be_used_is_told_and_the_time_stays_held(client: Client, wrong: dict[str, str]) -> None:
    with on_monday():
        place, what = office()
        held = client.post("/termine/halten", {"anlass": what.pk, "zeit": word_of(place.pk, local(EIGHT))})

        assert client.post(held["Location"], {**CONTACT, **wrong}).status_code == 422
        assert Appointment.objects.get().state == State.HELD


def test_one_contact_is_enough(client: Client) -> None:
    with on_monday():
        place, what = office()
        held = client.post("/termine/halten", {"anlass": what.pk, "zeit": word_of(place.pk, local(EIGHT))})

        client.post(held["Location"], {**CONTACT, "email": "", "phone": "0511 123456"})

        assert Appointment.objects.get().phone == "+49 511 123456"


@pytest.mark.parametrize("word", NOT_OFFERED)
def test_a_time_that_nobody_offered_is_not_held(client: Client, word: str) -> None:
    with on_monday():
        _place, what = office()

        assert client.post("/termine/halten", {"anlass": what.pk, "zeit": word}).status_code in {302, 409}
        assert not Appointment.objects.exists()


def test_scarce_times_are_only_given_by_the_list(client: Client) -> None:
    with on_monday():
        place, what = site(), occasion(by_request=True)
        counter(place, what)

        page = client.get("/termine", {"anlass": what.pk}).content.decode()
        client.post("/termine/halten", {"anlass": what.pk, "zeit": word_of(place.pk, local(EIGHT))})

        assert "Wunsch eintragen" in page
        assert 'name="zeit"' not in page
        assert not Appointment.objects.exists()


def test_a_wish_is_entered_offered_and_taken(client: Client) -> None:
    with on_monday():
        place, what = site(), occasion(by_request=True)
        counter(place, what)
        days: dict[str, Any] = {
            "sites": place.pk,
            "first_day": "2026-12-01",
            "last_day": "2026-12-01",
            "weekdays": [1],
            "form_token": uuid4(),
        }
        made = client.post(f"/termine/wunsch?anlass={what.pk}", {**CONTACT, **days, "from_time": "08:00", "until_time": "12:00"})
        again = client.post(f"/termine/wunsch?anlass={what.pk}", {**CONTACT, **days, "from_time": "08:00", "until_time": "12:00"})
        assert made["Location"] == again["Location"]
        assert "Sie stehen an erster Stelle." in client.get(made["Location"]).content.decode()

        actions.allot_waiting([place])
        offer = Appointment.objects.get()
        answer = client.post(f"/termin/{token_of(offer.pk)}/annehmen")

        assert "Ihr Termin ist gebucht" in client.get(answer["Location"]).content.decode()
        assert "Zum Termin" in client.get(made["Location"]).content.decode()


def test_a_link_that_we_did_not_make_opens_nothing(client: Client) -> None:
    with on_monday():
        place, what = office()
        made = booked(place, what, EIGHT)

    assert client.get(f"/termin/{made.pk}").status_code == 404
    assert client.get(f"/termin/{token_of(made.pk)[:-1]}").status_code == 404
    assert client.get(f"/termin/{token_of(made.pk, kind='wish')}").status_code == 404


def test_the_calendar_file_follows_a_cancellation(client: Client) -> None:
    with on_monday():
        place, what = office()
        made = booked(place, what, EIGHT)
        address = f"/termin/{token_of(made.pk)}/termin.ics"
        before = Calendar.from_ical(client.get(address).content.decode()).walk("VEVENT")[0]
        actions.cancel(appointment=made)
        after = Calendar.from_ical(client.get(address).content.decode()).walk("VEVENT")[0]

    assert before.decoded("dtstart") == local(EIGHT)
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert (before["status"], after["status"]) == ("CONFIRMED", "CANCELLED")
    assert before["uid"] == after["uid"]


def test_a_question_leads_into_the_direct_line(client: Client) -> None:
    with on_monday():
        place, what = office()
        made = booked(place, what, EIGHT)

        answer = client.post(f"/termin/{token_of(made.pk)}/schreiben", {"text": "Darf mein Hund mit?"}, follow=True)
        assert "Darf mein Hund mit?" in answer.content.decode()
        assert Client().post(f"/termin/{token_of(made.pk)}/gespraech").status_code == 302
        made.refresh_from_db()
        kim = cast.signed_in(Client(), cast.kim())
        assert made.case is not None
        assert "Bürgerbüro" in kim.get(reverse("cases:staff_application", args=[made.case.number])).content.decode()


def test_staff_book_by_phone_into_the_same_list(client: Client) -> None:
    with on_monday():
        place, what = office()
        kim = cast.signed_in(client, cast.kim())

        held = kim.post("/buero/termine/halten", {"anlass": what.pk, "zeit": word_of(place.pk, local(EIGHT))})
        kim.post(held["Location"], {**CONTACT, "email": "", "phone": "0511 123456"})

        assert "Robin Weber" in kim.get(f"/buero/termine?standort={place.pk}&tag=2026-11-30").content.decode()
        with pytest.raises(Taken):
            actions.hold(choice=Choice([what], place, local(EIGHT)), network="test")


def test_staff_close_a_counter_mark_and_cancel(client: Client) -> None:
    with on_monday():
        place, what = office()
        first, second = booked(place, what, EIGHT), booked(place, what, "2026-11-30 09:00", NOA)
        kim = cast.signed_in(client, cast.kim())

        kim.post(f"/buero/termine/{first.pk}/da", {"da": "arrived"})
        kim.post(f"/buero/termine/{first.pk}/absagen", {"reason": "Feuer"})
        desk = place.counters.get()
        closed = kim.post(f"/buero/termine/schalter/{desk.pk}/schliessen", {"day": "2026-11-30", "reason": "Krank"}, follow=True)

        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.presence, first.state, first.reason) == ("arrived", State.CANCELLED, "Feuer")
        assert second.state == State.CANCELLED
        assert "1 Termin ist abgesagt." in closed.content.decode()


def test_staff_are_told_whom_to_call(client: Client) -> None:
    with on_monday():
        place, what = office()
        booked(place, what, EIGHT, actions.Contact("Noa Lindner", phone="0511 99"))
        kim = cast.signed_in(client, cast.kim())

        desk = place.counters.get()
        closed = kim.post(f"/buero/termine/schalter/{desk.pk}/schliessen", {"day": "2026-11-30", "reason": "Krank"}, follow=True)

        assert "Noa Lindner (0511 99)" in closed.content.decode()


@pytest.mark.parametrize(("answer", "state"), [("ja", State.BOOKED), ("nein", State.LAPSED)])
def test_staff_answer_an_offer_for_somebody_on_the_phone(client: Client, answer: str, state: State) -> None:
    with on_monday():
        place, what = office()
        window = actions.Window(date(2026, 12, 1), date(2026, 12, 1), [1], time(8), time(12))
        actions.wish_for(occasions=[what], sites=[place], window=window, name="Noa Lindner", email="", phone="0511 99")
        actions.allot_waiting([place])
        offer = Appointment.objects.get()
        kim = cast.signed_in(client, cast.kim())

        assert "bitte anrufen" in kim.get("/buero/termine/wuensche").content.decode()
        assert "Die Person nimmt an" in kim.get(f"/buero/termine/{offer.pk}").content.decode()
        kim.post(f"/buero/termine/{offer.pk}/angebot", {"antwort": answer})

        offer.refresh_from_db()
        assert offer.state == state


def test_the_city_sets_up_a_site_from_nothing(client: Client) -> None:
    with on_monday():
        cast.abfall()
        alex = cast.signed_in(client, cast.alex())
        base = "/buero/termine/einrichten"

        alex.post(f"{base}/standort/neu", {"name": "Nord", "address": "Kanal 1", "unit": "abfall", "active": "on"})
        place = Site.objects.get()
        numbers: dict[str, Any] = {"minutes": 30, "buffer_minutes": 5, "lead_minutes": 0, "days_ahead": 60}
        alex.post(f"{base}/anlass/neu", {"title_de": "Sperrgut", "unit": "abfall", "active": "on", **numbers})
        what = Occasion.objects.get()
        ramp = {"name": "Rampe", "occasions": what.pk, "seats": 1, "raster_minutes": 30, "active": "on"}
        alex.post(f"{base}/standort/{place.pk}/schalter", ramp)
        hours: dict[str, Any] = {"weekdays": [0], "opens": "08:00", "closes": "10:00", "valid_from": "2026-11-30"}
        alex.post(f"{base}/standort/{place.pk}/zeiten", hours)
        alex.post(f"{base}/standort/{place.pk}/ausnahme", {"day": "2026-12-07", "is_open": "closed"})

        assert "08:00 Uhr" in client.get(f"/termine?anlass={what.pk}&tag=2026-11-30").content.decode()
        assert "Rampe" in alex.get(f"{base}/standort/{place.pk}").content.decode()
        wrong = alex.post(f"{base}/standort/{place.pk}/zeiten", {**hours, "opens": "11:00"})
        assert wrong.status_code == 422


def test_the_account_shows_exports_and_erases_its_appointments(client: Client) -> None:
    with on_monday():
        place, what = office()
        made = booked(place, what, EIGHT)
        actions.claim(appointment=made, account=cast.robin())
        data = personal_data.get("appointments")
        robin = cast.signed_in(client, cast.robin())

        assert "Ihre Termine" in robin.get("/mein-bereich").content.decode()
        assert "BEGIN:VEVENT" in robin.get("/termine/meine.ics").content.decode()
        assert data.find(cast.robin()) == 1
        assert data.export(cast.robin())[0]["Anlass"] == "Sperrgut abgeben"
        assert data.erase(cast.robin()).kept == 1
        actions.cancel(appointment=made)
        assert data.erase(cast.robin()).gone == 1
        assert data.find(cast.robin()) == 0


def test_the_demo_city_has_three_sites_and_a_week_of_bookings() -> None:
    with on_monday():
        entry = demo.registry.get("appointments")
        entry.seed(1)

        assert entry.is_seeded()
        assert Site.objects.count() == 3
        assert Occasion.objects.count() == 6
        assert Appointment.objects.filter(state=State.BOOKED).count() > 50
        assert Wish.objects.count() == 1
