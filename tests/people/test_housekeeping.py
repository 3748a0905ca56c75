"""Accounts that nobody confirmed, sessions that ended, addresses of devices."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.people.test_signing_in import first_mail, link_in

from direktdraht.foundation import clock
from direktdraht.people import actions, jobs
from direktdraht.people.models import Account

pytestmark = pytest.mark.django_db


def claim(address: str) -> None:
    """Somebody signs up with an address and never opens the mail."""
    Client().post(reverse("account_signup"), {"email": address, "password1": cast.PASSWORD})


def test_unconfirmed_accounts_are_forgotten_after_a_month() -> None:
    claim("wer@example.org")
    cast.robin()
    cast.kim()
    late = clock.now() + timedelta(days=31)

    soon = actions.forget_unconfirmed()
    with clock.frozen(late):
        forgotten = actions.forget_unconfirmed()

    assert (soon, forgotten) == (0, 1)
    assert set(Account.objects.values_list("email", flat=True)) == {"robin@example.org", "kim@musterstadt.example"}


def test_an_address_goes_to_who_reads_its_mail(client: Client) -> None:
    cast.signed_in(client, cast.robin())
    client.post(reverse("account_email"), {"action_add": "", "email": "gemeinsam@example.org"})
    claim("gemeinsam@example.org")

    client.post(link_in(first_mail().text))

    assert Account.objects.get().email == "gemeinsam@example.org"
    assert EmailAddress.objects.get().verified


def test_a_confirmed_address_cannot_be_taken(client: Client) -> None:
    cast.kim()
    cast.signed_in(client, cast.robin())

    client.post(reverse("account_email"), {"action_add": "", "email": "kim@musterstadt.example"})
    link = link_in(first_mail().text)
    shown = client.get(link)
    client.post(link)

    assert "kann nicht bestätigt werden" in shown.content.decode()
    assert cast.kim().email == "kim@musterstadt.example"
    assert Account.objects.get(name="Robin Weber").email == "robin@example.org"


def test_staff_change_their_address_too(client: Client) -> None:
    cast.signed_in(client, cast.kim())

    client.post(reverse("account_email"), {"action_add": "", "email": "kim.neu@musterstadt.example"})
    client.post(link_in(first_mail().text))

    assert Account.objects.get(name="Kim Yılmaz").email == "kim.neu@musterstadt.example"


def test_addresses_of_devices_are_forgotten_after_a_week(client: Client) -> None:
    client.post(reverse("account_login"), {"login": cast.robin().email, "password": cast.PASSWORD})
    fresh = UserSession.objects.get().ip

    with clock.frozen(clock.now() + timedelta(days=8)):
        jobs.tidy_sessions(timestamp=0)

    assert fresh == "127.0.0.1"
    assert UserSession.objects.get().ip == jobs.NO_ADDRESS


def test_ended_sessions_are_deleted(client: Client) -> None:
    client.post(reverse("account_login"), {"login": cast.robin().email, "password": cast.PASSWORD})

    with clock.frozen(clock.now() + timedelta(days=40)):
        ended = jobs.tidy_sessions(timestamp=0)

    assert ended == 1
    assert not UserSession.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "/konto/passwort/neu/zzz-abc",
        "/konto/passwort/neu/99999999999999999999999999999999999999-abc",
        "/konto/bestaetigen/%00",
        "/konto/bestaetigen/..%2f..",
        "/buero/mitglieder/99999999999999999999999/rolle",
        "/buero/mitglieder/0/entfernen",
        "/buero/stellen/%00/mitglied",
        "/buero/stellen/gibt-es-nicht/mitglied",
        "/buero/dienste/gibt-es-nicht",
    ],
)
def test_hostile_addresses_never_break_a_page(client: Client, path: str) -> None:
    cast.signed_in(client, cast.jo())

    assert client.get(path).status_code in {200, 302, 404}
