"""Health notes: encrypted, seen by the leaders alone, every look shown to the family, erased in time; people are forgotten after it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from direktdraht.bookings.registrations import actions, clearing, sealing
from direktdraht.bookings.registrations.errors import NotAllowed
from direktdraht.bookings.registrations.models import HealthLook, Mode, Offer, Participant, Registration
from direktdraht.bookings.registrations.personal_data import RegistrationData
from direktdraht.cases.models import CaseLook
from direktdraht.foundation import clock
from direktdraht.foundation.journal.models import Entry
from direktdraht.submissions.jobs import clear_drafts
from tests import cast
from tests.bookings.registrations import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def second_factor_shown(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


def child_with_note() -> tuple[Registration, Offer]:
    """Robin's child with a note, in an offer that alex leads."""
    series, _free = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        offer = make.offer(series, 2, leaders=[cast.alex()])
        registration = make.begun(series, [[offer]], account=cast.robin())
        child = registration.participants.get()
        actions.save_participant(
            registration=registration, person=actions.Person(child.name, child.born_on, health="Nussallergie"), position=1
        )
        return actions.send(registration=registration), offer


def test_a_note_is_stored_encrypted() -> None:
    child_with_note()
    stored = bytes(Participant.objects.get().health or b"")

    assert b"Nuss" not in stored
    assert sealing.unseal(stored) == "Nussallergie"


def test_only_the_leader_reads_it_and_the_family_sees_who_looked(client: Client) -> None:
    registration, offer = child_with_note()
    address = f"/buero/anmeldungen/{offer.series_id}/angebot/{offer.number}/gesundheit"

    assert cast.signed_in(Client(), cast.kim()).get(address).status_code == 403
    assert cast.signed_in(Client(), cast.sascha()).get(address).status_code == 404
    assert not HealthLook.objects.exists()
    seen = cast.signed_in(Client(), cast.alex()).get(address)
    cast.signed_in(Client(), cast.alex()).get(address)

    assert "Nussallergie" in seen.content.decode()
    assert HealthLook.objects.count() == Entry.objects.filter(kind="registration.health_read").count() == 1
    own = cast.signed_in(client, cast.robin()).get(f"/anmeldung/{registration.pk}").content.decode()
    assert "Alex Brandt" in own
    with pytest.raises(NotAllowed):
        actions.record_health_look(offer=offer, participants=[], by=cast.kim())


def test_the_export_for_staff_holds_no_note() -> None:
    _registration, offer = child_with_note()
    file = cast.signed_in(Client(), cast.kim()).get(f"/buero/anmeldungen/{offer.series_id}/angebot/{offer.number}.csv").content.decode()

    assert "Oma Weber" in file
    assert "Nussallergie" not in file
    assert Entry.objects.filter(kind="offer.exported").count() == 1


def test_notes_go_14_days_after_the_end_and_people_90_days_after_it() -> None:
    registration, _offer = child_with_note()
    end = make.FIRST_SESSION + timedelta(hours=3)

    with clock.frozen(end + timedelta(days=14) - timedelta(minutes=1)):
        assert clearing.erase_health() == 0
    with clock.frozen(end + timedelta(days=14)):
        assert clearing.erase_health() == 1
        assert clearing.erase_health() == 0
    assert Participant.objects.get().health is None
    with clock.frozen(end + timedelta(days=89)):
        assert clearing.forget_people() == 0
    with clock.frozen(end + timedelta(days=91)):
        assert clearing.forget_people() == 1
        assert clearing.forget_people() == 0

    registration.refresh_from_db()
    assert (registration.contact_email, registration.participants.get().name, make.states(registration)) == ("", "", ["confirmed"])


def test_drafts_that_nobody_sent_go_with_all_other_drafts_and_sent_ones_stay() -> None:
    series, (offer,) = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        touched = make.begun(series, [[offer]])
        make.sent(series, [offer])
    with clock.frozen(make.CLOSES - timedelta(hours=1)):
        actions.set_all_or_none(registration=touched, together=True)
    with clock.frozen(make.IN_PERIOD + timedelta(days=31)):
        assert clear_drafts(0) == 1
    assert Registration.objects.count() == 2
    with clock.frozen(make.CLOSES + timedelta(days=31)):
        assert clear_drafts(0) == 1

    assert Registration.objects.get().sent_at is not None
    assert Participant.objects.count() == 1


