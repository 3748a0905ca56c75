"""A question that an answer brings up on the same page is announced, not blamed."""

import pytest
from django.test import Client

from tests.forms.editor import KEY, new_draft, present
from tests.forms.editor import act as act_as
from tests.forms.editor import do as do_as
from tests.forms.editor import publish as publish_as
from tests.pages.world import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> str:
    """A published form whose yes brings up a required question and a notice; the address of a draft's page."""
    new_draft()
    toni = client_of("toni")
    act_as(toni, "frage-hinzufuegen", label="Musik?", kind="yesno", into="seite_1")
    act_as(toni, "frage-hinzufuegen", label="Welche?", kind="text", into="seite_1")
    act_as(toni, "frage-hinzufuegen", label="Achtung laut", kind="info", into="seite_1")
    for target in ("welche", "achtung_laut"):
        do_as(toni, f"bedingung/{target}/dazu", frage="field::musik", vergleich="is", wert="true", stelle="")
    publish_as(toni)
    return str(present().definition["pages"][0]["key"])


def begin(page: str) -> tuple[Client, str]:
    """A person at the page."""
    person = Client()
    address = person.post(f"/formulare/{KEY}").headers["Location"]
    assert address.endswith(page)
    return person, address


def test_a_new_question_is_announced_without_an_error(page: str) -> None:
    person, address = begin(page)

    response = person.post(address, {"_shown": ["anliegen", "musik"], "anliegen": "Fest", "musik": "true", "_next": "1"})

    text = response.content.decode()
    assert response.status_code == 200
    assert "Es gibt noch eine Frage dazu" in text
    assert "Bitte prüfen Sie" not in text
    assert "Achtung laut" in text


def test_left_empty_it_is_an_error(page: str) -> None:
    person, address = begin(page)
    answers = {"anliegen": "Fest", "musik": "true", "welche": "", "_next": "1"}

    response = person.post(address, {**answers, "_shown": ["anliegen", "musik", "welche", "achtung_laut"]})

    assert response.status_code == 422


def test_a_notice_alone_is_shown_before_going_on(page: str) -> None:
    person, address = begin(page)
    answers = {"anliegen": "Fest", "musik": "true", "welche": "Jazz", "_next": "1"}

    shown_again = person.post(address, {**answers, "_shown": ["anliegen", "musik", "welche"]})
    further = person.post(address, {**answers, "_shown": ["anliegen", "musik", "welche", "achtung_laut"]})

    assert shown_again.status_code == 200
    assert "Achtung laut" in shown_again.content.decode()
    assert further.status_code == 302
