"""The same questions for every action of staff: works, redirects, foreign unit, read-only role, unknown id, wrong method, double click."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.cases import factories

from direktdraht.cases import actions
from direktdraht.cases.errors import NotAllowed, NotAMember, TokenTaken
from direktdraht.cases.models import Case, DecisionState, MessageKind, State
from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.post.models import Mail
from direktdraht.people import actions as people
from direktdraht.people.models import Account, Role, Unit

pytestmark = pytest.mark.django_db

# name -> what the form sends, journal kind, whether the address has a page too
POSTS: dict[str, tuple[dict[str, Any], str, bool]] = {
    "answer": ({"text": "Gern."}, "case.answered", False),
    "ask_back": ({"text": "Wann?"}, "case.asked", False),
    "note": ({"text": "Merken."}, "case.noted", False),
    "take": ({}, "case.assigned", False),
    "assign": ({"to": "kim"}, "case.assigned", True),
    "forward": ({"unit": "steueramt", "reason": "Falsch hier."}, "case.forwarded", True),
    "close": ({"outcome": "done", "reason": "Fertig."}, "case.closed", True),
    "set_in_progress": ({}, "case.state_set", False),
    "save_draft": ({"title": "Bescheid", "text": "Nein.", "remedy": "objection"}, "", False),
}
EVERY = pytest.mark.parametrize("name", list(POSTS))


def post(client: Client, case: Case | str, name: str, **extra: Any) -> Any:
    """Send what the form of the action sends."""
    values = {key: str(cast.kim().pk) if value == "kim" else value for key, value in POSTS[name][0].items()}
    cast.steueramt()
    number = case.number if isinstance(case, Case) else case
    return client.post(reverse(f"cases:{name}", args=[number]), {**values, **extra})


def overseer() -> Account:
    """Leads the unit above the waste unit: may read, not act."""
    above = Unit.objects.get_or_create(key="dezernat", defaults={"name": "Dezernat Umwelt"})[0]
    Unit.objects.filter(pk=cast.abfall().pk).update(parent=above)
    return cast.staff("dezernat@musterstadt.example", "Noa Winter", above, Role.LEAD)


@EVERY
def test_it_works_and_is_journaled(client: Client, name: str) -> None:
    case = factories.bulky_case()

    answer = post(cast.signed_in(client, cast.kim()), case, name)

    assert answer.status_code == 302
    kind = POSTS[name][1]
    if kind:
        assert Entry.objects.filter(subject=case.subject, kind=kind, by=str(cast.kim().pk)).exists()


@EVERY
def test_anonymous_people_are_sent_to_sign_in(client: Client, name: str) -> None:
    answer = post(client, factories.bulky_case(), name)

    assert answer.status_code == 302
    assert "anmelden" in answer["Location"] or "login" in answer["Location"]


@EVERY
def test_a_foreign_unit_finds_nothing(client: Client, name: str) -> None:
    case = factories.bulky_case()

    assert post(cast.signed_in(client, cast.sascha()), case, name).status_code == 404
    assert case.messages.count() == 1


@EVERY
def test_a_reader_may_not_act(client: Client, name: str) -> None:
    case = factories.bulky_case()
    reader = cast.signed_in(client, overseer())

    assert reader.get(reverse("cases:staff_case", args=[case.number])).status_code == 200
    assert post(reader, case, name).status_code == 403
    assert case.messages.count() == 1


@EVERY
def test_an_unknown_number_is_404(client: Client, name: str) -> None:
    assert post(cast.signed_in(client, cast.kim()), "26-99999-X", name).status_code == 404


@EVERY
def test_the_wrong_method_is_refused_or_a_page(client: Client, name: str) -> None:
    case = factories.bulky_case()

    answer = cast.signed_in(client, cast.kim()).get(reverse(f"cases:{name}", args=[case.number]))

    assert answer.status_code == (200 if POSTS[name][2] else 405)


@pytest.mark.parametrize("name", ["answer", "ask_back", "note", "forward", "close"])
def test_a_double_click_writes_once(client: Client, name: str) -> None:
    case = factories.bulky_case()
    token = str(uuid4())
    kim = cast.signed_in(client, cast.kim())

    first = post(kim, case, name, token=token)
    post(kim, case, name, token=token)

    assert first.status_code == 302
    assert case.messages.count() == 2
    assert Mail.objects.filter(template="cases/mail/news").count() == (0 if name == "note" else 1)


def test_a_token_of_another_case_is_refused() -> None:
    token = uuid4()
    actions.add_note(case=factories.bulky_case(), text="Eins.", by=cast.kim(), token=token)

    with pytest.raises(TokenTaken):
        actions.add_note(case=factories.bulky_case(), text="Zwei.", by=cast.kim(), token=token)


@pytest.mark.parametrize("name", ["answer", "ask_back", "note"])
def test_an_empty_message_comes_back_with_a_sentence(client: Client, name: str) -> None:
    case = factories.bulky_case()

    answer = post(cast.signed_in(client, cast.kim()), case, name, text="   ")

    assert answer.status_code == 422
    assert case.messages.count() == 1


def test_a_text_of_ten_thousand_lines_is_refused(client: Client) -> None:
    case = factories.bulky_case()

    assert post(cast.signed_in(client, cast.kim()), case, "answer", text="x" * 20_001).status_code == 422


def test_staff_may_send_files(client: Client) -> None:
    case = factories.bulky_case()

    post(cast.signed_in(client, cast.kim()), case, "answer", uploads=SimpleUploadedFile("plan.txt", b"Tour 4"))

    assert case.messages.get(kind=MessageKind.CITY).files.get().document.name == "plan.txt"


def test_the_notice_tells_nothing_of_the_content() -> None:
    case = factories.bulky_case()

    actions.answer(case=case, text="Geheime Einzelheiten.", by=cast.kim())

    mail = Mail.objects.get(template="cases/mail/news")
    assert case.number in mail.subject
    assert "Geheime" not in mail.text
    assert case.title not in mail.text


def test_the_notice_speaks_the_persons_language() -> None:
    case = factories.bulky_case()
    case.language = "en"
    case.save()

    actions.answer(case=case, text="Fine.", by=cast.kim())

    assert "There is news" in Mail.objects.get().text or "there is news" in Mail.objects.get().text


def test_only_members_of_the_unit_can_be_assigned() -> None:
    with pytest.raises(NotAMember):
        actions.assign(case=factories.bulky_case(), to=cast.sascha(), by=cast.kim())


def test_the_actions_check_for_themselves() -> None:
    case = factories.bulky_case()
    other = factories.bulky_case()

    for act in (
        lambda: actions.answer(case=case, text="Hallo.", by=cast.sascha()),
        lambda: actions.take(case=case, by=cast.jo()),
        lambda: actions.close(case=case, outcome="done", reason="x", by=cast.robin()),
        lambda: actions.record_look(case=case, by=cast.sascha()),
        lambda: actions.write_message(case=case, text="Hallo.", person=factories.speaker(other)),
        lambda: actions.consent(case=case, person=factories.speaker(other)),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_closed_case_is_opened_again_by_staff(client: Client) -> None:
    case = factories.closed()

    cast.signed_in(client, cast.kim()).post(reverse("cases:reopen", args=[case.number]))

    case.refresh_from_db()
    assert case.state == State.IN_PROGRESS
    assert not case.outcome


def test_a_refused_doing_is_told_as_a_page(client: Client) -> None:
    answer = cast.signed_in(client, cast.kim()).post(reverse("cases:take", args=[factories.closed().number]))

    assert answer.status_code == 409
    assert "abgeschlossen" in answer.content.decode()


def test_the_way_of_a_decision_over_the_pages(client: Client) -> None:
    people.set_four_eyes(unit=cast.abfall(), on=True)
    case = factories.bulky_case()
    actions.consent(case=case, person=factories.speaker(case))
    kim, alex = cast.signed_in(Client(), cast.kim()), cast.signed_in(Client(), cast.alex())

    post(kim, case, "save_draft")
    page = reverse("cases:staff_decision", args=[case.number])
    assert "Freigeben kann eine andere Person" in kim.get(page).content.decode()
    assert kim.post(reverse("cases:release", args=[case.number, 1])).status_code == 403
    alex.post(reverse("cases:release", args=[case.number, 1]))
    assert "Zum Abruf bereitstellen" in kim.get(page).content.decode()
    kim.post(reverse("cases:dispatch_by_inbox", args=[case.number, 1]))

    assert case.decisions.get().state == DecisionState.DISPATCHED
    assert kim.post(reverse("cases:dispatch_by_inbox", args=[case.number, 1])).status_code == 409
    assert kim.post(reverse("cases:dispatch_by_inbox", args=[case.number, 7])).status_code == 404


def test_the_day_of_posting_is_checked_on_the_page(client: Client) -> None:
    case = factories.bulky_case()
    decision = factories.released(case)
    address = reverse("cases:dispatch_by_print", args=[case.number, decision.version])
    kim = cast.signed_in(client, cast.kim())

    wrong = kim.post(address, {"posted_on": "2099-01-01"})

    assert wrong.status_code == 422
    assert "Tag der Aufgabe" in wrong.content.decode()