def test_a_person_takes_everything_along_and_erases_what_no_rule_keeps() -> None:
    child_with_note()
    data = RegistrationData()
    robin = cast.robin()

    assert data.find(robin) == 1
    assert data.export(robin)[0]["Personen"][0]["Gesundheit"] == "Nussallergie"
    with clock.frozen(make.IN_PERIOD):
        assert data.erase(robin).kept == 1
    with clock.frozen(make.FIRST_SESSION + timedelta(days=2)):
        assert data.erase(robin).gone == 1
        assert data.erase(robin).gone == 0


def test_the_link_opens_the_registration_and_leaves_no_secret_behind(client: Client) -> None:
    registration, _offer = child_with_note()
    token = sealing.link_token(str(registration.pk), registration.secret)
    wrong = sealing.link_token(str(registration.pk), registration.secret, "feed")

    assert len(token) == 43  # 256 bits
    assert client.get(f"/anmeldung/{registration.pk}").status_code == 404
    assert client.get(f"/anmeldung/{registration.pk}/zugang/{wrong}").status_code == 404
    opened = client.get(f"/anmeldung/{registration.pk}/zugang/{token}")
    assert opened.headers["Location"] == f"/anmeldung/{registration.pk}"
    assert client.get(opened.headers["Location"]).status_code == 200
    feed = Client().get(f"/anmeldung/{registration.pk}/kalender/{wrong}.ics").content.decode()
    assert feed.count("BEGIN:VEVENT") == 1
    assert "Kind" not in feed
    client.post(f"/anmeldung/{registration.pk}/beenden")
    assert client.get(f"/anmeldung/{registration.pk}").status_code == 404


def looks_of(registration: Registration) -> list[str]:
    """Who of the staff saw the party, as its case keeps it."""
    return list(CaseLook.objects.filter(case__registration=registration).order_by("hour", "pk").values_list("account__email", flat=True))


@pytest.mark.parametrize("address", ["", ".csv", "/anwesenheit", "/anwesenheit.csv", "/anwesenheit/{session}"])
def test_whoever_reads_a_list_of_an_offer_is_noted_once_an_hour_for_each_party(client: Client, address: str) -> None:
    registration, offer = child_with_note()
    place = f"/buero/anmeldungen/{offer.series_id}/angebot/{offer.number}{address.format(session=offer.sessions.get().pk)}"
    kim = cast.signed_in(client, cast.kim())
    with clock.frozen(make.IN_PERIOD):
        for _look in range(2):
            assert kim.get(place).status_code == 200
    with clock.frozen(make.IN_PERIOD + timedelta(hours=1)):
        kim.get(place)

    assert looks_of(registration) == [cast.kim().email] * 2
    assert Entry.objects.filter(kind="case.looked", subject=f"case:{registration.number}").count() == 2


@pytest.mark.parametrize("address", ["liste", "liste.csv"])
def test_whoever_reads_the_list_of_a_series_is_noted_and_strangers_see_and_leave_nothing(client: Client, address: str) -> None:
    registration, offer = child_with_note()
    place = f"/buero/anmeldungen/{offer.series_id}/{address}"

    assert cast.signed_in(Client(), cast.sascha()).get(place).status_code == 404
    assert looks_of(registration) == []
    cast.signed_in(client, cast.kim()).get(place)

    assert looks_of(registration) == [cast.kim().email]


def test_the_leader_who_reads_the_list_is_noted_too_and_the_family_sees_it(client: Client) -> None:
    registration, offer = child_with_note()
    cast.signed_in(Client(), cast.alex()).get(f"/buero/anmeldungen/{offer.series_id}/angebot/{offer.number}")
    page = cast.signed_in(client, cast.robin()).get(f"/vorgang/{registration.number}").content.decode()

    assert looks_of(registration) == [cast.alex().email]
    assert "Abfallwirtschaft" in page


def test_who_is_forgotten_is_not_seen_any_more(client: Client) -> None:
    registration, offer = child_with_note()
    clearing.forget(registration)
    cast.signed_in(client, cast.kim()).get(f"/buero/anmeldungen/{offer.series_id}/liste")

    assert looks_of(registration) == []
