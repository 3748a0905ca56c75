"""A registration travels the one way: draft, review, receipt, case with thread; one number, one record, nothing said twice."""

import importlib
import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import translation

from direktdraht.bookings.registrations import actions, clearing, filling, notices, sealing
from direktdraht.bookings.registrations.actions.telling import say_rested_changes
from direktdraht.bookings.registrations.errors import NotOpen
from direktdraht.bookings.registrations.models import Booking, Mode, Registration
from direktdraht.bookings.registrations.personal_data import RegistrationData
from direktdraht.cases import actions as cases
from direktdraht.cases.access import Person
from direktdraht.cases.models import Case, Message, MessageFile, MessageKind, State
from direktdraht.cases.personal_data import CaseData
from direktdraht.foundation import clock
from direktdraht.foundation.journal import checking
from direktdraht.foundation.post.models import Mail
from direktdraht.submissions import jobs, replay
from direktdraht.submissions.actions import make_resume_code
from direktdraht.submissions.models import Draft, Submission
from tests import cast
from tests.bookings.registrations import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def second_factor_shown(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


def opened(client: Client, registration: Registration) -> Client:
    """The browser in which the registration is open, as its link opens it."""
    client.get(notices.link_to(registration).removeprefix("http://testserver").split("8000")[-1])
    return client


def press_send(client: Client, registration: Registration) -> Any:
    """Read the review page and press its button."""
    page = client.get(f"/anmeldung/{registration.pk}/pruefen").content.decode()
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert seen is not None
    return client.post(f"/antrag/{registration.pk}/absenden", {"seen": seen.group(1)})


def thread(registration: Registration) -> list[str]:
    """What stands in the thread, oldest first."""
    return list(Message.objects.filter(case__registration=registration).order_by("sent_at", "pk").values_list("text", flat=True))


def test_it_is_reviewed_sent_once_and_has_the_ordinary_receipt(client: Client) -> None:
    series, (offer,) = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [[offer]])
        opened(client, registration)
        first, second = press_send(client, registration), client.post(f"/antrag/{registration.pk}/absenden", {"seen": "0" * 64})
        receipt = client.get(first.headers["Location"]).content.decode()

    assert first.headers["Location"] == second.headers["Location"] == f"/antrag/{registration.pk}/eingegangen"
    submission = Submission.objects.select_related("case").get()
    registration.refresh_from_db()
    assert registration.number == submission.case.number
    assert (registration.case, registration.draft) == (submission.case, None)
    assert "Ihre Anmeldung ist eingegangen" in receipt
    assert submission.case.number in receipt
    assert "Der Platz ist sicher." in receipt
    assert notices.link_to(registration) in receipt
    assert make.states(registration) == ["confirmed"]


def test_what_changed_since_the_review_is_not_sent(client: Client) -> None:
    series, (offer, other) = make.published(Mode.FIRST, 1, 1)
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [[offer]])
        opened(client, registration)
        page = client.get(f"/anmeldung/{registration.pk}/pruefen").content.decode()
        seen = page.split('name="seen" value="')[1].split('"')[0]
        actions.add_wish(registration=registration, position=1, offer=other)
        answer = client.post(f"/antrag/{registration.pk}/absenden", {"seen": seen})
        again = client.get(answer.headers["Location"]).content.decode()

    assert answer.headers["Location"] == f"/anmeldung/{registration.pk}/pruefen?geaendert=1"
    assert "inzwischen geändert" in again
    assert not Booking.objects.exists()
    assert not Submission.objects.exists()


def test_who_is_registered_already_is_told_so_and_nothing_is_sent(client: Client) -> None:
    series, (offer,) = make.published(Mode.DRAW, 1)
    with clock.frozen(make.IN_PERIOD):
        child = make.sent(series, [offer]).participants.get()
        second = make.begun(series, [[offer]])
        actions.save_participant(registration=second, person=actions.Person(child.name, child.born_on), position=1)
        opened(client, second)
        answer = press_send(client, second)
        page = client.get(answer.headers["Location"]).content.decode()

    assert f"{child.name} ist in dieser Reihe schon angemeldet." in page
    assert Submission.objects.count() == Case.objects.count() == 1
    assert Draft.objects.get(pk=second.pk).sent_at is None


