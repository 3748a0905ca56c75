"""Reminders: once for each place and date, only for places, without names; and once before an offered place lapses."""

from datetime import datetime, timedelta

import pytest

from direktdraht.bookings.jobs import remind
from direktdraht.bookings.registrations import actions, filling, reminders
from direktdraht.bookings.registrations.actions.offers import words_of
from direktdraht.bookings.registrations.health import reminder_problems
from direktdraht.bookings.registrations.models import Mode, Offer, Registration, Series
from direktdraht.foundation import clock
from direktdraht.foundation.checks import Level
from direktdraht.foundation.post.models import Mail
from tests import cast
from tests.bookings.registrations import factories as make

pytestmark = pytest.mark.django_db
DUE = make.FIRST_SESSION - timedelta(days=2)
DAY = timedelta(days=1)


def reminded(*, key: str = "reminder:") -> list[Mail]:
    """The reminders that were queued."""
    return list(Mail.objects.filter(key__startswith=key).order_by("key"))


def run_at(at: datetime) -> int:
    """The job, run at an instant."""
    with clock.frozen(at):
        return int(remind(0))


def family(places: int = 3, children: int = 2, **changes: object) -> tuple[Series, Offer, Registration]:
    """A family with places."""
    series, (offer,) = make.published(Mode.FIRST, places, **changes)
    with clock.frozen(make.IN_PERIOD):
        return series, offer, make.sent(series, *[[offer] for _child in range(children)])


def move_date(offer: Offer, to: datetime) -> None:
    """The only date of the offer, moved."""
    words = words_of(offer)
    kept = {**{name: getattr(words, name) for name in words.__dataclass_fields__}, "sessions": [(to, to + timedelta(hours=3))]}
    actions.save_offer(series=offer.series, words=actions.OfferWords(**kept), by=cast.kim(), offer=offer)


def test_a_party_is_reminded_once_two_days_before_without_names() -> None:
    _series, _offer, registration = family()

    assert run_at(DUE - timedelta(seconds=1)) == 0
    assert run_at(DUE) == 1
    assert run_at(DUE + timedelta(minutes=15)) == 0

    (mail,) = reminded()
    assert mail.to == registration.contact_email
    assert "Angebot 1: Mo., 20. Juli 2026, 09:00 Uhr" in mail.text
    assert "DTSTART:20260720T070000Z" in mail.attachment
    assert "Kind" not in mail.text + mail.subject + mail.attachment


def test_who_waits_or_gave_the_place_up_is_not_reminded() -> None:
    series, offer, gone = family(1, 1)
    with clock.frozen(make.IN_PERIOD):
        waiting = make.sent(series, [offer])
        assert make.states(waiting) == ["waiting"]
        actions.cancel(booking=make.bookings(gone)[0])

    assert run_at(DUE) == 0
    assert reminded() == []


def test_a_moved_date_is_said_again_and_the_same_is_not() -> None:
    _series, offer, _registration = family()
    run_at(DUE)
    with clock.frozen(DUE + timedelta(hours=1)):
        move_date(offer, make.FIRST_SESSION + DAY)

    assert run_at(DUE + timedelta(hours=2)) == 0
    assert run_at(DUE + DAY) == 1
    assert run_at(DUE + DAY + timedelta(hours=1)) == 0
    assert "Di., 21. Juli 2026" in reminded()[1].text


def test_the_series_sets_the_days_and_an_empty_field_switches_off() -> None:
    family(remind_days=7)
    family(remind_days=None)

    assert run_at(make.FIRST_SESSION - timedelta(days=7)) == 1
    assert run_at(DUE) == 0


def test_an_offer_that_is_called_off_or_over_reminds_nobody() -> None:
    _series, offer, _registration = family()
    with clock.frozen(DUE - DAY):
        actions.call_off(offer=offer, reason="Sturm", by=cast.kim())
    family()

    assert run_at(make.FIRST_SESSION) == 0


def test_who_got_the_place_just_now_has_its_dates_already() -> None:
    series, (offer,) = make.published(Mode.FIRST, 1, closes_at=make.FIRST_SESSION)
    with clock.frozen(DUE + timedelta(hours=3)):
        make.sent(series, [offer])

    assert run_at(DUE + timedelta(hours=4)) == 0
    assert run_at(DUE + timedelta(hours=5)) == 0


def offered() -> Registration:
    """A family to which a place was offered at the beginning, for 72 hours."""
    series, (offer,) = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        first, second = make.sent(series, [offer]), make.sent(series, [offer])
        actions.cancel(booking=make.bookings(first)[0])
        filling.fill(offer.pk)
    return second


def test_an_offered_place_is_said_again_once_a_day_before_it_lapses() -> None:
    offered()
    until = make.IN_PERIOD + timedelta(hours=72)

    assert run_at(until - DAY - timedelta(seconds=1)) == 0
    assert run_at(until - DAY) == 1
    assert run_at(until - timedelta(hours=1)) == 0

    (mail,) = reminded(key="lapsing:")
    assert "Angebot 1: Do., 7. Mai 2026, 12:00 Uhr" in mail.text
    assert "Kind" not in mail.text + mail.subject


def test_who_has_answered_is_left_alone() -> None:
    second = offered()
    with clock.frozen(make.IN_PERIOD + timedelta(hours=1)):
        actions.accept(booking=make.bookings(second)[0])

    assert run_at(make.IN_PERIOD + timedelta(hours=60)) == 0


def test_a_place_offered_for_a_day_is_not_said_twice() -> None:
    series, (offer,) = make.published(Mode.FIRST, 1, answer_hours=24)
    with clock.frozen(make.IN_PERIOD):
        first, _second = make.sent(series, [offer]), make.sent(series, [offer])
        actions.cancel(booking=make.bookings(first)[0])
        filling.fill(offer.pk)

    assert run_at(make.IN_PERIOD + timedelta(hours=1)) == 0


def test_the_doctor_warns_when_reminders_are_overdue() -> None:
    family()
    offered()
    with clock.frozen(make.IN_PERIOD + timedelta(hours=51)):
        assert [found.level for found in reminder_problems()] == [Level.WARNING]
        reminders.remind_of_lapses()
        assert list(reminder_problems()) == []
    with clock.frozen(DUE + timedelta(hours=1)):
        assert list(reminder_problems()) == []
    with clock.frozen(DUE + timedelta(hours=3)):
        assert [found.level for found in reminder_problems()] == [Level.WARNING]
        reminders.remind_of_dates()
        assert list(reminder_problems()) == []
