"""Rules on fees decide at the sending: which account, which law, and whether there is an order at all."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from direktdraht.foundation import clock
from direktdraht.payments.actions.settings import add_rule
from direktdraht.payments.models import CityRule, FeeRule, Order, OrderingRule
from direktdraht.services.models import Service
from tests import cast
from tests.submissions import way

pytestmark = pytest.mark.django_db


def sent_express(client: Client) -> Any:
    """Bulky waste that is collected at once, for 35 euros."""
    draft_id = way.begin(client)
    way.post_page(client, draft_id, "place", way.PLACE)
    way.post_page(client, draft_id, "items", {**way.ITEMS, "express": "true"})
    way.post_page(client, draft_id, "contact", way.CONTACT)
    return way.send(client, draft_id)


def ruled(rule: CityRule) -> None:
    """From today on."""
    rule.legal_basis, rule.valid_from = "Satzung, § 9", clock.today()
    add_rule(rule=rule, by=cast.mika())


def bulky_waste() -> str:
    """The service of the form."""
    way.published_form()
    return Service.objects.get(form_key=way.FORM).key


def test_a_fee_goes_to_the_account_of_its_service(client: Client) -> None:
    ruled(FeeRule(service=bulky_waste(), account="441200", cost_centre="7700", law="private"))

    sent_express(client)

    line = Order.objects.get().lines.get()
    assert (line.revenue_account, line.cost_centre, line.law) == ("441200", "7700", "private")


def test_the_rule_of_another_service_changes_nothing(client: Client) -> None:
    bulky_waste()
    ruled(FeeRule(service="anderswo", account="441200", law="private"))

    sent_express(client)

    assert Order.objects.get().lines.get().revenue_account == "331100"


def test_by_a_rule_fees_of_this_law_are_set_by_a_notice(client: Client) -> None:
    bulky_waste()
    ruled(OrderingRule(law="vwvfg", ordered=False))

    draft_id = way.begin(client)
    way.post_page(client, draft_id, "place", way.PLACE)
    way.post_page(client, draft_id, "items", {**way.ITEMS, "express": "true"})
    way.post_page(client, draft_id, "contact", way.CONTACT)
    review = client.get(f"/antrag/{draft_id}/pruefen").content.decode()
    way.send(client, draft_id)

    assert "Sie zahlen jetzt nichts." in review
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("gebuehren", {"service": "", "account": "331200", "cost_centre": "", "law": "private"}),
        ("bescheide", {"law": "ao", "ordered": "yes"}),
    ],
)
def test_rules_are_made_and_taken_back_on_their_pages(client: Client, page: str, fields: dict[str, str]) -> None:
    service, url = bulky_waste(), f"/buero/kasse/{page}"
    desk = cast.signed_in(client, cast.mika())
    posted = {**fields, "legal_basis": "Satzung, § 9", "valid_from": (clock.today() + timedelta(days=1)).isoformat(), "valid_to": ""}
    posted |= {"service": service} if "service" in fields else {}

    assert desk.post(url, posted).status_code == 302

    shown = desk.get(url).content.decode()
    assert "Satzung, § 9" in shown
    assert "331200, privatrechtlich" in shown or "gleich nach dem Eingang zu zahlen" in shown
    again = desk.post(url, posted).content.decode()
    assert "Dafür beginnt an diesem Tag schon eine Regel." in again
    model = FeeRule if page == "gebuehren" else OrderingRule
    assert desk.post(f"{url}/{model.objects.get().pk}/zuruecknehmen").status_code == 302
    assert model.objects.get().withdrawn_at is not None


def test_an_account_that_is_none_is_refused(client: Client) -> None:
    desk = cast.signed_in(client, cast.mika())
    fields = {"service": bulky_waste(), "account": "=1+1", "cost_centre": "", "law": "private", "legal_basis": "§"}

    assert desk.post("/buero/kasse/gebuehren", {**fields, "valid_from": clock.today().isoformat()}).status_code == 422
    assert not FeeRule.objects.exists()


@pytest.mark.parametrize("page", ["gebuehren", "bescheide"])
def test_only_those_who_keep_the_accounts_may(client: Client, page: str) -> None:
    kim = cast.signed_in(client, cast.kim())

    assert kim.get(f"/buero/kasse/{page}").status_code == kim.post(f"/buero/kasse/{page}").status_code == 403