def test_the_record_renders_the_same_for_ever_and_holds_no_health_note() -> None:
    series, (offer,) = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [[offer], [offer]])
        child = registration.participants.get(position=1)
        note = actions.Person(child.name, child.born_on, health="Nussallergie")
        actions.save_participant(registration=registration, person=note, position=1)
        actions.send(registration=registration)
    submission = Submission.objects.get()
    offer.title, series.title = "Ganz anders", "Umbenannt"
    offer.save()
    series.save()

    assert replay.renders_the_same(submission)
    everything = f"{submission.answers} {submission.text} {thread(registration)}"
    assert "Nuss" not in everything
    assert "hinterlegt" in submission.text
    assert "1. Angebot 1" in submission.text
    assert checking.verify_all().ok


def test_the_receipts_mail_is_the_only_one_and_brings_places_link_and_dates() -> None:
    series, _free = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        offer = make.offer(series, 1)
        registration = make.sent(series, [offer])
        jobs.hand_out_receipt(submission_id=str(registration.pk))

    mail = Mail.objects.get()
    assert mail.to == registration.contact_email
    assert "wir haben Ihre Anmeldung bekommen." in mail.text
    assert "Der Platz ist sicher." in mail.text
    assert notices.link_to(registration) in mail.text
    assert registration.number is not None
    assert registration.number in mail.subject
    assert mail.attachment.count("BEGIN:VEVENT") == 1


def test_link_and_key_open_both_the_registration_and_the_case(client: Client) -> None:
    series, (offer,) = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [[offer]])
        key = Draft.objects.get(pk=registration.pk).case_key
        registration = actions.send(registration=registration)
        opened(client, registration)
        conversation = client.post(f"/anmeldung/{registration.pk}/gespraech")
        page = client.get(conversation.headers["Location"]).content.decode()
        by_key = Client()
        by_key.post("/vorgang", {"number": registration.number, "key": key})
        own = by_key.get(f"/anmeldung/{registration.pk}")

    assert conversation.headers["Location"] == f"/vorgang/{registration.number}"
    assert f'href="/anmeldung/{registration.pk}"' in page
    assert own.status_code == 200
    assert Client().post(f"/anmeldung/{registration.pk}/gespraech").status_code == 404


def test_results_are_said_once_in_the_thread_beside_the_mail() -> None:
    series, (offer,) = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        first, second = make.sent(series, [offer]), make.sent(series, [offer])
    with clock.frozen(make.IN_PERIOD + timedelta(minutes=1)):
        for _press in range(2):
            actions.cancel(booking=make.bookings(first)[0])
        filling.fill(offer.pk)
        filling.fill(offer.pk)
    with clock.frozen(make.IN_PERIOD + timedelta(hours=73)):
        filling.lapse_due()
        filling.lapse_due()

    assert [text.split("\n")[0] for text in thread(first)[1:]] == ["Wir haben Ihre Absage erhalten."]
    assert [text.split("\n")[0] for text in thread(second)[1:]] == [
        "Ein Platz ist frei geworden. Bitte sagen Sie bald, ob Sie ihn möchten.",
        "Die Frist ist abgelaufen. Der Platz geht an die nächste Person.",
    ]
    assert Mail.objects.count() == 3
    assert set(Case.objects.values_list("state", "unread_by_staff")) == {(State.RUNNING, False)}


def test_the_draw_is_told_in_every_thread_and_in_one_mail_each() -> None:
    series, (offer,) = make.published(Mode.DRAW, 1)
    with clock.frozen(make.IN_PERIOD):
        families = [make.sent(series, [offer]) for _family in range(3)]
    with clock.frozen(make.AFTER_PERIOD):
        actions.run_draw(series=series, by=cast.kim())
        for _press in range(2):
            actions.publish_draw(series=series, by=cast.kim())

    assert all(len(thread(one)) == 2 for one in families)
    assert all("Die Plätze sind verlost." in thread(one)[1] for one in families)
    assert Mail.objects.count() == 3


def test_changes_before_the_draw_are_one_message_with_what_holds_now() -> None:
    series, (climbing, circus) = make.published(Mode.DRAW, 1, 1)
    with clock.frozen(make.IN_PERIOD):
        registration = make.sent(series, [climbing], [climbing])
        actions.add_wish(registration=registration, position=1, offer=circus)
        actions.move_wish(registration=registration, position=1, offer=circus, up=True)
        actions.remove_participant(registration=registration, position=2)
        assert say_rested_changes() == 0
    with clock.frozen(make.IN_PERIOD + timedelta(minutes=10)):
        assert say_rested_changes() == 1
        assert say_rested_changes() == 0

    (_opening, change) = Message.objects.filter(case__registration=registration).order_by("sent_at")
    names = [one.name for one in registration.participants.all()]
    assert change.kind == MessageKind.PERSON
    assert "Wünsche: 1. Angebot 2, 2. Angebot 1" in change.text
    assert names[0] in change.text
    assert "Nimmt nicht mehr teil: Kind" in change.text
    assert "E-Mail" not in change.text
    case = Case.objects.get()
    assert (case.state, case.unread_by_staff) == (State.RUNNING, False)


