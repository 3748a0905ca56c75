"""Taking over known answers: only what the person ticks, only from their own account."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from direktdraht.forms import actions as forms
from direktdraht.foundation import clock
from direktdraht.submissions.models import Submission
from tests import cast
from tests.submissions import way

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 13, 7, 31, tzinfo=UTC)
TOKEN = re.compile(r'name="take" value="([^"]+)"')
ABOUT = {
    "who.given_name": "Robin Maria",
    "who.family_name": "Weber",
    "home.street": "Lange Straße",
    "home.number": "12",
    "home.postal_code": "26121",
    "home.city": "Musterstadt",
    "home.country": "DE",
    "mail": "robin@work.example",
    "call": "0441 123456",
    "account": "DE02 1203 0000 0000 2020 51",
    "child.given_name": "Ida",
    "child.family_name": "Weber",
}


@pytest.fixture(autouse=True)
def monday_afternoon() -> Any:
    with clock.frozen(MONDAY):
        yield


def published(key: str = "verein", **changes: Any) -> None:
    """A form that asks one question of each type; ``changes`` replace settings of questions."""
    asked = [
        ("person", "who", {}),
        ("address", "home", {}),
        ("email", "mail", {}),
        ("phone", "call", {}),
        ("iban", "account", {}),
        ("person", "child", {"own": False}),
    ]
    elements = [
        {"type": kind, "key": name, "label": {"de": f"Frage {name}"}, "purpose": "Bescheid", **own, **changes.get(name, {})}
        for kind, name, own in asked
    ]
    data = {**forms.read_gallery(way.FORM), "key": key, "title": {"de": "Verein"}, "tests": [], "fee": None, "fee_basis": ""}
    forms.publish({**data, "pages": [{"key": "all", "title": {"de": "Alles"}, "elements": elements}]}, by=None)


def begin(client: Client, key: str = "verein") -> UUID:
    return UUID(client.post(f"/formulare/{key}").headers["Location"].split("/")[2])


def sent_once(client: Client) -> None:
    """One submission with all answers."""
    way.published_form()
    published()
    draft_id = begin(client)
    assert way.post_page(client, draft_id, "all", ABOUT).headers["Location"].endswith("/pruefen")
    way.send(client, draft_id)


@pytest.fixture
def robin(client: Client) -> Client:
    """Robin's browser, with one earlier submission."""
    cast.signed_in(client, cast.robin())
    sent_once(client)
    return client


def offered(client: Client, draft_id: UUID) -> str:
    """The page that offers answers."""
    return str(client.get(f"/antrag/{draft_id}/uebernehmen").content.decode())


def test_known_answers_are_offered_with_where_they_come_from(robin: Client) -> None:
    begun = robin.post("/formulare/verein")

    text = robin.get(begun.headers["Location"]).content.decode()

    for words in ("Robin Maria Weber", "Lange Straße 12, 26121 Musterstadt", "+49 441 123456", "DE02 1203 0000 0000 2020 51"):
        assert words in text
    assert "aus Ihrem Antrag „Verein“ vom Mo., 23. November 2026" in text
    assert "robin@example.org" in text
    assert "aus Ihrem Konto" in text
    assert " checked" not in text


def test_only_what_is_ticked_is_filled_in(robin: Client) -> None:
    draft_id = begin(robin)
    token = next(token for token in TOKEN.findall(offered(robin, draft_id)) if token.startswith("account:"))

    response = robin.post(f"/antrag/{draft_id}/uebernehmen", {"take": [token]})

    assert response.headers["Location"] == f"/antrag/{draft_id}/seite/all"
    assert way.draft_of(draft_id).answers == {"account": "DE02120300000000202051"}


def test_without_a_tick_nothing_is_filled_in(robin: Client) -> None:
    draft_id = begin(robin)

    response = robin.post(f"/antrag/{draft_id}/uebernehmen")

    assert response.headers["Location"] == f"/antrag/{draft_id}/seite/all"
    assert way.draft_of(draft_id).answers == {}


def test_the_names_of_others_are_not_offered(robin: Client) -> None:
    assert "Frage child" not in offered(robin, begin(robin))


def test_a_filled_answer_is_changed_as_usual(robin: Client) -> None:
    draft_id = begin(robin)
    robin.post(f"/antrag/{draft_id}/uebernehmen", {"take": TOKEN.findall(offered(robin, draft_id))})

    response = way.post_page(robin, draft_id, "all", {**ABOUT, "who.given_name": "Rob"})

    assert response.headers["Location"].endswith("/pruefen")
    assert way.draft_of(draft_id).answers["who"]["given_name"] == "Rob"


def test_all_ticked_answers_are_accepted_by_the_form(robin: Client) -> None:
    draft_id = begin(robin)
    robin.post(f"/antrag/{draft_id}/uebernehmen", {"take": TOKEN.findall(offered(robin, draft_id))})

    page = robin.get(f"/antrag/{draft_id}/seite/all?pruefen=1")

    assert {problem.target.split("-")[0] for problem in page.context["problems"]} == {"id_child"}


def test_an_answer_that_the_question_would_refuse_is_not_offered(robin: Client) -> None:
    published(home={"postal_codes": ["10115"]})

    text = offered(robin, begin(robin))

    assert "Frage account" in text
    assert "Lange Straße" not in text


def test_what_was_offered_to_somebody_else_is_never_filled_in(robin: Client) -> None:
    tokens = TOKEN.findall(offered(robin, begin(robin)))
    noa = cast.signed_in(Client(), cast.person("noa@example.org", "Noa Lindner"))
    draft_id = begin(noa)

    text = offered(noa, draft_id)
    noa.post(f"/antrag/{draft_id}/uebernehmen", {"take": tokens})

    assert "Lange Straße" not in text
    assert way.draft_of(draft_id).answers == {}


def test_a_draft_without_account_offers_nothing_even_when_one_signs_in_later(robin: Client) -> None:
    anonymous = Client()
    draft_id = begin(anonymous)
    cast.signed_in(anonymous, cast.robin())

    assert anonymous.get(f"/antrag/{draft_id}/uebernehmen").headers["Location"] == f"/antrag/{draft_id}/seite/all"


def test_without_account_the_form_begins_at_once(client: Client) -> None:
    published_at = way.published_form()

    assert client.post(f"/formulare/{published_at.form_id}").headers["Location"].endswith("/seite/place")


def test_answered_questions_are_not_offered_again(robin: Client) -> None:
    draft_id = begin(robin)
    robin.post(f"/antrag/{draft_id}/uebernehmen", {"take": TOKEN.findall(offered(robin, draft_id))})

    assert robin.get(f"/antrag/{draft_id}/uebernehmen").status_code == 302


def test_the_case_names_the_person_of_the_form(robin: Client) -> None:
    assert Submission.objects.get().case.person_name == "Robin Maria Weber"
