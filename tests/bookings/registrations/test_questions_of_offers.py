"""An offer asks questions of its own: only those who wish for it, before the wish, and the answers go where the wish goes."""

from typing import Any

import pytest
from django.test import Client

from direktdraht.bookings.registrations import actions, clearing, notices
from direktdraht.bookings.registrations.actions.offers import words_of
from direktdraht.bookings.registrations.actions.telling import say_changes
from direktdraht.bookings.registrations.errors import NotReady
from direktdraht.bookings.registrations.kind import definition_digest
from direktdraht.bookings.registrations.models import Mode, Offer, OfferWish, Registration, Series
from direktdraht.bookings.registrations.party import party_of
from direktdraht.bookings.registrations.personal_data import RegistrationData
from direktdraht.cases.models import Message
from direktdraht.foundation import clock
from direktdraht.submissions import replay
from direktdraht.submissions.models import Submission
from tests import cast
from tests.bookings.registrations import factories as make

pytestmark = pytest.mark.django_db
SWIMS = {"type": "yesno", "key": "question_1", "label": {"de": "Kann Ihr Kind schwimmen?"}, "required": True, "purpose": "Aufsicht"}
SIZE = {
    **{"type": "choice", "key": "question_1", "label": {"de": "Größe"}, "required": True, "purpose": "Hemden"},
    "options": [{"value": "o1", "label": {"de": "S"}}, {"value": "o2", "label": {"de": "M"}}],
}
YES = {"question_1": True}


@pytest.fixture(autouse=True)
def second_factor_shown(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


def swimming_and_climbing(mode: Mode = Mode.FIRST, **changes: Any) -> tuple[Series, Offer, Offer]:
    """A series with an offer that asks and one that does not."""
    series, (climbing,) = make.published(mode, 3, **changes)
    with clock.frozen(make.OPENS):
        return series, make.offer(series, 3, "Schwimmen", questions=[SWIMS], leaders=[cast.alex()]), climbing


def wish(registration: Registration, offer: Offer, answers: dict[str, Any] | None = None) -> None:
    """The first child wishes for an offer."""
    actions.add_wish(registration=registration, position=1, offer=offer, answers=answers)


def opened(client: Client, registration: Registration) -> Client:
    """The browser in which the registration is open."""
    client.get(notices.link_to(registration).split("8000")[-1])
    return client


def kept(offer: Offer) -> list[dict[str, Any]]:
    """The answers that stand with the wishes for an offer."""
    return list(OfferWish.objects.filter(offer=offer).order_by("pk").values_list("answers", flat=True))


def test_pressing_the_wish_asks_first_and_the_answers_make_the_wish(client: Client) -> None:
    series, swimming, _climbing = swimming_and_climbing()
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [[]])
        base = f"/anmeldung/{registration.pk}/wuensche/1"
        browser = opened(client, registration)
        asked = browser.post(f"{base}/hinzufuegen", {"offer": swimming.pk})
        page = browser.get(asked.headers["Location"]).content.decode()
        before = kept(swimming)
        answered = browser.post(asked.headers["Location"], {"question_1": "true", "_shown": "question_1"})

    assert "Kann Ihr Kind schwimmen?" in page
    assert before == []
    assert answered.headers["Location"] == f"/anmeldung/{registration.pk}/wuensche"
    assert kept(swimming) == [YES]


def test_who_does_not_answer_is_told_so_and_has_no_wish(client: Client) -> None:
    series, swimming, _climbing = swimming_and_climbing()
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [[]])
        address = f"/anmeldung/{registration.pk}/wuensche/1/{swimming.pk}/fragen"
        answer = opened(client, registration).post(address, {"_shown": "question_1"})

    assert answer.status_code == 422
    assert kept(swimming) == []


