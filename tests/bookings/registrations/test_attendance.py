"""Attendance: one tick a person and date, for those with a place, never overwritten by a second list; it goes with the people."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from direktdraht.bookings.registrations import actions, attending, clearing, filling
from direktdraht.bookings.registrations.actions.offers import words_of
from direktdraht.bookings.registrations.errors import NotAllowed, NotedMeanwhile, NotThereYet, WrongState
from direktdraht.bookings.registrations.models import Attendance, Booking, Mode, Offer, Presence, Session
from direktdraht.bookings.registrations.personal_data import RegistrationData
from direktdraht.foundation import clock
from direktdraht.foundation.journal.models import Entry
from tests import cast
from tests.bookings.registrations import factories as make

pytestmark = pytest.mark.django_db
ON_THE_DAY = make.FIRST_SESSION - timedelta(minutes=10)
WEEK = timedelta(days=7)
PRESENT, EXCUSED, ABSENT = Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT


@pytest.fixture(autouse=True)
def second_factor_shown(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


def course(children: int = 2) -> tuple[Offer, Session, list[Booking]]:
    """A course of two dates that alex leads, with children of robin's; on its first day."""
    series, _free = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        starts = [make.FIRST_SESSION, make.FIRST_SESSION + WEEK]
        offer = make.offer(series, 4, leaders=[cast.alex()], sessions=[(one, one + timedelta(hours=3)) for one in starts])
        registration = make.sent(series, *[[offer] for _child in range(children)], account=cast.robin())
    session = offer.sessions.select_related("offer__series__unit").order_by("starts_at")[0]
    return offer, session, make.bookings(registration)


def noted(session: Session) -> dict[int, str]:
    """What is noted at a date, by participant."""
    return dict(Attendance.objects.filter(session=session).values_list("participant_id", "presence"))


def address(session: Session, ending: str = "") -> str:
    """The page of a date, or one of its actions."""
    return f"/buero/anmeldungen/{session.offer.series_id}/angebot/{session.offer.number}/anwesenheit/{session.pk}{ending}"


def test_a_tick_says_who_noted_it_and_when_and_is_taken_back() -> None:
    _offer, session, (ida, _tom) = course()
    with clock.frozen(ON_THE_DAY):
        assert actions.note_attendance(session=session, booking=ida.pk, presence=PRESENT, seen=None, by=cast.alex())
        tick = Attendance.objects.get()
        assert (tick.participant_id, tick.by, tick.at) == (ida.participant_id, cast.alex(), ON_THE_DAY)

        assert actions.note_attendance(session=session, booking=ida.pk, presence=None, seen=PRESENT, by=cast.kim())

    assert noted(session) == {}
    facts = [entry.facts for entry in Entry.objects.filter(kind="attendance.noted").order_by("pk")]
    assert [one["presence"] for one in facts] == ["present", ""]


def test_pressing_twice_at_once_notes_once() -> None:
    _offer, session, (ida, _tom) = course()
    with clock.frozen(ON_THE_DAY):
        assert actions.note_attendance(session=session, booking=ida.pk, presence=PRESENT, seen=None, by=cast.alex())
        assert not actions.note_attendance(session=session, booking=ida.pk, presence=PRESENT, seen=None, by=cast.kim())

    assert Attendance.objects.get().by == cast.alex()
    assert Entry.objects.filter(kind="attendance.noted").count() == 1


def test_a_second_list_never_overwrites_what_the_first_noted() -> None:
    _offer, session, (ida, tom) = course()
    with clock.frozen(ON_THE_DAY):
        actions.note_attendance(session=session, booking=ida.pk, presence=EXCUSED, seen=None, by=cast.alex())
        for wanted in (PRESENT, ABSENT):
            with pytest.raises(NotedMeanwhile):
                actions.note_attendance(session=session, booking=ida.pk, presence=wanted, seen=None, by=cast.kim())
        actions.note_attendance(session=session, booking=tom.pk, presence=ABSENT, seen=None, by=cast.kim())

    assert noted(session) == {ida.participant_id: "excused", tom.participant_id: "absent"}


