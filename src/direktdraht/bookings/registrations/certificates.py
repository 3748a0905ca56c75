"""Certificates of attendance (Teilnahmebescheinigung): who gets one, and the PDF. Made anew from the attendance list each time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from direktdraht.bookings.registrations.attending import dates_of_presence, people_of
from direktdraht.bookings.registrations.errors import NotSealed
from direktdraht.bookings.registrations.models import Booking, Offer, Session
from direktdraht.foundation import clock, pdf
from direktdraht.foundation.city import settings as city_settings
from direktdraht.foundation.web.dates import day_words, moment_words, time_words
from direktdraht.writtenform.city_seal import seal_letter
from direktdraht.writtenform.signatures.sealing import SealProblem

TEMPLATE = Path(__file__).parent / "typst" / "certificate.typ"

Dates = Sequence[tuple[datetime, datetime]]


def earned(bookings: Sequence[Booking]) -> dict[int, Dates]:
    """The places of these for which there is a certificate, with the dates at which the person was there.

    There is one after the last date of an offer that gives certificates, for whoever was there as often as it asks for.
    The bookings come with their offer and participant. At most two queries.
    """
    wanted = [one for one in bookings if one.is_place and one.offer.certificate_sessions and one.participant.name]
    if not wanted:
        return {}
    ends = Session.objects.filter(offer__in={one.offer_id for one in wanted}).values_list("offer").annotate(last=Max("ends_at")).order_by()
    over = [offer for offer, last in ends if last <= clock.now()]
    dates = dates_of_presence(over, [one.participant_id for one in wanted]) if over else {}
    known = {one.pk: dates.get((one.offer_id, one.participant_id), []) for one in wanted}
    return {one.pk: known[one.pk] for one in wanted if len(known[one.pk]) >= (one.offer.certificate_sessions or 1)}


def earned_in(offer: Offer) -> list[tuple[Booking, Dates]]:
    """All certificates of an offer, people by name."""
    bookings = list(people_of(offer))
    found = earned(bookings)
    return [(one, found[one.pk]) for one in bookings if one.pk in found]


def render_pdf(offer: Offer, people: Sequence[tuple[Booking, Dates]], languages: Mapping[int, str]) -> bytes:
    """The certificates of some places of one offer as a PDF, a page each, with the city's seal where one is set up.

    ``languages`` by booking; the others are written in German. Raises NotSealed.
    """
    city = city_settings.current()
    facts = {
        "title": offer.title,
        "city": city.name,
        "address": city.address,
        "unit": offer.series.unit.name,
        "people": [page_of(offer, one, dates, languages.get(one.pk, "de")) for one, dates in people],
    }
    try:
        return seal_letter(pdf.render(TEMPLATE, facts), reason=f"Teilnahmebescheinigung {offer.title}").data
    except SealProblem as problem:
        raise NotSealed(str(problem)) from problem


def page_of(offer: Offer, booking: Booking, dates: Dates, language: str) -> dict[str, Any]:
    """Everything that one page says."""
    person = booking.participant
    with translation.override(language):
        return {
            "language": language.partition("-")[0],
            "heading": _("Teilnahmebescheinigung"),
            "name": person.name,
            "born": _("geboren am %(day)s") % {"day": day_words(person.born_on)},
            "took_part": _("hat teilgenommen an:"),
            "offer": offer.title,
            "series": ", ".join(filter(None, [offer.series.title, offer.place])),
            "dates_title": _("Anwesend an diesen Terminen:"),
            "dates": [f"{moment_words(start)} – {time_words(end)}" for start, end in dates],
            "issued": _("Ausgestellt am %(day)s") % {"day": day_words(clock.today())},
            "signed": _("Diese Bescheinigung wurde elektronisch erstellt und ist ohne Unterschrift gültig."),
        }