def test_an_offer_without_questions_asks_nobody(client: Client) -> None:
    series, _swimming, climbing = swimming_and_climbing()
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [[]])
        browser = opened(client, registration)
        answer = browser.post(f"/anmeldung/{registration.pk}/wuensche/1/hinzufuegen", {"offer": climbing.pk})
        page = browser.get(f"/anmeldung/{registration.pk}/wuensche/1/{climbing.pk}/fragen")

    assert answer.headers["Location"] == f"/anmeldung/{registration.pk}/wuensche"
    assert page.status_code == 404
    assert kept(climbing) == [{}]


def test_no_wish_is_kept_without_its_answers_whoever_adds_it() -> None:
    series, swimming, _climbing = swimming_and_climbing()
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [[]])
        with pytest.raises(NotReady, match="Schwimmen"):
            wish(registration, swimming)

    assert not OfferWish.objects.exists()


def test_what_was_not_asked_is_not_stored() -> None:
    series, swimming, _climbing = swimming_and_climbing()
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [[]])
        wish(registration, swimming, {**YES, "question_7": "geheim"})

    assert kept(swimming) == [YES]


def test_a_wish_taken_away_takes_its_answers_with_it_and_they_are_asked_anew() -> None:
    series, swimming, climbing = swimming_and_climbing()
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [[climbing]])
        wish(registration, swimming, YES)
        actions.remove_wish(registration=registration, position=1, offer=swimming)
        with pytest.raises(NotReady):
            wish(registration, swimming)
        actions.send(registration=registration)

    assert kept(swimming) == []
    assert "schwimmen" not in Submission.objects.get().text


def test_answers_can_be_changed_and_the_wish_keeps_its_rank() -> None:
    series, swimming, climbing = swimming_and_climbing()
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [[]])
        wish(registration, swimming, YES)
        wish(registration, climbing)
        wish(registration, swimming, {"question_1": False})
        wish(registration, swimming)

    ranks = list(OfferWish.objects.order_by("rank").values_list("offer__title", "rank", "answers"))
    assert ranks == [("Schwimmen", 1, {"question_1": False}), ("Angebot 1", 2, {})]


def test_questions_of_series_and_offer_are_kept_apart_even_under_the_same_key() -> None:
    series, swimming, _climbing = swimming_and_climbing(questions=[SIZE])
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [[]])
        child = registration.participants.get()
        person = actions.Person(child.name, child.born_on, answers={"question_1": "o2"})
        actions.save_participant(registration=registration, person=person, position=1)
        wish(registration, swimming, YES)
        actions.send(registration=registration)
    submission = Submission.objects.get()

    assert submission.answers["persons"][0]["answers"] == [["Größe", "M"], ["Schwimmen: Kann Ihr Kind schwimmen?", "Ja"]]
    assert "Schwimmen: Kann Ihr Kind schwimmen?:\n    Ja" in submission.text
    assert replay.renders_the_same(submission)


def test_a_question_that_came_after_the_wish_is_asked_before_sending(client: Client) -> None:
    series, _swimming, climbing = swimming_and_climbing()
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [[climbing]])
        words = words_of(climbing)
        actions.save_offer(series=series, words=actions.OfferWords(**{**vars(words), "questions": [SIZE]}), by=cast.kim(), offer=climbing)
        with pytest.raises(NotReady, match="Angebot 1"):
            actions.send(registration=registration)
        review = opened(client, registration).get(f"/anmeldung/{registration.pk}/pruefen").content.decode()
        climbing.refresh_from_db()
        wish(registration, climbing, {"question_1": "o1"})
        actions.send(registration=registration)

    assert "die Fragen zu „Angebot 1“" in review
    assert Submission.objects.get().answers["persons"][0]["answers"] == [["Angebot 1: Größe", "S"]]


def test_the_record_names_what_the_wished_offers_asked() -> None:
    series, swimming, climbing = swimming_and_climbing()
    with clock.frozen(make.IN_PERIOD):
        plain, asking = make.begun(series, [[climbing]]), make.begun(series, [[climbing]])
        wish(asking, swimming, YES)

    assert definition_digest(series, party_of(plain)) != definition_digest(series, party_of(asking))


