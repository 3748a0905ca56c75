"""Signing in, out, and up: every page in our look, no answer that tells who has an account."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse
from tests import cast

from direktdraht.foundation.post.models import Mail
from direktdraht.people.models import Account

pytestmark = pytest.mark.django_db

ENTRY_PAGES = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
]
OWN_PAGES = [
    "people:account",
    "people:name",
    "people:data",
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "usersessions_list",
    "mfa_index",
    "mfa_activate_totp",
]


def first_mail() -> Mail:
    """The oldest mail."""
    return Mail.objects.order_by("created_at", "pk")[0]


def link_in(text: str) -> str:
    """The path of the first link in a mail."""
    found = re.search(r"https?://[^/\s]+(/\S+)", text)
    assert found
    return found[1]


def without_marks(page: Any, address: str) -> str:
    """The page without what differs on every call."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode().replace(address, ""))


@pytest.mark.parametrize("name", ENTRY_PAGES)
def test_entry_pages_are_shown_to_everybody(client: Client, name: str) -> None:
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert "dd-title" in response.content.decode()


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_pages_are_shown_to_their_owner(client: Client, name: str) -> None:
    cast.signed_in(client, cast.robin())

    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", [name for name in OWN_PAGES if name != "account_logout"])
def test_own_pages_send_strangers_to_sign_in(client: Client, name: str) -> None:
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response["Location"].startswith("/konto/anmelden?next=")


def test_a_new_account_opens_after_its_address_is_confirmed(client: Client) -> None:
    given = {"name": "Kim Đặng", "email": "Neu@Example.org", "password1": cast.PASSWORD}
    signed_up = client.post(reverse("account_signup"), given)
    refused = client.post(reverse("account_login"), {"login": "neu@example.org", "password": cast.PASSWORD})
    link = link_in(first_mail().text)
    shown = client.get(link)
    client.post(link)
    entered = client.post(reverse("account_login"), {"login": "neu@example.org", "password": cast.PASSWORD})

    assert signed_up["Location"] == refused["Location"] == reverse("account_email_verification_sent")
    assert "neu@example.org" in shown.content.decode()
    assert entered["Location"] == resolve_url(settings.LOGIN_REDIRECT_URL)
    assert Account.objects.get(email="neu@example.org").name == "Kim Đặng"


def test_signing_up_with_a_known_address_answers_like_with_a_new_one(client: Client) -> None:
    cast.robin()

    known = client.post(reverse("account_signup"), {"email": "robin@example.org", "password1": cast.PASSWORD})
    unknown = Client().post(reverse("account_signup"), {"email": "neu@example.org", "password1": cast.PASSWORD})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert {message.to for message in Mail.objects.all()} == {"robin@example.org", "neu@example.org"}


def test_a_wrong_password_answers_like_an_unknown_address(client: Client) -> None:
    cast.robin()

    wrong = client.post(reverse("account_login"), {"login": "robin@example.org", "password": "falsch-geraten"})
    unknown = client.post(reverse("account_login"), {"login": "wer@example.org", "password": "falsch-geraten"})

    assert "passen nicht zusammen" in wrong.content.decode()
    assert without_marks(wrong, "robin@example.org") == without_marks(unknown, "wer@example.org")


def test_a_forgotten_password_answers_the_same_for_unknown_addresses(client: Client) -> None:
    cast.robin()

    known = client.post(reverse("account_reset_password"), {"email": "robin@example.org"})
    unknown = client.post(reverse("account_reset_password"), {"email": "wer@example.org"})

    assert known["Location"] == unknown["Location"] == reverse("account_reset_password_done")
    assert Mail.objects.count() == 2


def test_the_link_of_the_mail_sets_a_new_password_once(client: Client) -> None:
    cast.robin()
    client.post(reverse("account_reset_password"), {"email": "robin@example.org"})
    link = link_in(first_mail().text)
    form = client.get(link)["Location"]
    new = {"password1": "sonne-auf-dem-marktplatz-8", "password2": "sonne-auf-dem-marktplatz-8"}

    shown = client.get(form)
    done = client.post(form, new)
    again = Client().get(link)

    assert shown.status_code == 200
    assert done["Location"] == reverse("account_reset_password_from_key_done")
    assert "abgelaufen" in again.content.decode()
    assert cast.robin().check_password(new["password1"])


def test_a_spoilt_confirmation_link_says_so(client: Client) -> None:
    response = client.get(reverse("account_confirm_email", args=["kein-echter-schluessel"]))

    assert "abgelaufen" in response.content.decode()


def test_guessing_is_stopped_after_some_attempts(client: Client) -> None:
    cast.robin()

    answers = [
        client.post(reverse("account_login"), {"login": "robin@example.org", "password": f"geraten-{number}"}).content.decode()
        for number in range(7)
    ]

    assert "zu viele Versuche" in answers[-1]
    assert "zu viele Versuche" not in answers[0]


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_house(client: Client, evil: str) -> None:
    cast.robin()

    response = client.post(reverse("account_login"), {"login": "robin@example.org", "password": cast.PASSWORD, "next": evil})

    assert response["Location"] == resolve_url(settings.LOGIN_REDIRECT_URL)


def test_signing_out_needs_a_post(client: Client) -> None:
    cast.signed_in(client, cast.robin())

    asked = client.get(reverse("account_logout"))
    done = client.post(reverse("account_logout"))

    assert asked.status_code == 200
    assert done.status_code == 302
    assert client.get(reverse("people:account")).status_code == 302


def test_other_devices_can_be_signed_out(client: Client) -> None:
    robin = cast.robin()
    elsewhere = Client()
    for device in (client, elsewhere):
        device.post(reverse("account_login"), {"login": robin.email, "password": cast.PASSWORD})

    shown = client.get(reverse("usersessions_list"))
    client.post(reverse("usersessions_list"))

    assert "Ein anderes Gerät" in shown.content.decode()
    assert elsewhere.get(reverse("people:account")).status_code == 302
    assert client.get(reverse("people:account")).status_code == 200


def test_the_address_changes_after_it_is_confirmed(client: Client) -> None:
    cast.signed_in(client, cast.robin())

    client.post(reverse("account_email"), {"action_add": "", "email": "robin.neu@example.org"})
    pending = client.get(reverse("account_email"))
    client.post(link_in(first_mail().text))

    assert "noch nicht bestätigt" in pending.content.decode()
    assert Account.objects.get(name="Robin Weber").email == "robin.neu@example.org"


def test_passwords_are_hashed_with_argon2() -> None:
    from direktdraht.config.settings import security

    assert security.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
