"""The payer says where a refund goes: on the order's page, until somebody releases it, and nobody else can."""

import pytest
from django.test import Client
from django.urls import reverse

from direktdraht.foundation import clock
from direktdraht.payments import actions
from direktdraht.payments.errors import AccountMissing, PayeeChanged, WrongOrderState
from direktdraht.payments.models import OrderNotice, Refund
from tests import cast
from tests.payments import stand

pytestmark = pytest.mark.django_db

IBAN = "DE89370400440532013000"
OTHER = "DE02120300000000202051"


@pytest.fixture
def refund() -> Refund:
    """A refund of robin's order that waits for an account; mika asked for it."""
    order = stand.order_of(account=cast.robin())
    stand.paid(order, 3500)
    return actions.request_refund(order=order, cents=500, reason="zu viel", by=cast.mika())


def page_of(refund: Refund) -> str:
    return reverse("payments:payee", args=[refund.order.reference, refund.pk])


def give(client: Client, refund: Refund, *, iban: str = "DE89 3704 0044 0532 0130 00", name: str = "Robin Weber") -> str:
    """Robin types an account; the text of the page that follows."""
    return cast.signed_in(client, cast.robin()).post(page_of(refund), {"name": name, "iban": iban}, follow=True).content.decode()


def test_the_payer_is_asked_and_gives_the_account(client: Client, refund: Refund) -> None:
    asked = cast.signed_in(client, cast.robin()).get(f"/zahlung/{refund.order.reference}").content.decode()
    assert "Wir brauchen noch Ihr Konto." in asked
    assert OrderNotice.objects.filter(order=refund.order, kind="payee_wanted").count() == 1

    shown = give(client, refund)

    refund.refresh_from_db()
    assert (refund.payee_iban, refund.payee_name, refund.payee_by_payer) == (IBAN, "Robin Weber", True)
    assert "Es endet auf 3000." in shown
    assert IBAN not in shown
    assert refund.order.events.filter(kind="refund_payee_by_payer").count() == 1


def test_the_desk_sees_who_gave_it_and_two_people_are_still_needed(client: Client, refund: Refund) -> None:
    give(client, refund)

    desk = cast.signed_in(client, cast.mika()).get(reverse("finance:refund", args=[refund.pk])).content.decode()
    assert "von der zahlenden Person angegeben" in desk
    assert "Erstattung freigeben</span>" not in desk
    refund.refresh_from_db()
    cast.signed_in(client, cast.charlie()).post(reverse("finance:release", args=[refund.pk]), {"seen": refund.payee})

    refund.refresh_from_db()
    assert (refund.state, refund.released_by) == ("released", cast.charlie())


def test_it_can_be_corrected_until_it_is_released_and_not_after(client: Client, refund: Refund) -> None:
    give(client, refund)
    give(client, refund, iban=OTHER)
    refund.refresh_from_db()
    assert refund.payee_iban == OTHER
    actions.release_refund(refund=refund, by=cast.charlie())

    shown = give(client, refund)

    assert "Das Konto lässt sich nicht mehr ändern." in shown
    refund.refresh_from_db()
    assert (refund.payee_iban, refund.state) == (OTHER, "released")
    with pytest.raises(WrongOrderState):
        actions.name_payee(refund=refund, name="Robin", iban=IBAN)


def test_who_releases_it_has_seen_the_account_that_is_released(refund: Refund) -> None:
    actions.name_payee(refund=refund, name="Robin", iban=IBAN)
    refund.refresh_from_db()
    seen = refund.payee
    actions.name_payee(refund=refund, name="Robin", iban=OTHER)

    with pytest.raises(PayeeChanged):
        actions.release_refund(refund=refund, by=cast.charlie(), seen=seen)

    refund.refresh_from_db()
    assert refund.state == "requested"


def test_what_the_desk_entered_stays(client: Client, refund: Refund) -> None:
    actions.change_payee(refund=refund, name="Robin Weber", iban=OTHER, by=cast.mika())

    give(client, refund)

    refund.refresh_from_db()
    assert (refund.payee_iban, refund.payee_by_payer) == (OTHER, False)


@pytest.mark.parametrize(("iban", "name"), [("DE00 1234", "Robin"), ("", "Robin"), ("DE89370400440532013001", "Robin"), (IBAN, "")])
def test_an_account_that_cannot_be_is_refused_and_what_was_typed_stays(client: Client, refund: Refund, iban: str, name: str) -> None:
    answer = cast.signed_in(client, cast.robin()).post(page_of(refund), {"name": name, "iban": iban})

    assert answer.status_code == 422
    assert iban in answer.content.decode()
    refund.refresh_from_db()
    assert refund.payee_iban == ""
    with pytest.raises(AccountMissing):
        actions.name_payee(refund=refund, name=" ", iban=IBAN)


def test_only_the_payer_of_this_very_order_may(client: Client, refund: Refund) -> None:
    other = stand.order_of(account=cast.sascha())
    url = page_of(refund)

    assert Client().get(url).status_code == Client().post(url, {"name": "X", "iban": IBAN}).status_code == 404
    stranger = cast.signed_in(client, cast.sascha())
    assert stranger.get(url).status_code == 404
    assert stranger.get(reverse("payments:payee", args=[other.reference, refund.pk])).status_code == 404


def test_the_key_of_the_order_is_enough() -> None:
    order = stand.order_of(key="geheim" * 6)
    stand.paid(order, 3500)
    refund = actions.request_refund(order=order, cents=500, reason="zu viel", by=cast.mika())
    browser = Client()
    browser.post("/zahlung", {"reference": order.reference, "key": "geheim" * 6})

    browser.post(page_of(refund), {"name": "Robin", "iban": IBAN})

    refund.refresh_from_db()
    assert refund.payee_iban == IBAN


def test_after_a_bounce_the_payer_is_asked_again(refund: Refund) -> None:
    actions.name_payee(refund=refund, name="Robin", iban=IBAN)
    actions.release_refund(refund=refund, by=cast.charlie())
    actions.refund_paid(refund=refund, value_date=clock.today(), source=stand.source())

    actions.refund_bounced(refund=refund, value_date=clock.today(), source=stand.source(), reason="Konto erloschen")

    assert OrderNotice.objects.filter(kind="payee_wanted").count() == 2
    refund.refresh_from_db()
    assert refund.payer_may_name_payee
