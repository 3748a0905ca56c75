"""How waits, calls and counts are said on pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from direktdraht.bookings.appointments import letters
from direktdraht.bookings.appointments.inputs import title_of
from direktdraht.bookings.appointments.models import Occasion
from direktdraht.bookings.hall import queries
from direktdraht.bookings.hall.models import DayCount, Hall, Ticket, TicketState
from direktdraht.bookings.hall.opening import Opening
from direktdraht.foundation.web.dates import day_words, time_words
from direktdraht.foundation.web.tables import Cell, Column, Row, Table

SOON = 5


@dataclass(frozen=True)
class ShownOffer:
    """An occasion as the page at the entrance shows it: its title, what stands below, whether a number can be drawn."""

    occasion: Occasion
    title: str
    note: str
    can_draw: bool


@dataclass(frozen=True)
class ShownWait:
    """Somebody who waits, as the counter's page lists them."""

    ticket: Ticket
    title: str
    note: str
    is_ours: bool


def wait_words(span: tuple[int, int] | None) -> str:
    """How long it takes, as honestly as we know."""
    if span is None:
        return _("Gerade ruft kein Schalter auf. Wie lange es dauert, wissen wir nicht.")
    low, high = span
    if high <= SOON:
        return _("Es geht gleich weiter.")
    if low == 0:
        return _("Das dauert bis zu %(high)d Minuten.") % {"high": high}
    return _("Das dauert etwa %(low)d bis %(high)d Minuten.") % {"low": low, "high": high}


def ahead_words(number: int) -> str:
    """How many are called before."""
    if number == 0:
        return _("Niemand ist vor Ihnen.")
    return ngettext("Vor Ihnen wartet eine Person.", "Vor Ihnen warten %(n)d Personen.", number) % {"n": number}


def closing_words(span: tuple[int, int] | None, opening: Opening | None, now: datetime) -> str:
    """A warning where the day may end first."""
    if span is None or opening is None or opening.closes_at is None or now + timedelta(minutes=span[1]) <= opening.closes_at:
        return ""
    return _("Wir schließen um %(time)s. Vielleicht kommen Sie heute nicht mehr an die Reihe.") % {"time": time_words(opening.closes_at)}


def offers(hall: Hall) -> list[ShownOffer]:
    """What the page at the entrance offers."""
    occasions = queries.walk_in_occasions(hall)
    if not occasions:
        return []
    board, open_now = queries.board(hall), queries.open_now(hall, occasions)
    return [offer(board, one, open_now.get(one.pk)) for one in occasions]


def offer(board: queries.Board, occasion: Occasion, opening: Opening | None) -> ShownOffer:
    """One occasion."""
    if opening is None or not opening.gives_numbers(board.now, board.hall.stop_minutes):
        return ShownOffer(occasion, title_of(occasion), closed_words(opening), can_draw=False)
    someone = queries.newcomer(occasion)
    ahead, span = board.ahead_of(someone), board.wait_of(someone)
    sentences = [ahead_words(len(ahead)), wait_words(span), closing_words(span, opening, board.now)]
    return ShownOffer(occasion, title_of(occasion), " ".join(filter(None, sentences)), can_draw=True)


def closed_words(opening: Opening | None) -> str:
    """Why there is no number."""
    if opening is not None and opening.opens_next is not None:
        return _("Nummern gibt es wieder ab %(time)s.") % {"time": time_words(opening.opens_next)}
    return _("Heute gibt es hierfür keine Nummern mehr.")


def standing(ticket: Ticket, board: queries.Board) -> list[str]:
    """Where somebody who waits stands, in sentences."""
    me = queries.person(ticket)
    ahead, span = board.ahead_of(me), board.wait_of(me)
    if me.due is not None and not me.is_due(board.now):
        return [_("Ihr Termin ist um %(time)s. Dann rufen wir Sie auf.") % {"time": time_words(me.due)}]
    found = [ahead_words(len(ahead)), wait_words(span)]
    if me.due is None:
        found.append(_("Wer einen Termin hat, kommt zu seiner Zeit zuerst."))
    return found


def waiting_rows(board: queries.Board, counter_does: frozenset[int], known: Mapping[int, Occasion]) -> list[ShownWait]:
    """Who waits, in the order of the calls; ``known`` are the occasions by key."""
    language = get_language() or "de"
    return [
        ShownWait(
            one,
            letters.titles([known[key] for key in one.occasions if key in known], language),
            since_words(one, board.now),
            frozenset(one.occasions) <= counter_does,
        )
        for one in board.waiting
    ]


def since_words(ticket: Ticket, now: datetime) -> str:
    """How long somebody has waited, and for which time."""
    minutes = int((now - ticket.drawn_at).total_seconds() // 60)
    words = [ngettext("wartet seit %(n)d Minute", "wartet seit %(n)d Minuten", minutes) % {"n": minutes}]
    if ticket.due is not None:
        words.insert(0, _("Termin um %(time)s") % {"time": time_words(ticket.due)})
    elif ticket.appointment_id is not None:
        words.insert(0, _("Termin, der seine Zeit verloren hat"))
    if ticket.missed:
        words.append(_("war schon aufgerufen"))
    return ", ".join(words)


def state_words(ticket: Ticket) -> str:
    """What the person's page says first."""
    place = ticket.counter.name if ticket.counter else ""
    return {
        TicketState.WAITING: _("Bitte warten Sie"),
        TicketState.CALLED: _("Bitte kommen Sie: %(place)s") % {"place": place},
        TicketState.SERVED: _("Sie sind am Schalter: %(place)s") % {"place": place},
        TicketState.DONE: _("Wir sind fertig"),
        TicketState.GONE: _("Wir haben Sie aufgerufen"),
        TicketState.LEFT: _("Sie haben die Nummer zurückgegeben"),
        TicketState.TOLD: _("Heute schaffen wir es nicht mehr"),
    }[TicketState(ticket.state)]


def count_rows(counts: queries.Counts) -> list[tuple[str, str]]:
    """The counts of the present day."""
    return [
        (_("Nummern"), str(counts.drawn)),
        (_("davon mit Termin"), str(counts.with_appointment)),
        (_("warten"), str(counts.waiting)),
        (_("bedient"), str(counts.served)),
        (_("gegangen oder nicht gekommen"), str(counts.gone)),
        (_("nicht mehr bedient"), str(counts.told)),
        (_("Wartezeit, Median"), median_words(counts.median_minutes)),
    ]


def median_words(minutes: int | None) -> str:
    """The median wait; below five people nothing is said."""
    if minutes is None:
        return _("weniger als fünf Personen")
    return ngettext("%(n)d Minute", "%(n)d Minuten", minutes) % {"n": minutes}


def past_table(days: Sequence[DayCount]) -> Table:
    """The counts of past days."""
    columns = [
        Column(_("Tag")),
        *(Column(label, numeric=True) for label in (_("Nummern"), _("mit Termin"), _("bedient"), _("gegangen"), _("nicht mehr bedient"))),
        Column(_("Wartezeit, Median")),
    ]
    rows = [
        Row(
            [
                Cell(day_words(one.day)),
                *(Cell(str(number)) for number in (one.drawn, one.with_appointment, one.served, one.gone, one.told)),
                Cell(median_words(one.median_minutes)),
            ]
        )
        for one in days
    ]
    return Table(_("Frühere Tage"), columns, rows, _("Noch keine Zahlen"), _("Am Tag danach stehen hier die Zahlen des Tages."))
