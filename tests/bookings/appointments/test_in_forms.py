"""An appointment inside a form: held while somebody fills in, booked with the submission, let go with the draft."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from direktdraht.bookings.appointments import actions as appointments
from direktdraht.bookings.appointments.actions import Choice, free_expired
from direktdraht.bookings.appointments.links import token_of
from direktdraht.bookings.appointments.models import Appointment, Cell, Counter, Occasion, Origin, State
from direktdraht.forms import actions as forms
from direktdraht.forms import times
from direktdraht.foundation import clock
from direktdraht.foundation.post.models import Mail
from direktdraht.questions.definition import parse
from direktdraht.questions.proof import prove
from direktdraht.services.models import Service
from direktdraht.submissions import actions, calendars
from direktdraht.submissions.models import Draft, Submission
from tests import cast
from tests.bookings.appointments.office import NOA, NOW, booked, counter, free, local, occasion, site
from tests.submissions import way

pytestmark = pytest.mark.django_db
KEY = "beratung"


def definition(*more: dict[str, Any], required: bool = True) -> dict[str, Any]:
    """A form with a name and an appointment."""
    return {
        "format": "direktdraht-form/1",
        "key": "beratung",
        "service": "beratung",
        "title": {"de": "Beratung", "en": "Talk"},
        "unit": "abfall",
        "answer_days": 5,
        "law": "vwvfg",
        "legal_basis": "Satzung",
        "retention": {"months": 12, "basis": "Aktenordnung"},
        "pages": [
            {
                "key": "wann",
                "title": {"de": "Wann?"},
                "elements": [
                    {
                        "type": "appointment",
                        "key": "zeit",
                        "label": {"de": "Zeit"},
                        "occasions": [KEY],
                        "required": required,
                        "purpose": "Beratung",
                    },
                    *more,
                ],
            },
            {
                "key": "wer",
                "title": {"de": "Wer?"},
                "elements": [
                    {"type": "name", "key": "name", "label": {"de": "Name"}, "purpose": "Beratung"},
                    {"type": "email", "key": "email", "label": {"de": "E-Mail"}, "purpose": "Beratung"},
                ],
            },
        ],
    }


def office() -> tuple[Counter, Occasion]:
    """A counter that is open from eight to twelve, and what is done there."""
    what = occasion("Beratung", key=KEY)
    return counter(site(), what), what


def begun(client: Client) -> UUID:
    """A draft of the form."""
    Service.objects.get_or_create(key="beratung", defaults={"title": {"de": "Beratung"}, "unit": cast.abfall(), "form_key": "beratung"})
    forms.publish(definition(), by=None)
    return UUID(client.post("/formulare/beratung").headers["Location"].split("/")[2])


def offered(client: Client, draft_id: UUID) -> list[str]:
    """The times that the page offers."""
    page = client.get(f"/antrag/{draft_id}/seite/wann").content.decode()
    return re.findall(r'name="zeit" value="(\d+@[^"]+)"', page)


def chooses(client: Client, draft_id: UUID, number: int = 0) -> Any:
    """The answer to choosing one of the offered times."""
    return way.post_page(client, draft_id, "wann", {"zeit": offered(client, draft_id)[number], "zeit.from": ""})


def names(client: Client, draft_id: UUID) -> Any:
    """The answer to the page with name and address."""
    return way.post_page(client, draft_id, "wer", {"name": "Robin Weber", "email": "robin@example.org"})


def test_a_chosen_time_is_held_and_booked_with_the_submission(client: Client) -> None:
    with clock.frozen(NOW):
        desk, what = office()
        draft_id = begun(client)

        assert chooses(client, draft_id).status_code == 302
        held = Appointment.objects.get()
        assert (held.state, held.origin, held.draft_id) == (State.HELD, Origin.FORM, draft_id)
        assert free(desk.site, what)[0] == "08:30"
        assert names(client, draft_id).headers["Location"].endswith("/pruefen")
        review = client.get(f"/antrag/{draft_id}/pruefen").content.decode()
        assert "Mo., 30. November 2026, 8:00 Uhr" in review
        way.send(client, draft_id)

    submission = Submission.objects.get()
    visit = Appointment.objects.get()
    assert (visit.state, visit.name, visit.email, visit.draft) == (State.BOOKED, "Robin Weber", "robin@example.org", None)
    assert visit.case == submission.case
    assert "Bürgerbüro, Rathausplatz 1" in submission.text
    assert Mail.objects.filter(template__endswith="/booked").count() == 1


def test_sending_twice_books_once(client: Client) -> None:
    with clock.frozen(NOW):
        office()
        draft_id = begun(client)
        chooses(client, draft_id)
        names(client, draft_id)
        seen = way.seen_digest(client, draft_id)

        for _press in range(2):
            client.post(f"/antrag/{draft_id}/absenden", {"seen": seen})

    assert Appointment.objects.get().state == State.BOOKED
    assert Submission.objects.count() == 1


def test_another_choice_lets_the_first_go_and_the_same_once_more_keeps_it(client: Client) -> None:
    with clock.frozen(NOW):
        desk, what = office()
        draft_id = begun(client)
        chooses(client, draft_id)
        first = Appointment.objects.get()
        word = f"{desk.site_id}@2026-11-30T07:00"

        again = times.calendar().hold(Draft.objects.get(), [KEY], word, network="test")
        chooses(client, draft_id, 2)

    assert again is not None
    assert again["id"] == str(first.pk)
    first.refresh_from_db()
    assert first.state == State.LAPSED
    with clock.frozen(NOW):
        assert free(desk.site, what)[:2] == ["08:00", "08:30"]


def test_keeping_the_held_time_goes_on_to_the_next_page(client: Client) -> None:
    with clock.frozen(NOW):
        office()
        draft_id = begun(client)
        chooses(client, draft_id)
        held = Appointment.objects.get()
        page = client.get(f"/antrag/{draft_id}/seite/wann").content.decode()
        answer = way.post_page(client, draft_id, "wann", {"zeit": str(held.pk), "zeit.from": ""})

    assert f'value="{held.pk}" checked' in page
    assert answer.headers["Location"].endswith("/wer")
    assert Appointment.objects.count() == 1


def test_a_time_that_somebody_else_took_is_not_an_answer(client: Client) -> None:
    with clock.frozen(NOW):
        desk, what = office()
        draft_id = begun(client)
        word = offered(client, draft_id)[0]
        booked(desk.site, what, "2026-11-30 08:00", NOA)

        answer = way.post_page(client, draft_id, "wann", {"zeit": word, "zeit.from": ""})

    assert answer.status_code == 422
    assert "Diese Zeit konnten wir nicht für Sie halten." in answer.content.decode()
    assert Appointment.objects.filter(origin=Origin.FORM).count() == 0


def test_a_hold_that_is_over_is_still_good_while_the_time_is_free(client: Client) -> None:
    with clock.frozen(NOW - timedelta(hours=2)):
        office()
        draft_id = begun(client)
        chooses(client, draft_id)
        names(client, draft_id)
    with clock.frozen(NOW):
        assert free_expired() == 1

        way.send(client, draft_id)

    assert Appointment.objects.get().state == State.BOOKED


def test_a_time_that_was_lost_meanwhile_is_asked_for_again_and_nothing_is_sent(client: Client) -> None:
    with clock.frozen(NOW - timedelta(hours=2)):
        desk, what = office()
        draft_id = begun(client)
        chooses(client, draft_id)
        names(client, draft_id)
        seen = way.seen_digest(client, draft_id)
    with clock.frozen(NOW):
        free_expired()
        booked(desk.site, what, "2026-11-30 08:00", NOA)

        answer = client.post(f"/antrag/{draft_id}/absenden", {"seen": seen}, follow=True)

    assert "Wir halten diese Zeit nicht mehr für Sie." in answer.content.decode()
    assert not Submission.objects.exists()


def test_a_time_lost_at_the_very_last_moment_undoes_the_submission(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.frozen(NOW):
        office()
        draft_id = begun(client)
        chooses(client, draft_id)
        names(client, draft_id)
        seen = way.seen_digest(client, draft_id)

        def gone(*_all: object, **_named: object) -> None:
            raise calendars.TimeGone

        monkeypatch.setattr(type(times.calendar()), "book", gone)
        client.post(f"/antrag/{draft_id}/absenden", {"seen": seen})

    assert not Submission.objects.exists()
    assert Draft.objects.get(pk=draft_id).sent_at is None


def test_writing_on_keeps_the_time_but_not_for_ever(client: Client) -> None:
    with clock.frozen(NOW):
        office()
        draft_id = begun(client)
        chooses(client, draft_id)
        until = Appointment.objects.get().held_until
    for hours, is_longer in ((1, True), (3, False)):
        with clock.frozen(NOW + timedelta(hours=hours)):
            way.post_page(client, draft_id, "wer", {"name": "", "email": ""})
        assert (Appointment.objects.get().held_until != until) == is_longer
        until = Appointment.objects.get().held_until


def test_a_discarded_draft_gives_its_time_back_and_a_sent_one_keeps_the_appointment(client: Client) -> None:
    with clock.frozen(NOW):
        desk, what = office()
        first, second = begun(client), begun(client)
        chooses(client, first)
        chooses(client, second)
        names(client, second)
        way.send(client, second)

        actions.discard(Draft.objects.get(pk=first))
        assert "08:00" in free(desk.site, what)
        Draft.objects.filter(pk=second).delete()

    assert Appointment.objects.get().state == State.BOOKED
    assert Cell.objects.count() == 6


def test_the_case_shows_the_appointment_as_it_stands_and_moving_works_as_ever(client: Client) -> None:
    with clock.frozen(NOW):
        desk, what = office()
        cast.signed_in(client, cast.robin())
        draft_id = begun(client)
        chooses(client, draft_id)
        names(client, draft_id)
        way.send(client, draft_id)
        visit = Appointment.objects.get()
        appointments.move(appointment=visit, choice=Choice([what], desk.site, local("2026-11-30 11:00")))

        number = Submission.objects.get().case.number
        staff = cast.signed_in(Client(), cast.kim()).get(f"/buero/vorgang/{number}").content.decode()
        person = client.get(f"/vorgang/{number}").content.decode()

    assert "11:00 Uhr, Bürgerbüro" in staff
    assert "11:00 Uhr, Bürgerbüro" in person
    assert reverse("appointments:appointment", args=[token_of(visit.pk)]) in person


def test_the_link_of_the_appointment_does_not_open_the_application(client: Client) -> None:
    with clock.frozen(NOW):
        office()
        draft_id = begun(client)
        chooses(client, draft_id)
        names(client, draft_id)
        way.send(client, draft_id)
        visit, stranger = Appointment.objects.get(), Client()
        token = token_of(visit.pk)

        stranger.post(reverse("appointments:conversation", args=[token]))
        stranger.post(reverse("appointments:write", args=[token]), {"text": "Hallo"})
        answer = stranger.get(f"/vorgang/{Submission.objects.get().case.number}")

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("cases:enter"))


def test_a_form_that_could_not_hold_a_time_is_not_published() -> None:
    office()
    scarce = occasion("Knapp", key="knapp", by_request=True)
    twice = {"type": "appointment", "key": "noch", "label": {"de": "Noch"}, "occasions": [scarce.key, "fehlt"], "purpose": "x"}
    signed = {"type": "signature", "key": "unterschrift", "label": {"de": "Unterschrift"}, "rule": "written"}

    def codes(*more: dict[str, Any]) -> list[str]:
        found = prove(parse(definition(*more)), occasions=times.occasions())
        return [one.code for one in found if one.severity == "error"]

    assert codes() == []
    assert codes(twice) == ["appointment_twice", "unknown_occasion", "unknown_occasion"]
    assert codes(signed) == ["appointment_and_signature"]
    group = {"type": "group", "key": "gruppe", "label": {"de": "Gruppe"}, "purpose": "x", "elements": [{**twice, "occasions": [KEY]}]}
    assert "appointment_in_group" in codes(group)


def test_an_occasion_gets_a_key_of_its_own_and_keeps_it() -> None:
    first, second = Occasion(title={"de": "Ausweis"}, minutes=10), Occasion(title={"de": "Ausweis"}, minutes=10)
    for one in (first, second):
        one.unit = cast.abfall()
        appointments.save_occasion(occasion=one, by=cast.alex())
    first.title = {"de": "Reisepass"}
    appointments.save_occasion(occasion=first, by=cast.alex())

    assert (first.key, second.key) == ("ausweis", "ausweis-2")


@pytest.mark.parametrize("value", ["", "x", "0@2026-11-30T07:00", "99999@2026-11-30T07:00", "1@2026-11-30T07:01", "1@1999-01-01T07:00"])
def test_a_word_that_names_no_free_time_holds_nothing(client: Client, value: str) -> None:
    with clock.frozen(NOW):
        office()
        draft = Draft.objects.get(pk=begun(client))

        assert times.calendar().hold(draft, [KEY], value, network="test") is None
        assert times.calendar().hold(draft, ["fehlt"], value, network="test") is None

    assert not Appointment.objects.exists()