def test_all_others_are_present_with_one_press_and_what_is_noted_stays() -> None:
    _offer, session, (ida, tom, eva) = course(3)
    with clock.frozen(ON_THE_DAY):
        actions.note_attendance(session=session, booking=tom.pk, presence=ABSENT, seen=None, by=cast.kim())
        assert actions.note_rest_present(session=session, bookings=[ida.pk, tom.pk], by=cast.alex()) == 1
        assert actions.note_rest_present(session=session, bookings=[ida.pk, tom.pk], by=cast.alex()) == 0

    assert noted(session) == {ida.participant_id: "present", tom.participant_id: "absent"}
    assert eva.participant_id not in noted(session)
    assert Entry.objects.filter(kind="attendance.noted").count() == 2


def test_only_people_with_a_place_are_noted() -> None:
    series, (offer,) = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        (first,), (second,), (third,) = (make.bookings(make.sent(series, [offer])) for _family in range(3))
        actions.cancel(booking=first)
        filling.fill(offer.pk)
    session = Session.objects.select_related("offer__series__unit").get(offer=offer)

    with clock.frozen(ON_THE_DAY):
        for one in (first, second, third):
            with pytest.raises(WrongState):
                actions.note_attendance(session=session, booking=one.pk, presence=PRESENT, seen=None, by=cast.kim())
        assert actions.note_rest_present(session=session, bookings=[first.pk, second.pk, third.pk], by=cast.kim()) == 0


def test_before_the_day_only_an_excuse_is_noted() -> None:
    _offer, session, (ida, tom) = course()
    with clock.frozen(make.FIRST_SESSION - timedelta(days=1)):
        with pytest.raises(NotThereYet):
            actions.note_attendance(session=session, booking=ida.pk, presence=PRESENT, seen=None, by=cast.alex())
        with pytest.raises(NotThereYet):
            actions.note_rest_present(session=session, bookings=[ida.pk, tom.pk], by=cast.alex())
        actions.note_attendance(session=session, booking=ida.pk, presence=EXCUSED, seen=None, by=cast.alex())

    assert noted(session) == {ida.participant_id: "excused"}


def test_strangers_note_nothing() -> None:
    _offer, session, (ida, _tom) = course()
    with clock.frozen(ON_THE_DAY):
        with pytest.raises(NotAllowed):
            actions.note_attendance(session=session, booking=ida.pk, presence=PRESENT, seen=None, by=cast.sascha())
        with pytest.raises(NotAllowed):
            actions.note_rest_present(session=session, bookings=[ida.pk], by=cast.sascha())
        facts = {"booking": ida.pk, "presence": "present", "seen": ""}
        assert cast.signed_in(Client(), cast.sascha()).post(address(session, "/notieren"), facts).status_code == 404

    assert noted(session) == {}


def test_a_date_with_ticks_stays_and_other_changes_keep_them() -> None:
    offer, session, (ida, _tom) = course()
    with clock.frozen(ON_THE_DAY):
        actions.note_attendance(session=session, booking=ida.pk, presence=PRESENT, seen=None, by=cast.alex())
    words = words_of(offer)
    first, second = words.sessions
    longer = (first[0], first[1] + timedelta(hours=1))

    def save(*sessions: tuple[Any, Any]) -> None:
        kept = {**{name: getattr(words, name) for name in words.__dataclass_fields__}, "sessions": sessions}
        actions.save_offer(series=offer.series, words=actions.OfferWords(**kept), by=cast.kim(), offer=offer)

    with pytest.raises(WrongState, match="Anwesenheit notiert"):
        save(second)
    save(longer, (second[0] + WEEK, second[1] + WEEK))

    assert noted(session) == {ida.participant_id: "present"}
    assert [one for one, _end in words_of(offer).sessions] == [first[0], second[0] + WEEK]
    session.refresh_from_db()
    assert session.ends_at == longer[1]


