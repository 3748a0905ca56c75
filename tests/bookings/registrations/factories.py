"""Series, offers and families in the field's words; each call makes a new one."""

import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from direktdraht.bookings.registrations import actions
from direktdraht.bookings.registrations.actions import Contact, Group, Guarding, OfferWords, Person, SeriesWords
from direktdraht.bookings.registrations.models import Booking, Mode, Offer, Registration, Series
from direktdraht.bookings.registrations.refunds import Rule
from direktdraht.foundation import clock
from direktdraht.people.models import Account
from tests import cast

COUNTER = itertools.count(1)
OPENS = datetime(2026, 5, 1, 8, tzinfo=UTC)
CLOSES = datetime(2026, 5, 15, 16, tzinfo=UTC)
IN_PERIOD = datetime(2026, 5, 4, 10, tzinfo=UTC)
AFTER_PERIOD = datetime(2026, 5, 16, 10, tzinfo=UTC)
FIRST_SESSION = datetime(2026, 7, 20, 7, tzinfo=UTC)


def series_words(mode: Mode = Mode.FIRST, **changes: Any) -> SeriesWords:
    """A holiday pass with registration in the first half of May."""
    known: dict[str, Any] = {
        "title": "Ferienpass",
        "mode": mode,
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "rules": [Rule(14, 100), Rule(3, 50)],
        "groups": [Group("Familienpass", 50, "Bitte zeigen Sie den Pass.")],
        "revenue_account": "442100",
    }
    return SeriesWords(**{**known, **changes})


def draft_series(mode: Mode = Mode.FIRST, **changes: Any) -> Series:
    """A series that nobody sees yet."""
    return actions.create_series(key=f"reihe-{next(COUNTER)}", unit=cast.abfall(), words=series_words(mode, **changes), by=cast.kim())


def offer(series: Series, places: int = 3, title: str = "Klettern", **changes: Any) -> Offer:
    """An offer on a day in July."""
    sessions = [(FIRST_SESSION, FIRST_SESSION + timedelta(hours=3))]
    words = OfferWords(**{"title": title, "places": places, "sessions": sessions, **changes})
    return actions.save_offer(series=series, words=words, by=cast.kim())


def published(mode: Mode = Mode.FIRST, *places: int, **changes: Any) -> tuple[Series, list[Offer]]:
    """A published series with offers of so many places."""
    with clock.frozen(OPENS - timedelta(days=1)):
        series = draft_series(mode, **changes)
        offers = [offer(series, count, f"Angebot {number}") for number, count in enumerate(places or (3,), start=1)]
        return actions.publish_series(series=series, by=cast.kim()), offers


def begun(
    series: Series, wishes: Sequence[Sequence[Offer]], *, together: bool = False, account: Account | None = None, group: bool = False
) -> Registration:
    """A registration of as many children as there are lists of wishes, not sent yet."""
    family = next(COUNTER)
    registration = actions.begin(series=series, account=account, language="de")
    actions.save_contact(
        registration=registration,
        contact=Contact("Robin Weber", f"familie{family}@example.org", "0441 1234"),
        guarding=Guarding(consents=True, emergency_name="Kim Weber", emergency_phone="0441 5678", pickup="Oma Weber"),
    )
    entitlement = series.entitlements.first() if group else None
    for child, offers in enumerate(wishes, start=1):
        person = Person(f"Kind {family}-{child}", date(2016, 3, child), entitlement=entitlement, health="")
        participant = actions.save_participant(registration=registration, person=person)
        for wished in offers:
            actions.add_wish(registration=registration, position=participant.position, offer=wished)
    actions.set_all_or_none(registration=registration, together=together)
    return registration


def sent(
    series: Series, *wishes: Sequence[Offer], together: bool = False, account: Account | None = None, group: bool = False
) -> Registration:
    """A registration that was sent."""
    return actions.send(registration=begun(series, wishes, together=together, account=account, group=group))


def bookings(registration: Registration) -> list[Booking]:
    """All bookings of a registration, first child first."""
    rows = Booking.objects.filter(participant__registration=registration).select_related("participant", "offer")
    return list(rows.order_by("participant__position", "pk"))


def states(registration: Registration) -> list[str]:
    """Their states."""
    return [one.state for one in bookings(registration)]
