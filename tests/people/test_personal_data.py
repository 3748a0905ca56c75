"""What we hold of a person: shown, downloaded, erased."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast

from direktdraht.people import actions, personal_data
from direktdraht.people.models import Account, Identification

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", [key for key, _entry in personal_data.items()])
def test_every_place_keeps_the_contract(key: str) -> None:
    entry, robin = personal_data.get(key), cast.robin()

    exported = entry.export(robin)
    entry.erase(robin)
    again = entry.erase(robin)

    assert json.dumps(exported)
    assert str(entry.label)
    assert str(entry.purpose)
    assert str(entry.retention)
    assert again.gone == 0


def test_a_person_downloads_their_data(client: Client) -> None:
    robin = cast.robin()
    actions.identify(method="account", account=robin, asked={"name"})
    cast.signed_in(client, robin)

    response = client.get(reverse("people:data_export"))

    assert response["Content-Disposition"].startswith("attachment")
    assert {"Identifizierung": "account", "Niveau": "low", "Angaben": {"name": "Robin Weber"}}.items() <= json.loads(response.content)[
        "account"
    ][-1].items()


def test_an_erased_account_is_nameless_and_closed() -> None:
    robin = cast.robin()
    actions.identify(method="account", account=robin, asked={"name"})

    erased = personal_data.get("account").erase(robin)

    account = Account.objects.get(pk=robin.pk)
    assert (account.name, account.is_active, account.email.endswith(".invalid")) == ("", False, True)
    assert (erased.kept, Identification.objects.count()) == (1, 1)


def test_staff_accounts_stay_until_they_leave_their_units() -> None:
    kept = personal_data.get("account").erase(cast.kim())

    assert (kept.gone, kept.kept) == (0, 1)
    assert kept.why_kept


def test_a_person_changes_their_name(client: Client) -> None:
    robin = cast.robin()
    cast.signed_in(client, robin)

    client.post(reverse("people:name"), {"name": "  Robin   Weber-Łuczak "})
    refused = client.post(reverse("people:name"), {"name": "Robin\u202egro.live"})

    assert Account.objects.get(pk=robin.pk).name == "Robin Weber-Łuczak"
    assert "unsichtbare Zeichen" in refused.content.decode()
