"""Cases that run by themselves: nobody's task until the person writes, told by the house once, erased with their matter."""

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.cases import factories

from direktdraht.cases import actions, desk
from direktdraht.cases.access import working_units
from direktdraht.cases.actions import Telling
from direktdraht.cases.errors import WrongState
from direktdraht.cases.models import Case, Message, MessageKind, State
from direktdraht.foundation.journal import checking
from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.post.models import Mail
from direktdraht.portal.queries import workload

pytestmark = pytest.mark.django_db


def open_cases_of_kim() -> list[Case]:
    """What lies in the list of kim's unit."""
    return desk.page(cast.kim(), working_units(cast.kim()), desk.Wish(box=cast.abfall().key)).cases


def test_it_is_nobodys_task_until_the_person_writes_and_after_the_answer_again() -> None:
    case = factories.running_case()
    assert (case.state, case.promise_due, case.unread_by_staff) == (State.RUNNING, None, False)
    assert open_cases_of_kim() == []

    actions.write_message(case=case, text="Muss Ida einen Helm mitbringen?", person=factories.speaker(case))
    (waiting,) = open_cases_of_kim()
    assert (waiting.state, waiting.unread_by_staff, waiting.promise_due is not None) == (State.IN_PROGRESS, True, True)
    actions.answer(case=case, text="Nein, Helme sind da.", by=cast.kim())

    case.refresh_from_db()
    assert (case.state, case.promise_due) == (State.RUNNING, None)
    assert open_cases_of_kim() == []
    found = workload(cast.kim())
    assert found is not None
    assert [one.open for one in found.units] == [0]


def test_a_clerk_lets_it_run_on_without_an_answer_and_no_other_case() -> None:
    case, other = factories.running_case(), factories.bulky_case()
    actions.write_message(case=case, text="Danke.", person=factories.speaker(case))

    actions.let_run(case=case, by=cast.kim())
    actions.let_run(case=case, by=cast.kim())
    with pytest.raises(WrongState):
        actions.let_run(case=other, by=cast.kim())

    case.refresh_from_db()
    assert (case.state, case.promise_due, case.unread_by_staff) == (State.RUNNING, None, False)
    assert Entry.objects.filter(subject=case.subject, kind="case.state_set").count() == 1


def test_the_desk_shows_running_cases_where_one_looks_for_them(client: Client) -> None:
    case = factories.running_case()
    cast.signed_in(client, cast.kim())

    usual = client.get(reverse("cases:desk"), {"liste": cast.abfall().key}).content.decode()
    wished = client.get(reverse("cases:desk"), {"liste": cast.abfall().key, "zeige": "laufend"}).content.decode()
    searched = client.get(reverse("cases:desk"), {"suche": case.number}).content.decode()

    assert case.number not in usual
    assert case.number in wished
    assert case.number in searched


def test_the_house_tells_once_in_the_thread_and_sends_no_mail() -> None:
    case = factories.running_case()
    told = [Telling(case.pk, "Sie haben einen Platz.", "place:1"), Telling(case.pk, "Ich habe etwas geändert.", "change:1", of_person=True)]
    before = Mail.objects.count()

    assert len(actions.tell(told)) == 2
    assert actions.tell(told) == []

    place, change = Message.objects.filter(case=case).order_by("sent_at", "pk")[1:]
    assert (place.kind, place.unit, place.read_by_person_at) == (MessageKind.CITY, case.unit, None)
    assert (change.kind, change.author_name, change.read_by_staff_at is None) == (MessageKind.PERSON, "Robin Weber", False)
    assert Mail.objects.count() == before
    case.refresh_from_db()
    assert (case.state, case.unread_by_staff) == (State.RUNNING, False)
    kinds = Entry.objects.filter(subject=case.subject).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["case.opened", "case.message", "case.told", "case.changed"]


def test_telling_many_asks_the_database_as_often_as_telling_one(django_assert_num_queries: object) -> None:
    cases = [factories.running_case() for _one in range(5)]

    with django_assert_num_queries(5):  # type: ignore[operator]  # a fixture without a public type
        actions.tell([Telling(case.pk, "Die Plätze sind verlost.", f"drawn:{case.pk}") for case in cases])


def test_it_ends_with_its_matter_unless_somebody_waits_for_an_answer() -> None:
    case, asked = factories.running_case(), factories.running_case()
    actions.write_message(case=asked, text="Und nun?", person=factories.speaker(asked))

    for one in (case, asked):
        actions.run_out(case=one)
        one.refresh_from_db()

    assert (case.state, case.outcome, asked.state) == (State.CLOSED, "done", State.IN_PROGRESS)


def test_erasing_takes_every_word_and_the_journal_still_verifies() -> None:
    case = factories.running_case(account=cast.robin())
    actions.tell([Telling(case.pk, "Ida hat einen Platz.", "place:1")])

    assert actions.erase(case=case)

    case.refresh_from_db()
    assert (case.person_name, case.person_email, case.account) == ("", "", None)
    assert {(one.text, bytes(one.salt), one.author_name) for one in case.messages.all()} == {("", b"", "")}
    report = checking.verify_all()
    assert report.failures == []
    assert report.erased == 2


def test_a_case_that_must_be_answered_or_was_decided_is_not_erased() -> None:
    asked, decided = factories.running_case(), factories.running_case()
    actions.write_message(case=asked, text="Und nun?", person=factories.speaker(asked))
    factories.in_inbox(decided)
    actions.close(case=decided, outcome="done", reason="Fertig.", by=cast.kim())

    assert not actions.erase(case=asked)
    assert not actions.erase(case=decided)

    assert not Entry.objects.filter(kind="case.erased").exists()
