"""The list of open items: sorted by its columns, filtered, paged and saved as a file."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from direktdraht.foundation.journal.models import Entry
from direktdraht.payments.models import Order
from tests import cast
from tests.payments import stand

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    return cast.signed_in(client, cast.mika())


def references(desk: Client, **words: str) -> list[str]:
    """The references of the page, as they stand."""
    content = desk.get(reverse("finance:open"), words).content.decode()
    return re.findall(r'/buero/kasse/auftrag/([^"/]+)"', content)


def exported(desk: Client, **words: str) -> list[list[str]]:
    """The lines of the file without its head, as cells."""
    text = desk.get(reverse("finance:open_csv"), words).content.decode("utf-8-sig")
    return [line.split(";") for line in text.split("\r\n")[1:] if line]


def three() -> tuple[Order, Order, Order]:
    """A small, a large and a middle sum; the large one is overdue."""
    small, large, middle = (stand.order_of(cents) for cents in (500, 9000, 3000))
    Order.objects.filter(pk=large.pk).update(due_on="2020-01-31", payer_name="Özlem Aydın")
    return small, Order.objects.get(pk=large.pk), middle


def test_a_column_sorts_and_turns_round(desk: Client) -> None:
    small, large, middle = (one.reference for one in three())

    assert references(desk, sortierung="offen") == [small, middle, large]
    assert references(desk, sortierung="-offen") == [large, middle, small]
    assert references(desk, sortierung="kassenzeichen") == [small, large, middle]


def test_without_a_wish_or_with_an_unknown_one_the_longest_due_stands_first(desk: Client) -> None:
    _small, large, _middle = three()

    assert references(desk)[0] == large.reference
    assert references(desk, sortierung="-passwort") == references(desk)


def test_a_column_title_names_its_direction_and_leads_to_the_other(desk: Client) -> None:
    three()

    content = desk.get(reverse("finance:open"), {"sortierung": "offen", "zeige": "ueberfaellig"}).content.decode()

    assert 'aria-sort="ascending"' in content
    assert "zeige=ueberfaellig&amp;sortierung=-offen" in content or "sortierung=-offen&amp;zeige=ueberfaellig" in content


def test_the_file_holds_what_the_page_shows_and_leaves_a_row_in_the_journal(desk: Client) -> None:
    _small, large, _middle = three()

    (line,) = exported(desk, zeige="ueberfaellig")

    assert line == [large.reference, large.title, "Özlem Aydın", "90,00", "90,00", "2020-01-31", "offen"]
    assert Entry.objects.get(kind="orders.exported").facts == {"rows": 1}


def test_the_file_keeps_the_order_of_the_page(desk: Client) -> None:
    three()

    assert [line[0] for line in exported(desk, sortierung="-offen")] == references(desk, sortierung="-offen")
