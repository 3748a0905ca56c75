"""How cases look: words, tags and threads for the components of the layout."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from direktdraht.cases import promise
from direktdraht.cases.actions.looks import SUPERVISION
from direktdraht.cases.models import Case, CaseLook, CaseProof, Match, Message, MessageKind, State
from direktdraht.foundation import clock
from direktdraht.foundation.city import settings as city
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.documents.models import State as FileState
from direktdraht.foundation.web.dates import day_words
from direktdraht.foundation.web.tables import ShownFile, ThreadMessage
from direktdraht.writtenform import report

SOON_DAYS = 1
VOICES: dict[MessageKind, Literal["person", "city", "internal"]] = {
    MessageKind.PERSON: "person",
    MessageKind.CITY: "city",
    MessageKind.INTERNAL: "internal",
}
KINDS = {
    State.NEW: "info",
    State.RUNNING: "neutral",
    State.IN_PROGRESS: "info",
    State.WAITING: "neutral",
    State.DECIDED: "success",
    State.CLOSED: "neutral",
}


@dataclass(frozen=True)
class Panel:
    """What the clock panel shows."""

    title: str
    day: str
    text: str
    percent: int
    state: str


@dataclass(frozen=True)
class Word:
    """A word, as a tag of a kind or plain (no kind)."""

    text: str
    kind: str = ""


def state_word(case: Case) -> Word:
    """The state as staff see it: an unread answer comes first."""
    if case.unread_by_staff and case.state not in {State.NEW, State.CLOSED}:
        return Word(_("Neue Antwort"), "success")
    return Word(str(case.get_state_display()), KINDS[State(case.state)])


def person_state_word(case: Case) -> Word:
    """The state as the person sees it."""
    words = {
        State.NEW: Word(_("Eingegangen"), "info"),
        State.RUNNING: Word(_("Läuft von selbst"), "info"),
        State.IN_PROGRESS: Word(_("In Arbeit"), "info"),
        State.WAITING: Word(_("Wir warten auf Ihre Antwort"), "warning"),
        State.DECIDED: Word(_("Entschieden"), "success"),
        State.CLOSED: Word(_("Abgeschlossen"), "neutral"),
    }
    return words[State(case.state)]


def signature_words(found: CaseProof) -> str:
    """How the case is signed, in one line."""
    line = report.line_of(found.proof)
    return line if found.match == Match.CLEAR else f"{line} ({found.get_match_display()})"


def due_word(case: Case) -> Word:
    """By when an answer is due, in the fewest words."""
    if case.resting:
        return Word(_("ruht"))
    if case.promise_due is None or not case.is_open:
        return Word("–")
    late = (clock.today() - case.promise_due).days
    if late > 0:
        return Word(ngettext("%(n)d Tag drüber", "%(n)d Tage drüber", late) % {"n": late}, "danger")
    return Word(_("heute"), "warning") if late == 0 else Word(short_day(case.promise_due))


def short_day(day: date) -> str:
    """Return "Fr., 27.11."; English: "Fri, 27 Nov"."""
    return formats.date_format(day, "D, j M" if (get_language() or "de").startswith("en") else "D., d.m.")


def promise_panel(case: Case, *, for_person: bool = False) -> Panel:
    """The promise clock of a case."""
    days = ngettext("Versprechen: %(n)d Arbeitstag", "Versprechen: %(n)d Arbeitstage", case.promise_days) % {"n": case.promise_days}
    if not case.is_open:
        return Panel(
            _("Abgeschlossen"), short_day(case.closed_at.astimezone(clock.BERLIN).date()) if case.closed_at else "", days, 100, "good"
        )
    if case.resting:
        waits = _("Die Uhr ruht, bis Sie antworten.") if for_person else _("Die Uhr ruht, bis die Person antwortet.")
        return Panel(_("Antwort bis"), _("ruht"), waits, 0, "resting")
    if case.state == State.RUNNING:
        waits = _("Wir schreiben Ihnen, sobald sich etwas tut.") if for_person else _("Niemand muss antworten, bis die Person schreibt.")
        return Panel(_("Stand"), _("läuft"), waits, 0, "resting")
    if case.promise_due is None:
        answered = short_day(case.answered_at.astimezone(clock.BERLIN).date()) if case.answered_at else ""
        return Panel(_("Beantwortet"), answered, days, 100, "good")
    left = promise.working_days_left(clock.today(), case.promise_due, city.current().state)
    percent = promise.percent_used(case.received_on, case.promise_due, clock.today())
    if left < 0 or case.promise_due < clock.today():
        text = ngettext("Seit %(n)d Arbeitstag überfällig", "Seit %(n)d Arbeitstagen überfällig", max(1, -left)) % {"n": max(1, -left)}
        return Panel(_("Antwort bis"), short_day(case.promise_due), text, 100, "late")
    text = ngettext("Noch %(n)d Arbeitstag", "Noch %(n)d Arbeitstage", left) % {"n": left}
    return Panel(_("Antwort bis"), short_day(case.promise_due), f"{text} · {days}", percent, "soon" if left <= SOON_DAYS else "good")


def for_staff(messages: Iterable[Message]) -> list[ThreadMessage]:
    """The thread as staff see it; new is what nobody of the staff had read."""
    return [shown(message, is_new=message.kind == MessageKind.PERSON and message.read_by_staff_at is None) for message in messages]


def for_person(messages: Iterable[Message]) -> list[ThreadMessage]:
    """The thread as the person sees it; new is what they had not read."""
    return [shown(message, is_new=message.kind == MessageKind.CITY and message.read_by_person_at is None) for message in messages]


def shown(message: Message, *, is_new: bool) -> ThreadMessage:
    """One message for the thread component."""
    files = [shown_file(attached.document) for attached in message.files.all()]
    kind = VOICES[MessageKind(message.kind)]
    return ThreadMessage(str(message.pk), author_words(message), message.sent_at, message.text, kind, files, is_new)


def author_words(message: Message) -> str:
    """Who wrote: a person by name, staff by name and unit."""
    if message.kind == MessageKind.CITY and message.unit:
        return f"{message.author_name}, {message.unit.name}" if message.author_name else message.unit.name
    name = message.author_name or _("ohne Namen")
    return _("%(name)s – Widerspruch") % {"name": name} if message.is_objection else name


def shown_file(document: Document) -> ShownFile:
    """A file of a message; one that the scanner holds back says so."""
    note = _("wird geprüft") if document.state == FileState.HELD else ""
    return ShownFile(document.name, reverse("documents:download", args=[document.pk]), document.size, note)


def look_words(look: CaseLook) -> tuple[str, str]:
    """A look as the person sees it: day and unit, with the reason if one was given."""
    reasons = {SUPERVISION: _("Fachaufsicht")}
    reason = reasons.get(look.reason, look.reason)
    return day_words(look.hour), f"{look.unit.name} ({reason})" if reason else look.unit.name
