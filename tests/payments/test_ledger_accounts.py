"""Accounts of the ledger: names and numbers change for open days only, and what was booked on stays."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse

from direktdraht.foundation import clock
from direktdraht.payments import actions, queries
from direktdraht.payments.errors import AccountInUse, AccountTaken
from direktdraht.payments.models import FormerNumber, LedgerAccount
from tests import cast
from tests.payments import stand

pytestmark = pytest.mark.django_db
KEY = "revenue:331100"


@pytest.fixture
def desk(client: Client) -> Client:
    return cast.signed_in(client, cast.mika())


def account() -> LedgerAccount:
    return LedgerAccount.objects.get(pk=KEY)


def numbered(number: str) -> LedgerAccount:
    """The account with another number."""
    return actions.change_account(account=account(), name="Gebühren", number=number, by=cast.mika())


def exported(desk: Client) -> list[tuple[str, str]]:
    """Day and number of every line of the account in the file, oldest first."""
    content = b"".join(desk.get(reverse("finance:ledger_csv"), {"bis": "2999-12-31"}).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # a streamed answer
    rows = [line.split(";") for line in content.splitlines()]
    return [(row[2], row[5]) for row in rows if row[4] == KEY]


def test_accounts_stand_with_number_balance_and_lines(desk: Client) -> None:
    stand.order_of(3000)

    page = desk.get(reverse("finance:accounts")).content.decode()

    assert "Ertrag 331100" in page
    assert "-30,00" in page or "−30,00" in page


def test_a_revenue_account_is_added_once(desk: Client) -> None:
    for _ in range(2):
        answer = desk.post(reverse("finance:accounts"), {"name": "Parkausweise", "number": "331200"})

    assert answer.status_code == 422
    assert "Dieses Konto gibt es schon." in answer.content.decode()
    assert LedgerAccount.objects.get().name == "Parkausweise"
    with transaction.atomic(), pytest.raises(AccountTaken):
        actions.add_account(number="331200", name="Anders", by=cast.mika())


@pytest.mark.parametrize(("name", "number"), [("", "1"), ("Gebühren", ""), ("Gebühren", "33/11"), ("Gebühren", "=1+1")])
def test_what_does_not_fit_is_said(desk: Client, name: str, number: str) -> None:
    assert desk.post(reverse("finance:accounts"), {"name": name, "number": number}).status_code == 422
    assert not LedgerAccount.objects.exists()


def test_an_account_gets_another_name_and_number_on_its_page(desk: Client) -> None:
    stand.order_of(3000)

    answer = desk.post(reverse("finance:account", args=[KEY]), {"name": "Gebühren", "number": "4711"}, follow=True)

    assert "Abgeschlossene Tage behalten ihre Nummer." in answer.content.decode()
    assert (account().name, account().number) == ("Gebühren", "4711")
    assert not FormerNumber.objects.exists()


def test_a_closed_day_is_exported_with_the_number_that_it_had(desk: Client) -> None:
    today = clock.today()
    stand.order_of(3000)
    actions.close_day(day=today, by=cast.mika())
    before = exported(desk)
    assert before == [(today.isoformat(), "331100")]

    numbered("4711")
    stand.order_of(2000)
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert exported(desk) == [*before, (tomorrow, "4711")]
    numbered("4712")

    assert exported(desk) == [*before, (tomorrow, "4712")]
    assert "331100" in desk.get(reverse("finance:account", args=[KEY])).content.decode()


def test_each_closed_time_keeps_its_own_number(desk: Client) -> None:
    first = clock.today()
    stand.order_of(1000)
    actions.close_day(day=first, by=cast.mika())
    numbered("2")
    with clock.frozen(clock.now() + timedelta(days=1)):
        stand.order_of(1000)
        actions.close_day(day=clock.today(), by=cast.mika())
        numbered("3")
        stand.order_of(1000)

    with clock.frozen(clock.now() + timedelta(days=3)):
        assert [number for _day, number in exported(desk)] == ["331100", "2", "3"]


def test_the_digest_of_a_closed_day_does_not_change_with_a_number() -> None:
    stand.order_of(1000)
    closed = actions.close_day(day=clock.today(), by=cast.mika())

    numbered("4711")

    assert queries.digest_of(after=None, until=closed.day) == closed.digest


def test_an_account_without_entries_goes_after_a_question_and_one_with_entries_stays(desk: Client) -> None:
    stand.order_of(1000)
    empty = actions.add_account(number="9", name="Leer", by=cast.mika())
    url = reverse("finance:remove_account", args=[empty.pk])
    assert "solange auf Leer nichts gebucht ist" in desk.get(url).content.decode()

    assert desk.post(url).status_code == 302

    assert not LedgerAccount.objects.filter(pk=empty.pk).exists()
    assert desk.post(url).status_code == 404
    refused = desk.post(reverse("finance:remove_account", args=[KEY])).content.decode()
    assert "Auf diesem Konto ist schon gebucht." in refused
    with pytest.raises(AccountInUse):
        actions.remove_account(account=account(), by=cast.mika())
    assert account().number == "331100"


def test_only_the_finance_desk_may(client: Client) -> None:
    stand.order_of(1000)
    kim = cast.signed_in(client, cast.kim())

    assert kim.get(reverse("finance:accounts")).status_code == 403
    for view in ("account", "remove_account"):
        assert kim.post(reverse(f"finance:{view}", args=[KEY])).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.add_account(number="1", name="X", by=cast.kim())
    with pytest.raises(PermissionDenied):
        actions.remove_account(account=account(), by=cast.kim())
