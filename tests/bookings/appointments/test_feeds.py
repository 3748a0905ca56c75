"""The calendar of a site for staff: a secret address without login, without what it need not tell."""

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from direktdraht.bookings.appointments import actions, feeds
from direktdraht.bookings.appointments.errors import NotAllowed
from direktdraht.bookings.appointments.links import token_of
from direktdraht.bookings.appointments.models import Site
from tests import cast
from tests.bookings.appointments.office import NOA, booked, counter, occasion, on_monday, site

pytestmark = pytest.mark.django_db


def switched_on(place: Site, *, names: bool = False) -> Site:
    """The site with its calendar."""
    return actions.set_feed(site=place, is_on=True, with_names=names, by=cast.alex())


def path_of(address: str) -> str:
    """The path of an address, as the test's client asks for it."""
    return "/" + address.split("/", 3)[3]


def test_the_calendar_tells_times_and_reasons_and_nobody_by_name() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what, seats=2)
        visit = booked(place, what, "2026-11-30 08:00")
        gone = booked(place, what, "2026-11-30 08:00", NOA)
        actions.cancel(appointment=gone)

        answer = Client().get(path_of(feeds.address_of(switched_on(place))))

    text = answer.content.decode()
    events = {str(one["uid"]): one for one in Calendar.from_ical(text).walk("VEVENT")}
    assert {str(one["summary"]) for one in events.values()} == {"Sperrgut abgeben"}
    assert sorted(str(one["status"]) for one in events.values()) == ["CANCELLED", "CONFIRMED"]
    for told in ("Robin", "Noa", "example.org", token_of(visit.pk)):
        assert told not in text


def test_names_stand_there_only_where_the_city_wants_them() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        booked(place, what, "2026-11-30 08:00")

        named = feeds.feed(switched_on(place, names=True), 0)

    assert "Sperrgut abgeben: Robin Weber" in named
    assert "robin@example.org" not in named


def test_a_counter_has_a_calendar_of_its_own() -> None:
    with on_monday():
        place, what, other = site(), occasion(), occasion("Anderes")
        first, second = counter(place, what), counter(place, other, name="Schalter 2")
        booked(place, what, "2026-11-30 08:00")

        found, number = feeds.get_by_address(path_of(feeds.address_of(switched_on(place), second)).split("/")[-1][:-4])

        assert (found, number) == (place, second.pk)
        assert "BEGIN:VEVENT" not in feeds.feed(found, number)
        assert "BEGIN:VEVENT" in feeds.feed(found, first.pk)


def test_a_new_address_or_switching_off_ends_the_old_one() -> None:
    place = switched_on(site())
    old = feeds.address_of(place)
    renewed = actions.renew_feed(site=place, by=cast.alex())
    assert Client().get(path_of(old)).status_code == 404
    assert Client().get(path_of(feeds.address_of(renewed))).status_code == 200

    off = actions.set_feed(site=place, is_on=False, with_names=True, by=cast.alex())

    assert feeds.address_of(off) == ""
    assert not off.feed_names
    assert Client().get(path_of(feeds.address_of(renewed))).status_code == 404
    with pytest.raises(Http404):
        feeds.get_by_address("1-0-falsch")


def test_only_who_leads_the_unit_switches_it(client: Client) -> None:
    place = site()
    with pytest.raises(NotAllowed):
        actions.set_feed(site=place, is_on=True, with_names=True, by=cast.kim())
    with pytest.raises(NotAllowed):
        actions.renew_feed(site=place, by=cast.kim())

    cast.signed_in(client, cast.alex())
    client.post(reverse("appointments:change_feed", args=[place.pk]), {"is_on": "on"})
    page = client.get(reverse("appointments:feed", args=[place.pk])).content.decode()
    client.post(reverse("appointments:renew_feed", args=[place.pk]))

    place.refresh_from_db()
    assert "Er zeigt keine Namen." in page
    assert feeds.address_of(place) not in page
