"""Long lists for staff: found, sorted, filtered, page by page without a gap, and as a file with the same filter."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from direktdraht.bookings.registrations import actions, lists
from direktdraht.bookings.registrations.lists import ListPage, ListWish
from direktdraht.bookings.registrations.models import Booking, Mode, Offer, Participant, Registration, Series
from direktdraht.foundation import clock
from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.keyset import write_place
from tests import cast
from tests.bookings.registrations import factories as make

pytestmark = pytest.mark.django_db
NAMES = ("Cleo", "Ada", "Bo", "Ada", "Dilan")


@pytest.fixture(autouse=True)
def second_factor_shown(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)


def five(places: int = 3) -> tuple[Series, Offer, list[Registration]]:
    """Five families of one child, of whom so many have a place; one minute between them."""
    series, (offer,) = make.published(Mode.FIRST, places)
    families = []
    for place, name in enumerate(NAMES):
        with clock.frozen(make.IN_PERIOD + timedelta(minutes=place)):
            families.append(make.sent(series, [offer]))
        Participant.objects.filter(registration=families[-1]).update(name=name, born_on=date(2012 + place % 3, 3, 1))
    return series, offer, families


def walked(first: ListPage, following: Any) -> list[int | str]:
    """The keys of all pages, one after the other."""
    found, page = [one.pk for one in first.rows], first
    while page.next_place:
        page = following(page.next_place)
        found += [one.pk for one in page.rows]
    return found


@pytest.mark.parametrize("sort", ["", *(f"{way}{name}" for name in lists.PLACE_SORTS for way in ("", "-"))])
def test_the_pages_of_places_are_the_whole_list_in_its_order(sort: str) -> None:
    _series, offer, _families = five()
    wish = ListWish("all", sort=sort)

    keys = walked(lists.place_page(offer, wish), lambda place: lists.place_page(offer, ListWish("all", sort=sort, after=place)))

    assert keys == list(lists.places_of(offer, wish).values_list("pk", flat=True))
    assert sorted(keys) == sorted(Booking.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("sort", ["", *(f"{way}{name}" for name in lists.PARTY_SORTS for way in ("", "-"))])
def test_the_pages_of_registrations_are_the_whole_list_in_its_order(sort: str) -> None:
    series, _offer, families = five()
    wish = ListWish(sort=sort)

    keys = walked(lists.party_page(series, wish), lambda place: lists.party_page(series, ListWish(sort=sort, after=place)))

    assert keys == list(lists.parties_of(series, wish).values_list("pk", flat=True))
    assert set(keys) == {one.pk for one in families}


def test_places_are_sorted_by_name_and_age_and_the_line_by_its_own_order() -> None:
    _series, offer, _families = five(1)

    def names(wish: ListWish) -> list[str]:
        return [one.participant.name for one in lists.places_of(offer, wish)]

    assert names(ListWish("all")) == ["Ada", "Ada", "Bo", "Cleo", "Dilan"]
    assert names(ListWish("all", sort="born")) == ["Cleo", "Ada", "Ada", "Dilan", "Bo"]
    assert names(ListWish("waiting")) == ["Ada", "Bo", "Ada", "Dilan"]
    assert names(ListWish("waiting", sort="-name"))[0] == "Dilan"
    assert names(ListWish("all", words="ad")) == ["Ada", "Ada"]


def test_registrations_are_found_by_child_number_and_contact_and_filtered() -> None:
    series, _offer, families = five(2)
    with clock.frozen(make.IN_PERIOD + timedelta(hours=1)):
        actions.withdraw(registration=families[4])

    def found(wish: ListWish) -> set[object]:
        return set(lists.parties_of(series, wish).values_list("pk", flat=True))

    keys = [one.pk for one in families]
    assert found(ListWish()) == set(keys[:4])
    assert found(ListWish("placed")) == set(keys[:2])
    assert found(ListWish("waiting")) == set(keys[2:4])
    assert found(ListWish("withdrawn")) == {keys[4]}
    assert found(ListWish(words="ada")) == {keys[1], keys[3]}
    assert found(ListWish(words=families[2].number or "?")) == {keys[2]}
    assert found(ListWish(words="Robin")) == set(keys[:4])
    assert found(ListWish(words="\x00")) == set(keys[:4])


@pytest.mark.parametrize("after", ["x", write_place("zzz", "1"), write_place("1", "x"), write_place("9" * 40, "1"), write_place("", "")])
def test_a_broken_place_is_the_beginning(after: str) -> None:
    _series, offer, _families = five()

    page = lists.place_page(offer, ListWish("all", sort="line", after=after))

    assert page.rows == lists.place_page(offer, ListWish("all", sort="line")).rows


def test_the_pages_lead_from_one_to_the_next_and_to_the_beginning(client: Client) -> None:
    series, _offer, families = five()
    kim = cast.signed_in(client, cast.kim())
    base = f"/buero/anmeldungen/{series.pk}/liste?stand=placed&sortierung=number"

    first = kim.get(base)
    later = first.context["pages"].later_url
    second = kim.get(later)

    assert [row.cells[0].text for row in first.context["table"].rows] == sorted(one.number or "" for one in families[:3])[:2]
    assert [row.cells[0].text for row in second.context["table"].rows] == sorted(one.number or "" for one in families[:3])[2:]
    assert second.context["pages"].earlier_url == base
    assert urlsplit(later).path == urlsplit(base).path


def test_the_file_has_the_filter_of_the_page_and_leaves_a_trace(client: Client) -> None:
    series, _offer, families = five(2)
    kim = cast.signed_in(client, cast.kim())
    page = kim.get(f"/buero/anmeldungen/{series.pk}/liste?stand=waiting&suche=ada&sortierung=-number")

    lines = kim.get(page.context["export_url"]).content.decode("utf-8-sig").splitlines()

    assert lines[0].startswith("Nummer;Name;E-Mail")
    assert [line.split(";")[0] for line in lines[1:]] == [families[3].number]
    assert Entry.objects.filter(kind="series.exported").count() == 1
    assert cast.signed_in(Client(), cast.sascha()).get(f"/buero/anmeldungen/{series.pk}/liste.csv").status_code == 404
