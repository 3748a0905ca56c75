"""Versions: published, compared, retired, copied; and what happens to drafts that people began on an older one."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from direktdraht.forms.models import FormVersion
from direktdraht.foundation import clock
from direktdraht.submissions.models import Draft, Submission
from tests.forms.editor import DESK, KEY, act, do, new_draft, present, publish
from tests.pages.world import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def toni() -> Client:
    """The first version is published."""
    new_draft()
    client = client_of("toni")
    act(client, "frage-hinzufuegen", label="Ihr Name", kind="name", into="seite_1")
    publish(client)
    return client


def begun() -> tuple[Client, str, Draft]:
    """A person who has filled in the page: browser, address of the page, draft."""
    person = Client()
    address = person.post(f"/formulare/{KEY}").headers["Location"]
    person.post(address, {"_shown": ["anliegen", "ihr_name"], "anliegen": "Guten Tag", "ihr_name": "Robin Weber", "_next": "1"})
    return person, address, Draft.objects.get()


def second_version(client: Client, **fields: Any) -> FormVersion:
    """Ask one thing more and one less, and publish."""
    act(client, "frage-hinzufuegen", label="Wann?", kind="date", into="seite_1")
    act(client, "frage-loeschen", element="anliegen")
    assert publish(client, **fields).status_code == 302
    return FormVersion.objects.get(form_id=KEY, number=2)


def send(person: Client, draft: Draft) -> Any:
    """Send from the review page."""
    review = person.get(f"/antrag/{draft.pk}/pruefen")
    return person.post(f"/antrag/{draft.pk}/absenden", {"seen": review.context["seen"]})


def test_a_draft_on_the_old_version_can_be_finished_and_refers_to_it_for_ever(toni: Client) -> None:
    person, address, draft = begun()
    second_version(toni)

    assert "neue Fassung" in person.get(address).content.decode()
    assert send(person, draft).status_code == 302

    submission = Submission.objects.get()
    assert FormVersion.objects.get(pk=int(submission.ref)).number == 1
    assert submission.answers["anliegen"] == "Guten Tag"


def test_after_the_day_a_draft_moves_with_a_list_of_what_changed(toni: Client) -> None:
    person, address, draft = begun()
    second_version(toni, bis=(clock.today() + timedelta(days=3)).isoformat())
    with clock.frozen(clock.now() + timedelta(days=4)):
        assert person.get(address).headers["Location"] == f"/antrag/{draft.pk}/neue-fassung"
        assert person.get(f"/antrag/{draft.pk}/pruefen").headers["Location"] == f"/antrag/{draft.pk}/neue-fassung"
        page = person.get(f"/antrag/{draft.pk}/neue-fassung").content.decode()
        moved = person.post(f"/antrag/{draft.pk}/neue-fassung")
        draft.refresh_from_db()

        assert "Neue Frage „Wann?“" in page
        assert "Ihre alte Fassung gilt nicht mehr" in page
        assert moved.status_code == 302
        assert draft.answers == {"ihr_name": "Robin Weber"}
        assert FormVersion.objects.get(pk=int(draft.ref)).number == 2


def test_before_the_day_a_person_may_move_or_stay(toni: Client) -> None:
    person, address, draft = begun()
    second_version(toni, bis=(clock.today() + timedelta(days=3)).isoformat())

    page = person.get(f"/antrag/{draft.pk}/neue-fassung").content.decode()

    assert "Bei der alten Fassung bleiben" in page
    assert person.get(address).status_code == 200


def test_the_day_may_not_lie_in_the_past(toni: Client) -> None:
    act(toni, "frage-hinzufuegen", label="Wann?", kind="date", into="seite_1")

    response = publish(toni, bis="2020-01-01")

    assert response.status_code == 422
    assert "schon vorbei" in response.content.decode()


def test_a_move_is_nobody_elses(toni: Client) -> None:
    _person, _address, draft = begun()
    second_version(toni)

    assert Client().get(f"/antrag/{draft.pk}/neue-fassung").status_code == 404


def test_if_nothing_is_offered_any_more_the_answers_can_still_be_read(toni: Client) -> None:
    person, address, draft = begun()
    second_version(toni, bis=clock.today().isoformat())
    toni.post(f"/buero/formulare/{KEY}/zurueckziehen")
    with clock.frozen(clock.now() + timedelta(days=2)):
        response = person.get(address, follow=True)

    assert response.status_code == 410
    assert "Guten Tag" in response.content.decode()
    assert f"/antrag/{draft.pk}/verwerfen" in response.content.decode()


def test_two_versions_are_compared_in_words(toni: Client) -> None:
    second_version(toni)
    do(toni, "frage/wann", label_de="Wann genau?", purpose="Planung")

    text = toni.get(f"/buero/formulare/{KEY}/vergleich?von=1&bis=2").content.decode()
    draft = toni.get(f"/buero/formulare/{KEY}/vergleich?von=2&bis=entwurf").content.decode()

    assert "Neue Frage „Wann?“" in text
    assert "Frage „Was möchten Sie uns sagen?“ entfällt" in text
    assert "Frage „Wann?“ heißt jetzt „Wann genau?“" in draft
    assert "jetzt freiwillig" in draft
    assert toni.get(f"/buero/formulare/{KEY}/vergleich?von=7&bis=2").status_code == 404


def test_an_old_version_is_shown_and_taken_up_again_and_undo_brings_the_draft_back(toni: Client) -> None:
    second_version(toni)
    before = present().definition
    assert toni.get(f"/buero/formulare/{KEY}/fassung/1").status_code == 200

    toni.post(f"/buero/formulare/{KEY}/fassung/1/bearbeiten")
    assert present().definition == FormVersion.objects.get(form_id=KEY, number=1).definition

    do(toni, "zuruecknehmen")
    assert present().definition == before


def test_a_retired_form_cannot_be_begun_but_is_still_there(toni: Client) -> None:
    toni.post(f"/buero/formulare/{KEY}/zurueckziehen")

    assert Client().get(f"/formulare/{KEY}").status_code == 404
    assert toni.get(f"/buero/formulare/{KEY}").status_code == 200


def test_each_version_has_its_schema(toni: Client) -> None:
    second_version(toni)

    first = Client().get(f"/formulare/{KEY}/fassung/1/schema.json").json()
    second = Client().get(f"/formulare/{KEY}/fassung/2/schema.json").json()

    assert "anliegen" in first["properties"]
    assert "wann" in second["properties"]
    assert Client().get(f"/formulare/{KEY}/fassung/3/schema.json").status_code == 404


def test_a_copy_is_a_form_of_its_own(toni: Client) -> None:
    toni.post(f"/buero/formulare/{KEY}/kopieren")

    assert toni.get(f"{DESK.replace(KEY, f'{KEY}_kopie')}").status_code == 200