def test_a_change_that_was_taken_back_is_no_message_and_the_draw_waits_for_no_rest() -> None:
    series, (climbing, circus) = make.published(Mode.DRAW, 1, 1)
    with clock.frozen(make.IN_PERIOD):
        back, changed = make.sent(series, [climbing]), make.sent(series, [climbing])
        for one in (back, changed):
            actions.add_wish(registration=one, position=1, offer=circus)
        actions.remove_wish(registration=back, position=1, offer=circus)
    with clock.frozen(make.AFTER_PERIOD):
        actions.run_draw(series=series, by=cast.kim())
        assert say_rested_changes() == 0

    assert (len(thread(back)), len(thread(changed))) == (1, 2)
    assert not Registration.objects.filter(unsaid__isnull=False).exists()


def test_staff_see_in_the_case_what_was_sent_how_it_stands_and_what_is_owed() -> None:
    series, _free = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        offer = make.offer(series, 1, price_cents=1500)
        registration = make.sent(series, [offer])
        cast.signed_in(kim := Client(), cast.kim())
        page = kim.get(f"/buero/vorgang/{registration.number}/antrag").content.decode()
        beside = kim.get(f"/buero/vorgang/{registration.number}").content.decode()

    assert "Stand der Anmeldung" in page
    assert "Klettern: Platz, noch zu bezahlen" in page
    assert "1. Klettern" in page
    assert "15,00" in beside


def test_the_own_area_lists_it_once_as_draft_and_once_as_matter(client: Client) -> None:
    series, (offer,) = make.published(Mode.FIRST, 1)
    cast.signed_in(client, cast.robin())
    with clock.frozen(make.IN_PERIOD):
        draft = make.begun(series, [[offer]], account=cast.robin())
        before = client.get("/mein-bereich").content.decode()
        going_on = client.get(f"/mein-bereich/entwurf/{draft.pk}")
        actions.send(registration=draft)
        after = client.get("/mein-bereich").content.decode()

    assert before.count("Ferienpass: weiter ausfüllen") == 1
    assert going_on.headers["Location"] == f"/anmeldung/{draft.pk}/pruefen"
    assert "weiter ausfüllen" not in after
    assert after.count("Anmeldung: Ferienpass") == 1
    assert f'href="/anmeldung/{draft.pk}"' in after


def test_a_resume_code_leads_to_the_step_on_which_something_is_missing(client: Client) -> None:
    series, (offer,) = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [[]])
        code = make_resume_code(Draft.objects.get(pk=registration.pk))
        answer = client.post("/antrag/fortsetzen", {"code": code})
        assert answer.headers["Location"] == f"/anmeldung/{registration.pk}/wuensche"
        actions.add_wish(registration=registration, position=1, offer=offer)
        discarded = client.post(f"/antrag/{registration.pk}/verwerfen")

    assert discarded.headers["Location"] == "/"
    assert not Registration.objects.exists()


def test_a_series_that_was_closed_or_drawn_takes_nothing_any_more() -> None:
    series, (offer,) = make.published(Mode.DRAW, 1)
    with clock.frozen(make.IN_PERIOD):
        late, sent = make.begun(series, [[offer]]), make.sent(series, [offer])
    with clock.frozen(make.AFTER_PERIOD):
        actions.run_draw(series=series, by=cast.kim())
    with clock.frozen(make.IN_PERIOD):  # a clock that lags behind on another node
        with pytest.raises(NotOpen):
            actions.send(registration=late)
        with pytest.raises(NotOpen):
            actions.add_wish(registration=sent, position=1, offer=offer)


