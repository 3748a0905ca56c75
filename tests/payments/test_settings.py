"""What the city sets for payments: who may, what is refused, what it changes."""

import pytest
from django.test import Client

from direktdraht.foundation.journal.models import Entry
from direktdraht.payments import setup
from tests import cast
from tests.payments import stand

pytestmark = pytest.mark.django_db

VALUES = {
    "payee": "Stadt Musterstadt",
    "iban": "DE89 3704 0044 0532 0130 00",
    "bic": "COBADEFFXXX",
    "bank_name": "Beispielbank",
    "reference_pattern": "KA-JJJJ NNNNNNNN PP",
    "reference_method": "mod97",
    "due_days": "14",
    "grace_days": "3",
    "remind_before_days": "5",
    "remind_after_days": "",
    "fee_account": "331200",
    "fee_cost_centre": "",
}


def test_settings_hold_for_the_next_order(client: Client) -> None:
    before = stand.order_of()

    saved = cast.signed_in(client, cast.mika()).post("/buero/kasse/einstellungen", VALUES)

    assert saved.status_code == 302
    assert setup.current().iban == "DE89370400440532013000"
    assert (setup.current().remind_before_days, setup.current().remind_after_days) == (5, None)
    assert stand.order_of().reference.startswith("KA-20")
    assert stand.again(before).reference == before.reference
    assert Entry.objects.get(kind="payments.setup_changed").facts == {"iban_end": "3000", "pattern": "KA-JJJJ NNNNNNNN PP"}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("iban", "DE89 3704 0044 0532 0130 01", "Tippfehler"),
        ("bic", "COBADE", "8 oder 11 Zeichen"),
        ("reference_pattern", "JJ.NNN.P", "passt nicht zur Prüfziffer"),
        ("reference_method", "luhn", "passt nicht zur Prüfziffer"),
        ("due_days", "0", "größer oder gleich"),
        ("remind_before_days", "0", "größer oder gleich"),
        ("fee_account", "33/11", "passt nicht"),
        ("payee", "S", "passt nicht"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_saved(client: Client, field: str, value: str, words: str) -> None:
    before = setup.current()

    refused = cast.signed_in(client, cast.mika()).post("/buero/kasse/einstellungen", {**VALUES, field: value})

    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert setup.current() == before


def test_only_who_keeps_accounts_sees_them(client: Client) -> None:
    assert cast.signed_in(client, cast.kim()).get("/buero/kasse/einstellungen").status_code == 403
