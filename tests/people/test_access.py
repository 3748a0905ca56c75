"""The doors: who is asked to sign in, who is refused, what it costs."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast

pytestmark = pytest.mark.django_db


def test_anonymous_people_come_back_to_where_they_wanted(client: Client) -> None:
    asked = client.get("/buero/stellen?a=b")

    assert asked["Location"] == "/konto/anmelden?next=/buero/stellen%3Fa%3Db"


def test_a_lost_post_leads_to_the_start(client: Client) -> None:
    asked = client.post(reverse("people:unit_add"), {"key": "x", "name": "X"})

    assert asked["Location"] == "/konto/anmelden?next=/"


def test_two_slashes_never_lead_out_of_the_house(client: Client) -> None:
    asked = client.get("//evil.example/buero/stellen")

    assert "evil.example" not in asked.headers.get("Location", "")


@pytest.mark.parametrize("name", ["people:account", "people:units", "services:list"])
def test_pages_stay_within_the_budget_of_queries(client: Client, django_assert_max_num_queries: Any, name: str) -> None:
    cast.kim(), cast.alex(), cast.sascha()  # called for what they store
    cast.signed_in(client, cast.jo())
    client.get(reverse(name))

    with django_assert_max_num_queries(8):
        assert client.get(reverse(name)).status_code == 200


def test_too_many_attempts_get_a_page_in_our_look(client: Client) -> None:
    cast.signed_in(client, cast.robin())
    spoilt = {"oldpassword": "falsch", "password1": "a", "password2": "b"}

    answers = [client.post(reverse("account_change_password"), spoilt) for _ in range(6)]

    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert "Zu viele Versuche" in answers[-1].content.decode()


def test_wrong_methods_are_refused(client: Client) -> None:
    cast.signed_in(client, cast.jo())

    assert client.post(reverse("people:units")).status_code == 405
    assert client.post(reverse("people:data_export")).status_code == 405
    assert client.delete(reverse("services:add")).status_code == 405
