"""Where a place stands, and why, in words."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from direktdraht.bookings.registrations.models import Booking, BookingState, Draw, Offer, OfferWish, Participant
from direktdraht.foundation import clock
from direktdraht.foundation.web.dates import day_words, moment_words

TAGS = {
    BookingState.WAITING: "info",
    BookingState.OFFERED: "warning",
    BookingState.UNPAID: "warning",
    BookingState.CONFIRMED: "success",
    BookingState.LAPSED: "neutral",
    BookingState.DECLINED: "neutral",
    BookingState.CANCELLED: "neutral",
    BookingState.ENDED: "neutral",
}


def state_sentence(booking: Booking) -> str:
    """Where a place stands, as one says it to the person."""
    until = moment_words(booking.until) if booking.until else ""
    sentences = {
        BookingState.WAITING: _("Sie stehen auf der Warteliste."),
        BookingState.OFFERED: _("Ein Platz ist frei. Bitte antworten Sie bis %(until)s.") % {"until": until},
        BookingState.UNPAID: payment_sentence(booking),
        BookingState.CONFIRMED: _("Der Platz ist sicher."),
        BookingState.LAPSED: _("Die Frist ist abgelaufen. Der Platz ist vergeben."),
        BookingState.DECLINED: _("Sie wollten den Platz nicht."),
        BookingState.CANCELLED: _("Der Platz ist abgesagt."),
        BookingState.ENDED: _("Das ist beendet."),
    }
    return str(sentences[BookingState(booking.state)])


def payment_sentence(booking: Booking) -> str:
    """What is to be paid for a place, by when, and under which reference."""
    if booking.order is None:
        return _("Sie haben einen Platz. Bitte bezahlen Sie ihn noch.")
    facts = {"day": day_words(booking.order.due_on), "reference": booking.order.reference}
    return _("Sie haben einen Platz. Bitte bezahlen Sie bis %(day)s. Kassenzeichen: %(reference)s.") % facts


def draw_reason(participant: Participant, draw: Draw, wishes: list[OfferWish]) -> str:
    """Why the draw gave this: the turn, which wishes were full by then, which one was free."""
    if participant.turn is None:
        return _("Diese Person nahm an der Verlosung nicht teil.")
    turn = _("Ihr Los kam als Nummer %(turn)d von %(all)d an die Reihe.") % {"turn": participant.turn, "all": draw.parties}
    if participant.got_wish is None:
        return f"{turn} " + ngettext("Der Wunsch war da schon voll.", "Alle %(n)d Wünsche waren da schon voll.", len(wishes)) % {
            "n": len(wishes)
        }
    if participant.got_wish == 1:
        return f"{turn} " + _("Der erste Wunsch war noch frei.")
    full = participant.got_wish - 1
    words = ngettext(
        "Der erste Wunsch war da schon voll. Wunsch %(wish)d war noch frei.",
        "Die ersten %(full)d Wünsche waren da schon voll. Wunsch %(wish)d war noch frei.",
        full,
    )
    return f"{turn} " + words % {"full": full, "wish": participant.got_wish}


def age_words(age_from: int | None, age_to: int | None) -> str:
    """For which ages an offer is."""
    if age_from is not None and age_to is not None:
        return _("%(from)d bis %(to)d Jahre") % {"from": age_from, "to": age_to}
    if age_from is not None:
        return _("ab %(from)d Jahren") % {"from": age_from}
    return _("bis %(to)d Jahre") % {"to": age_to} if age_to is not None else _("jedes Alter")


def span_words(first: date | None, last: date | None) -> str:
    """From when until when, in days."""
    if first is None or last is None:
        return _("Termin folgt")
    return day_words(first) if first == last else f"{day_words(first)} – {day_words(last)}"


def local_day(at: datetime | None) -> date | None:
    """The day of an instant in Germany."""
    return at.astimezone(clock.BERLIN).date() if at else None


def places_words(offer: Offer) -> str:
    """How many places are free; ``offer`` comes with its numbers (``queries.counted_offers``)."""
    seats, free, waiting = (int(getattr(offer, name)) for name in ("seat_count", "free_count", "waiting_count"))
    if offer.cancelled_at is not None:
        return _("fällt aus")
    if offer.series.is_drawn and free == seats:
        return ngettext("ein Platz wird verlost", "%(n)d Plätze werden verlost", seats) % {"n": seats}
    if waiting or not free:
        return (
            ngettext("ausgebucht, eine Person wartet", "ausgebucht, %(n)d warten", waiting) % {"n": waiting} if waiting else _("ausgebucht")
        )
    return ngettext("ein Platz frei", "%(free)d von %(all)d Plätzen frei", free) % {"free": free, "all": seats}