def test_ticks_go_with_the_people_and_the_family_takes_them_along() -> None:
    offer, session, (ida, _tom) = course()
    with clock.frozen(ON_THE_DAY):
        actions.note_attendance(session=session, booking=ida.pk, presence=PRESENT, seen=None, by=cast.alex())
    assert "anwesend (Alex Brandt)" in RegistrationData().export(cast.robin())[0]["Personen"][0]["Anwesenheit"][0]

    with clock.frozen(make.FIRST_SESSION + WEEK + timedelta(days=91)):
        assert clearing.forget_people() == 1

    assert not Attendance.objects.exists()
    assert attending.sheet_of(offer).bookings == []


def test_the_page_ticks_with_large_buttons_and_shows_who_was_faster(client: Client) -> None:
    _offer, session, (ida, tom) = course()
    with clock.frozen(ON_THE_DAY):
        alex = cast.signed_in(client, cast.alex())
        page = alex.get(address(session)).content.decode()
        assert page.count('aria-pressed="false"') == 6
        saved = alex.post(address(session, "/notieren"), {"booking": ida.pk, "presence": "absent", "seen": ""})
        assert saved.headers["Location"] == f"{address(session)}#platz-{ida.pk}"
        kim = cast.signed_in(Client(), cast.kim())
        late = kim.post(address(session, "/notieren"), {"booking": ida.pk, "presence": "present", "seen": ""})
        overtaken = kim.get(late.headers["Location"].partition("#")[0]).content.decode()
        kim.post(address(session, "/uebrige-anwesend"), {"bookings": f"{ida.pk},{tom.pk}"})
        after = kim.get(address(session)).content.decode()

    assert "Jemand hat inzwischen etwas notiert" in overtaken
    assert "notiert: Alex Brandt" in overtaken
    assert "1 anwesend · 1 gefehlt" in after
    assert "Alle Übrigen sind da" not in after


def test_before_the_day_the_page_offers_the_excuse_alone(client: Client) -> None:
    _offer, session, _children = course()
    with clock.frozen(make.FIRST_SESSION - timedelta(days=1)):
        page = cast.signed_in(client, cast.alex()).get(address(session)).content.decode()

    assert page.count('aria-pressed="false"') == 2
    assert "Alle Übrigen sind da" not in page


@pytest.mark.parametrize(
    "facts", [{}, {"booking": "9" * 30, "presence": "present"}, {"booking": "1", "presence": "tot"}, {"bookings": "1,x"}]
)
def test_a_broken_press_changes_nothing(client: Client, facts: dict[str, str]) -> None:
    _offer, session, _children = course()
    with clock.frozen(ON_THE_DAY):
        alex = cast.signed_in(client, cast.alex())
        for ending in ("/notieren", "/uebrige-anwesend"):
            assert alex.post(address(session, ending), facts).status_code in {302, 409}

    assert noted(session) == {}


def test_the_file_holds_every_date_and_leaves_a_trace(client: Client) -> None:
    offer, session, (ida, _tom) = course()
    with clock.frozen(ON_THE_DAY):
        actions.note_attendance(session=session, booking=ida.pk, presence=PRESENT, seen=None, by=cast.alex())
        file = cast.signed_in(client, cast.alex()).get(f"/buero/anmeldungen/{offer.series_id}/angebot/{offer.number}/anwesenheit.csv")
    head, first, second = file.content.decode("utf-8-sig").splitlines()

    assert head.split(";")[4:] == [
        "Mo., 20. Juli 2026, 09:00 Uhr",
        "notiert",
        "Mo., 27. Juli 2026, 09:00 Uhr",
        "notiert",
        "Wie oft anwesend",
    ]
    assert first.split(";")[4:] == ["anwesend", "Alex Brandt, Mo., 20. Juli 2026, 08:50 Uhr", "", "", "1"]
    assert second.split(";")[4:] == ["", "", "", "", "0"]
    assert Entry.objects.filter(kind="offer.exported").count() == 1
