"""Who keeps the accounts makes and takes back rules by which a service is paid first."""

from datetime import timedelta

import pytest
from django.test import Client

from direktdraht.foundation import clock
from direktdraht.payments.models import PayFirstRule
from direktdraht.services.models import Service
from tests import cast
from tests.submissions import way

pytestmark = pytest.mark.django_db
PAGE = "/buero/kasse/vorkasse"


@pytest.fixture
def mika(client: Client) -> Client:
    """Somebody who keeps the city's accounts."""
    way.published_form()
    return cast.signed_in(client, cast.mika())


def posted(**changes: str) -> dict[str, str]:
    """The fields of the form."""
    key = Service.objects.get(form_key=way.FORM).key
    return {"service": key, "legal_basis": "Satzung, § 9", "valid_from": clock.today().isoformat(), "valid_to": "", **changes}


def test_a_rule_is_made_and_taken_back(mika: Client) -> None:
    assert "Gebühren werden überall erst nach dem Absenden bezahlt." in mika.get(PAGE).content.decode()

    assert mika.post(PAGE, posted()).headers["Location"] == PAGE

    rule = PayFirstRule.objects.get()
    page = mika.get(PAGE).content.decode()
    assert "Satzung, § 9" in page
    assert "Zahlungen, die begonnen haben, gehen weiter." in mika.get(f"{PAGE}/{rule.pk}/zuruecknehmen").content.decode()
    mika.post(f"{PAGE}/{rule.pk}/zuruecknehmen")
    assert mika.post(f"{PAGE}/{rule.pk}/zuruecknehmen").status_code == 404
    rule.refresh_from_db()
    assert rule.withdrawn_at is not None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"valid_from": "2020-01-01"}, "Die Regel kann frühestens heute beginnen."),
        ({"valid_to": "2020-01-01"}, "Die Regel endet, bevor sie beginnt."),
        ({"legal_basis": ""}, "legal_basis"),
        ({"service": "nothing"}, "service"),
    ],
    ids=["past", "backwards", "no basis", "no service"],
)
def test_what_does_not_fit_is_said(mika: Client, changes: dict[str, str], said: str) -> None:
    answer = mika.post(PAGE, posted(**changes))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not PayFirstRule.objects.exists()


def test_a_second_rule_from_the_same_day_is_refused_and_one_from_tomorrow_is_not(mika: Client) -> None:
    mika.post(PAGE, posted())

    again = mika.post(PAGE, posted())
    mika.post(PAGE, posted(valid_from=(clock.today() + timedelta(days=1)).isoformat()))

    assert "Dafür beginnt an diesem Tag schon eine Regel." in again.content.decode()
    assert PayFirstRule.objects.count() == 2


def test_only_those_who_keep_the_accounts_may(client: Client) -> None:
    assert cast.signed_in(client, cast.kim()).get(PAGE).status_code == 403
    assert cast.signed_in(client, cast.kim()).post(PAGE).status_code == 403
