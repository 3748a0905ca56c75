"""The pages of the waiting hall, without login and with."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from direktdraht.bookings.appointments.links import code_words, token_of
from direktdraht.bookings.hall import actions
from direktdraht.bookings.hall.links import DISPLAY, KIOSK, address_of
from direktdraht.bookings.hall.models import Ticket
from tests import cast
from tests.bookings.appointments.office import booked
from tests.bookings.hall.waiting import at, called, drawn, hall, state

pytestmark = pytest.mark.django_db


def test_somebody_draws_a_number_at_the_entrance_and_sees_their_place(client: Client) -> None:
    with at("09:00"):
        place, what, desk = hall()
        drawn(place, what)
        called(desk)
        drawn(place, what)
        token = address_of(place, KIOSK)
        page = client.get(reverse("hall:kiosk", args=[token])).content.decode()
        key = re.findall(r'name="schluessel" value="([^"]+)"', page)[0]
        assert "Vor Ihnen wartet eine Person." in page

        slips = [
            client.post(reverse("hall:draw", args=[token]), {"anlass": what.pk, "schluessel": key}, follow=True) for _press in range(2)
        ]

        assert Ticket.objects.count() == 3
        assert "A 3" in slips[1].content.decode()
        mine = client.get(reverse("hall:ticket", args=[token_of(Ticket.objects.get(number=3).pk, kind="ticket")])).content.decode()
        assert "Vor Ihnen wartet eine Person." in mine
        assert "5 bis 15 Minuten" in mine


def test_somebody_with_an_appointment_checks_in_and_a_wrong_code_says_what_to_do(client: Client) -> None:
    with at("08:00"):
        place, what, _desk = hall()
        visit = booked(place.site, what, "2026-11-30 09:30")
        token = address_of(place, KIOSK)

        wrong = client.post(reverse("hall:check_in", args=[token]), {"code": "000 000"})
        right = client.post(reverse("hall:check_in", args=[token]), {"code": code_words(visit.pk)}, follow=True)

    assert wrong.status_code == 409
    assert "Bitte fragen Sie am Schalter." in wrong.content.decode()
    assert "Ihr Termin ist um 09:30 Uhr." in right.content.decode()
    assert "Robin" not in right.content.decode()


def test_outside_opening_hours_the_page_says_when_there_are_numbers(client: Client) -> None:
    with at("07:00"):
        place, what, _desk = hall()
        page = client.get(reverse("hall:kiosk", args=[address_of(place, KIOSK)])).content.decode()
        refused = client.post(reverse("hall:draw", args=[address_of(place, KIOSK)]), {"anlass": what.pk})

    assert "Nummern gibt es wieder ab 08:00 Uhr." in page
    assert refused.status_code == 409


def test_a_look_at_the_display_is_two_queries(client: Client, django_assert_num_queries: Any) -> None:
    with at("09:00"):
        place, what, desk = hall()
        drawn(place, what)
        called(desk)
        address = reverse("hall:display", args=[address_of(place, DISPLAY)])
        client.get(address)

        with django_assert_num_queries(2):
            client.get(address)


def test_the_display_shows_numbers_and_counters_and_no_name(client: Client) -> None:
    with at("08:00"):
        place, what, desk = hall()
        visit = booked(place.site, what, "2026-11-30 09:00")
    with at("09:00"):
        actions.check_in_appointment(appointment=visit)
        called(desk)

        page = client.get(reverse("hall:display", args=[address_of(place, DISPLAY)])).content.decode()
        still = client.get(reverse("hall:display", args=[address_of(place, DISPLAY)]), {"stehen": "1"}).content.decode()

    assert "T 1" in page
    assert "Schalter 1" in page
    assert "Robin" not in page
    assert page.count('role="status"') == 1
    assert "http-equiv" in page
    assert "http-equiv" not in still


def test_a_number_page_says_each_state(client: Client) -> None:
    with at("09:00"):
        place, what, desk = hall()
        ticket = drawn(place, what)
        address = reverse("hall:ticket", args=[token_of(ticket.pk, kind="ticket")])

        assert "Bitte warten Sie" in client.get(address).content.decode()
        called(desk)
        assert "Bitte kommen Sie: Schalter 1" in client.get(address).content.decode()
        actions.missed(ticket=ticket, by=cast.kim())
        assert "Wir haben Sie schon aufgerufen." in client.get(address).content.decode()
        actions.send_home(hall=place, by=cast.kim())
        told = client.get(address).content.decode()

    assert "Heute schaffen wir es nicht mehr" in told
    assert f"anlass={what.pk}" in told


def test_a_number_is_given_back_after_a_question(client: Client) -> None:
    with at("09:00"):
        place, what, desk = hall()
        ticket = drawn(place, what)
        address = reverse("hall:leave", args=[token_of(ticket.pk, kind="ticket")])

        assert client.get(address).status_code == 200
        assert state(ticket) == "waiting"
        client.post(address)
        assert state(ticket) == "left"
        assert client.get(address).status_code == 302
        assert called(desk) == ""


def test_a_clerk_calls_serves_and_ends_by_buttons(client: Client) -> None:
    with at("09:00"):
        place, what, desk = hall()
        first, _second = drawn(place, what), drawn(place, what)
        cast.signed_in(client, cast.kim())
        page = reverse("hall:counter", args=[desk.pk])
        assert "Als Nächstes: A 1" in client.get(page).content.decode()

        client.post(reverse("hall:call_next", args=[desk.pk]), {"schluessel": str(uuid4())})
        full = client.post(reverse("hall:call_next", args=[desk.pk]), {"schluessel": str(uuid4())}, follow=True).content.decode()
        for name in ("call_again", "arrived", "done"):
            client.post(reverse(f"hall:{name}", args=[first.pk]), {"schalter": desk.pk})
        late = client.post(reverse("hall:missed", args=[first.pk]), {"schalter": desk.pk}, follow=True).content.decode()

    assert "An diesem Schalter ist schon jemand." in full
    assert state(first) == "done"
    assert "Der Stand dieser Nummer hat sich geändert." in late


def test_a_clerk_pauses_draws_for_somebody_closes_and_sees_the_counts(client: Client) -> None:
    with at("09:00"):
        place, what, desk = hall()
        cast.signed_in(client, cast.kim())

        client.post(reverse("hall:pause", args=[desk.pk]))
        assert "Dieser Schalter macht Pause" in client.get(reverse("hall:counter", args=[desk.pk])).content.decode()
        client.post(reverse("hall:resume", args=[desk.pk]))
        slip = client.post(reverse("hall:staff_draw", args=[place.site_id]), {"anlass": what.pk}, follow=True).content.decode()
        wrong = client.post(reverse("hall:staff_draw", args=[place.site_id]), {"code": "123456"})
        counts = client.post(reverse("hall:send_home", args=[place.site_id]), follow=True).content.decode()

    assert "A 1" in slip
    assert wrong.status_code == 409
    assert "1 Person ist benachrichtigt." in counts
    assert "weniger als fünf Personen" in counts


def test_a_lead_opens_a_hall_and_draws_new_addresses(client: Client) -> None:
    place, what, _desk = hall()
    site = place.site_id
    cast.signed_in(client, cast.alex())
    before = client.get(reverse("hall:hall", args=[site])).content.decode()

    client.post(reverse("hall:change_hall", args=[site]), {"active": "on", "occasions": [what.pk], "stop_minutes": 30, "chances": 3})
    client.post(reverse("hall:renew", args=[site]))
    after = client.get(reverse("hall:hall", args=[site])).content.decode()

    assert address_of(place, KIOSK) in before
    assert address_of(place, KIOSK) not in after
    assert "30 Minuten vor Schluss" in after
