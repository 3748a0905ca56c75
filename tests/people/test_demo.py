"""The demo city's accounts: everybody of the README can sign in."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from direktdraht.foundation import demo
from direktdraht.people import queries
from direktdraht.people.demo import CITY, PASSWORD, RESIDENTS, STAFF
from direktdraht.people.models import Account

pytestmark = pytest.mark.django_db


def seed() -> None:
    for room in ("services", "people"):
        entry = demo.registry.get(room)
        if not entry.is_seeded():
            entry.seed(1)


def test_seeding_twice_adds_nothing() -> None:
    seed()
    count = Account.objects.count()

    seed()

    assert Account.objects.count() == count == len(RESIDENTS) + len(STAFF)


@pytest.mark.parametrize("login", [*RESIDENTS, *STAFF])
def test_everybody_signs_in_with_the_demo_password(client: Client, monkeypatch: pytest.MonkeyPatch, login: str) -> None:
    monkeypatch.setattr(settings, "SECOND_FACTOR_REQUIRED", False)
    seed()

    client.post(reverse("account_login"), {"login": f"{login}@{CITY}", "password": PASSWORD})

    assert client.get(reverse("people:account")).status_code == 200


def test_the_demos_clerk_works_on_bulky_waste() -> None:
    seed()

    clerk = Account.objects.get(email=f"sachbearbeitung@{CITY}")

    assert {unit.key for unit in queries.units_of(clerk)} >= {"abfall"}
    assert queries.roles_of(clerk) == {"clerk"}
