""" "Mein Bereich": the own cases, drafts and decisions, and nobody else's."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from tests import cast

from direktdraht.cases import actions as cases
from direktdraht.cases.models import Case, Decision, DecisionState, Way
from direktdraht.forms.models import FormVersion
from direktdraht.foundation import clock
from direktdraht.people.models import Account
from direktdraht.services.models import Service
from direktdraht.submissions.actions import begin_draft
from direktdraht.submissions.models import Draft

pytestmark = pytest.mark.django_db


def open_case(account: Account, title: str) -> Case:
    case, _key = cases.open_case(
        origin="test",
        origin_ref=str(uuid4()),
        title=title,
        service=None,
        unit=cast.abfall(),
        person=cases.PersonFacts(account.name, account.email, account),
        text="Bitte abholen.",
    )
    return case


def draft_of(account: Account) -> Draft:
    version = FormVersion.objects.get(form_id="sperrmuell")
    return begin_draft(kind="form", ref=str(version.pk), language="de", account=account)


def test_strangers_sign_in_first(client: Client) -> None:
    response = client.get("/mein-bereich")

    assert response.status_code == 302
    assert response["Location"] == "/konto/anmelden?next=/mein-bereich"


def test_an_empty_area_says_what_comes(client: Client) -> None:
    text = cast.signed_in(client, cast.robin()).get("/mein-bereich").content.decode()

    assert "Noch kein Anliegen" in text
    assert "robin@example.org" in text


def test_own_cases_show_state_and_day_and_no_others(client: Client) -> None:
    robin, noor = cast.robin(), cast.person("noor@example.org", "Noor Haddad")
    mine = open_case(robin, "Sofa abholen")
    open_case(noor, "Fremdes Anliegen")

    text = cast.signed_in(client, robin).get("/mein-bereich").content.decode()

    assert "Sofa abholen" in text
    assert mine.number in text
    assert "Fremdes Anliegen" not in text


def test_a_question_of_the_city_is_said_plainly(client: Client) -> None:
    case = open_case(cast.robin(), "Sofa abholen")
    cases.ask_back(case=case, text="Wo steht es?", by=cast.kim())

    text = cast.signed_in(client, cast.robin()).get("/mein-bereich").content.decode()

    assert "Wir warten auf Sie" in text


def test_drafts_can_be_continued_and_discarded(client: Client, bulky_waste: Service) -> None:
    draft = draft_of(cast.robin())

    text = cast.signed_in(client, cast.robin()).get("/mein-bereich").content.decode()
    onward = client.get(f"/mein-bereich/entwurf/{draft.pk}")

    assert f"/antrag/{draft.pk}/verwerfen" in text
    assert onward["Location"].startswith(f"/antrag/{draft.pk}/seite/")


def test_a_foreign_draft_does_not_exist(client: Client, bulky_waste: Service) -> None:
    draft = draft_of(cast.person("noor@example.org", "Noor Haddad"))

    assert cast.signed_in(client, cast.robin()).get(f"/mein-bereich/entwurf/{draft.pk}").status_code == 404


def test_a_decision_to_retrieve_comes_first(client: Client) -> None:
    case = open_case(cast.robin(), "Gebühr")
    Decision.objects.create(
        case=case, version=1, state=DecisionState.DISPATCHED, title="Gebührenbescheid", text="45 Euro", way=Way.INBOX, salt=b"x" * 32
    )

    text = cast.signed_in(client, cast.robin()).get("/mein-bereich").content.decode()

    assert text.index("Ein Bescheid liegt für Sie bereit") < text.index("Ihre Anliegen")


def test_more_than_twenty_cases_are_paged_without_gap(client: Client) -> None:
    robin = cast.robin()
    for number in range(23):
        with clock.frozen(clock.now() - timedelta(days=number)):
            open_case(robin, f"Anliegen-{number:02}")
    cast.signed_in(client, robin)

    first = client.get("/mein-bereich").content.decode()
    address = next(part.split('"')[0] for part in first.split('href="') if part.startswith("/mein-bereich?nach="))
    second = client.get(address.replace("&amp;", "&")).content.decode()

    assert ["Anliegen-19" in first, "Anliegen-20" in first] == [True, False]
    assert ["Anliegen-19" in second, "Anliegen-20" in second, "Anliegen-22" in second] == [False, True, True]


@pytest.mark.parametrize("cursor", ["x", "1_", "nan_00000000-0000-0000-0000-000000000000", "1e999_x", "%00"])
def test_a_changed_cursor_gives_the_first_page(client: Client, cursor: str) -> None:
    response = cast.signed_in(client, cast.robin()).get("/mein-bereich", {"nach": cursor})

    assert response.status_code == 200


def test_the_area_costs_the_same_with_more_rows(client: Client, bulky_waste: Service, django_assert_max_num_queries: object) -> None:
    robin = cast.robin()
    for number in range(5):
        open_case(robin, f"Anliegen {number}")
        draft_of(robin)
    cast.signed_in(client, robin)

    with django_assert_max_num_queries(12):  # type: ignore[operator]  # the fixture has no public type
        client.get("/mein-bereich")
