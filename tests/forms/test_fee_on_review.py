"""The review page says about paying what the form says; it promises no bill that may never come."""

import json
from typing import Any

import pytest
from django.test import Client

from direktdraht.forms import actions
from direktdraht.services.models import Service
from tests import cast
from tests.questions.forms import element, form

pytestmark = pytest.mark.django_db
MONTHLY = {"text": {"de": "Diesen Betrag zahlen Sie jeden Monat.", "en": "You pay this every month."}}


def review(client: Client, *elements: dict[str, Any]) -> str:
    """The review page of a form with a fee and these elements."""
    data = form(element("yesno", key="sure"), *elements, fee={"money": "12.00"}, fee_basis="Satzung der Stadt, § 3")
    Service.objects.create(key="probe", title={"de": "Probe"}, unit=cast.abfall(), answer_days=5)
    version = actions.publish(json.loads(json.dumps(data)), by=None)
    draft_id = client.post(f"/formulare/{version.form_id}").headers["Location"].split("/")[2]
    client.post(f"/antrag/{draft_id}/seite/first", {"sure": "true", "_shown": ["sure", "pay"], "_next": "1"})
    return client.get(f"/antrag/{draft_id}/pruefen").content.decode()


def test_the_payment_question_says_how_to_pay(client: Client) -> None:
    page = review(client, element("payment", key="pay", **MONTHLY))

    assert "Diesen Betrag zahlen Sie jeden Monat." in page
    assert "Satzung der Stadt, § 3" in page
    assert "Sie zahlen jetzt nichts" not in page


def test_a_payment_question_that_is_not_shown_says_nothing(client: Client) -> None:
    never = {"show_if": {"field": "sure", "op": "is", "value": False}}

    page = review(client, element("payment", key="pay", **MONTHLY, **never))

    assert "jeden Monat" not in page
    assert "Sie zahlen erst nach dem Absenden." in page


def test_without_one_no_bill_is_promised(client: Client) -> None:
    page = review(client)

    assert "Sie zahlen erst nach dem Absenden." in page
    assert "Rechnung" not in page
