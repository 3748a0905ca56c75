"""A party: its participants with their wishes, what is missing before it can be sent, and what it says when it is frozen."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from direktdraht.bookings.registrations import asking, frozen
from direktdraht.bookings.registrations.models import OfferWish, Participant, Registration, Series
from direktdraht.foundation import clock

KIND = "registration"
ADULT_YEARS = 18


def years_on(born_on: date, day: date) -> int:
    """How old somebody is on a day.

    >>> years_on(date(2016, 2, 29), date(2026, 2, 28)), years_on(date(2016, 2, 29), date(2026, 3, 1))
    (9, 10)
    """
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def is_minor(participant: Participant) -> bool:
    """Whether somebody needs a guardian today."""
    return years_on(participant.born_on, clock.today()) < ADULT_YEARS


def wishes_of(participant: Participant) -> list[OfferWish]:
    """The wishes in their order, from what was fetched with the participant."""
    return sorted(participant.wishes.all(), key=lambda wish: wish.rank)


def party_of(registration: Registration) -> list[Participant]:
    """The participants with their wishes."""
    rows = registration.participants.select_related("entitlement").prefetch_related("wishes__offer").order_by("position")
    return list(rows)


def problems_of(registration: Registration, participants: Sequence[Participant]) -> list[str]:
    """What is missing before the registration can be sent, a sentence each."""
    found = []
    if not registration.contact_name or not registration.contact_email:
        found.append(_("Bitte nennen Sie Ihren Namen und Ihre E-Mail-Adresse."))
    if not participants:
        found.append(_("Bitte tragen Sie ein, wer teilnehmen soll."))
    found += [_("%(name)s hat noch keinen Wunsch.") % {"name": one.name} for one in participants if not wishes_of(one)]
    found += questions_left(registration.series, participants)
    if registration.all_or_none and registration.series.is_drawn and len({len(wishes_of(one)) for one in participants}) > 1:
        found.append(_("Wenn alle zusammenbleiben, braucht jede Person gleich viele Wünsche."))
    if not registration.series.is_drawn and any(wish.offer.cancelled_at for one in participants for wish in wishes_of(one)):
        found.append(_("Ein gewünschtes Angebot fällt aus. Bitte ändern Sie die Wünsche."))
    if any(is_minor(one) for one in participants):
        if registration.consent_at is None:
            found.append(_("Für Minderjährige brauchen wir die Einwilligung der Sorgeberechtigten."))
        if not registration.emergency_name or not registration.emergency_phone:
            found.append(_("Für Minderjährige brauchen wir einen Notfallkontakt."))
    return found


def questions_left(series: Series, participants: Sequence[Participant]) -> list[str]:
    """Whose answers are missing, to the questions of the series or of a wished offer, a sentence each."""
    found = []
    for one in participants:
        if asking.are_missing(series, one.answers):
            found.append(_("Bitte beantworten Sie die Fragen zu %(name)s.") % {"name": one.name})
        for wish in wishes_of(one):
            if asking.are_missing(wish.offer, wish.answers):
                words = _("Bitte beantworten Sie für %(name)s die Fragen zu „%(offer)s“.")
                found.append(words % {"name": one.name, "offer": wish.offer.title})
    return found


def values_of(registration: Registration, participants: Sequence[Participant], language: str) -> dict[str, Any]:
    """Everything that the registration says, as plain values for ``frozen``; of health notes only whether there are some."""
    contact = {"name": registration.contact_name, "email": registration.contact_email, "phone": registration.contact_phone}
    if any(is_minor(one) for one in participants):
        consented = registration.consent_at.astimezone(clock.BERLIN).date().isoformat() if registration.consent_at else ""
        emergency = f"{registration.emergency_name} {registration.emergency_phone}".strip()
        contact |= {"emergency": emergency, "pickup": registration.pickup, "consented_on": consented}
    return {
        "format": frozen.FORMAT,
        "series": registration.series.title,
        "contact": contact,
        "together": registration.all_or_none,
        "persons": [
            {
                "position": one.position,
                "name": one.name,
                "born_on": one.born_on.isoformat(),
                "group": one.entitlement.label if one.entitlement else "",
                "answers": [list(pair) for pair in asking.all_in_words(registration.series, one, language)],
                "health": bool(one.health),
                "wishes": [wish.offer.title for wish in wishes_of(one)],
            }
            for one in participants
        ],
    }