def test_a_changed_answer_is_said_in_the_thread() -> None:
    series, swimming, _climbing = swimming_and_climbing(Mode.DRAW)
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [[]])
        wish(registration, swimming, YES)
        sent = actions.send(registration=registration)
        wish(sent, swimming, {"question_1": False})
        say_changes(series)

    assert Message.objects.filter(text__contains="Schwimmen: Kann Ihr Kind schwimmen?: Nein").count() == 1


def test_staff_and_leaders_read_the_answers_in_lists_and_files(client: Client) -> None:
    series, swimming, _climbing = swimming_and_climbing()
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [[]])
        wish(registration, swimming, YES)
        actions.send(registration=registration)
    address = f"/buero/anmeldungen/{series.pk}/angebot/{swimming.number}"
    staff, leader = cast.signed_in(client, cast.kim()), cast.signed_in(Client(), cast.alex())

    places = staff.get(f"{address}.csv").content.decode("utf-8-sig").splitlines()
    attendance = leader.get(f"{address}/anwesenheit.csv").content.decode("utf-8-sig").splitlines()

    assert (places[0].split(";")[-1], places[1].split(";")[-1]) == ("Kann Ihr Kind schwimmen?", "Ja")
    assert (attendance[0].split(";")[-1], attendance[1].split(";")[-1]) == ("Kann Ihr Kind schwimmen?", "Ja")
    assert "Kann Ihr Kind schwimmen? Ja" in leader.get(f"{address}/anwesenheit").content.decode()


def test_who_was_moved_there_by_hand_has_an_empty_answer(client: Client) -> None:
    series, swimming, climbing = swimming_and_climbing()
    with clock.frozen(make.IN_PERIOD):
        registration = make.sent(series, [climbing])
        (booking,) = make.bookings(registration)
        actions.move_by_hand(booking=booking, to=swimming, reason="Wunsch der Familie", by=cast.kim())
    file = cast.signed_in(client, cast.kim()).get(f"/buero/anmeldungen/{series.pk}/angebot/{swimming.number}.csv")

    assert file.content.decode("utf-8-sig").splitlines()[1].split(";")[-1] == ""


def test_the_answers_are_exported_and_erased_with_the_person() -> None:
    series, swimming, _climbing = swimming_and_climbing()
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [[]], account=cast.robin())
        wish(registration, swimming, YES)
        sent = actions.send(registration=registration)
    exported = RegistrationData().export(cast.robin())[0]["Personen"][0]["Antworten"]
    clearing.forget(sent)

    assert exported == ["Schwimmen: Kann Ihr Kind schwimmen? Ja"]
    assert kept(swimming) == [{}]


def test_staff_type_the_questions_in_the_form_of_the_offer_and_a_copy_keeps_them(client: Client) -> None:
    series, _swimming, climbing = swimming_and_climbing()
    staff = cast.signed_in(client, cast.kim())
    form = staff.get(f"/buero/anmeldungen/{series.pk}/angebot/{climbing.number}/bearbeiten").context["form"]
    given = {name: "" if value is None else value for name, value in form.initial.items()}
    given["questions"] = "Größe | S, M\nHinweis | text | freiwillig"
    staff.post(f"/buero/anmeldungen/{series.pk}/angebot/{climbing.number}/bearbeiten", given)
    copy = actions.copy_series(series=series, key="naechstes-jahr", title="Nächstes Jahr", by=cast.kim())

    climbing.refresh_from_db()
    assert [one["label"]["de"] for one in climbing.questions] == ["Größe", "Hinweis"]
    assert [offer.questions for offer in copy.offers.order_by("number")] == [climbing.questions, [SWIMS]]


def test_a_line_that_is_no_question_is_named_at_its_field(client: Client) -> None:
    series, _swimming, climbing = swimming_and_climbing()
    staff = cast.signed_in(client, cast.kim())
    address = f"/buero/anmeldungen/{series.pk}/angebot/{climbing.number}/bearbeiten"
    answer = staff.post(address, {"title": "Klettern", "places": "3", "price": "0", "questions": "Größe"})

    assert answer.status_code == 422
    assert "„Größe“ lässt sich nicht lesen." in answer.content.decode()