def test_forgetting_reaches_the_record_and_the_case_once_nobody_waits_for_an_answer() -> None:
    series, _free = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        offer = make.offer(series, 2)
        registration = make.sent(series, [offer])
        jobs.hand_out_receipt(submission_id=str(registration.pk))
        case = Case.objects.get()
        cases.write_message(case=case, text="Wann geht es los?", person=Person(case.pk, "key"))
    with clock.frozen(make.FIRST_SESSION + timedelta(days=91)):
        assert clearing.forget_people() == 0
        cases.let_run(case=case, by=cast.kim())
        assert clearing.forget_people() == 1

    case.refresh_from_db()
    submission = Submission.objects.get()
    assert (case.state, case.person_name, submission.text, submission.answers) == (State.CLOSED, "", "", {})
    assert submission.receipt_pdf is None
    assert set(thread(registration)) == {""}
    assert checking.verify_all().ok
    assert replay.broken_among_newest() == []


def test_a_persons_data_are_exported_without_doubles_and_erased_as_a_whole() -> None:
    series, _free = make.published(Mode.FIRST, 1)
    robin = cast.robin()
    with clock.frozen(make.IN_PERIOD):
        offer = make.offer(series, 1)
        registration = make.sent(series, [offer], account=robin)
        make.begun(series, [[offer]], account=robin)
    (case,), registrations = CaseData().export(robin), RegistrationData().export(robin)

    assert sorted(one["Vorgang"] for one in registrations) == ["", registration.number]
    assert case["Vorgang"] == registration.number
    assert "2016" not in str(case)  # the children's data stand with the registration alone
    with clock.frozen(make.FIRST_SESSION + timedelta(days=2)):
        assert RegistrationData().erase(robin).gone == 2
        assert RegistrationData().erase(robin).gone == 0
    assert CaseData().find(robin) == 0
    assert Submission.objects.get().answers == {}
    assert not Draft.objects.filter(account=robin, sent_at=None).exists()


def test_the_language_of_the_page_is_that_of_record_mail_and_thread(client: Client) -> None:
    series, (offer,) = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD), translation.override("de"):  # a page read in English leaves the thread with it
        registration = make.begun(series, [[offer]])
        opened(client, registration)
        client.cookies["sprache"] = "en"
        press_send(client, registration)
        jobs.hand_out_receipt(submission_id=str(registration.pk))
    with clock.frozen(make.IN_PERIOD + timedelta(minutes=1)):
        actions.cancel(booking=make.bookings(registration)[0])
    registration.refresh_from_db()

    assert registration.language == "en"
    assert "Date of birth" in Submission.objects.get().text
    assert thread(registration)[0].startswith("I register: ")
    assert "Wir haben" not in thread(registration)[1]
    assert "Anmeldung" not in Mail.objects.earliest("created_at").text


def test_a_wrong_link_opens_neither() -> None:
    series, (offer,) = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        registration = make.sent(series, [offer])
    client = Client()
    wrong = sealing.link_token(str(registration.pk), b"x" * 32)

    assert client.get(f"/anmeldung/{registration.pk}/zugang/{wrong}").status_code == 404
    assert client.get(f"/antrag/{registration.pk}/eingegangen").status_code == 404
    assert client.get(f"/vorgang/{registration.number}").status_code == 302


def test_registrations_of_before_get_drafts_and_cases() -> None:
    migration = importlib.import_module("direktdraht.bookings.migrations.0004_registrations_as_cases")
    series, (offer,) = make.published(Mode.FIRST, 2)
    with clock.frozen(make.IN_PERIOD):
        begun, sent, forgotten = make.begun(series, [[offer]]), make.sent(series, [offer]), make.sent(series, [offer])
        Registration.objects.filter(pk=forgotten.pk).update(contact_email="")
        Registration.objects.update(draft=None, case=None, number=None)
        Registration.objects.filter(pk=sent.pk).update(number="A-26-10001-K")
        for table in (Submission, Draft, MessageFile, Message, Case):
            table.objects.all().delete()

        migration.give_drafts(apps, None)
        migration.give_cases(apps, None)

    for one in (begun, sent, forgotten):
        one.refresh_from_db()
    assert (begun.draft_id, begun.case, forgotten.case) == (begun.pk, None, None)
    assert sent.case is not None
    assert (sent.number, sent.case.title) == (sent.case.number, "Anmeldung: Ferienpass (A-26-10001-K)")
    with clock.frozen(make.IN_PERIOD):
        assert actions.send(registration=begun).case is not None
        actions.cancel(booking=make.bookings(sent)[0])
        page = cast.signed_in(Client(), cast.kim()).get(f"/buero/vorgang/{sent.number}/antrag").content.decode()
    assert thread(sent) == [f"Wir haben Ihre Absage erhalten.\n– {sent.participants.get().name}, Angebot 1: Der Platz ist abgesagt."]
    assert "Angebot 1: abgesagt" in page
