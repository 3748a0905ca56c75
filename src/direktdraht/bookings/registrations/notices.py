"""Mails about registrations: one short text for each step, with what holds for each person now, and the link."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as N_

from direktdraht.bookings.registrations import calendars, sealing, words
from direktdraht.bookings.registrations.models import Booking, Registration
from direktdraht.foundation.post import actions as post

# Kind: subject, first sentence.
KINDS = {
    "sent": (N_("Ihre Anmeldung %(number)s"), N_("Ihre Anmeldung ist bei uns eingegangen.")),
    "drawn": (N_("Ergebnis der Verlosung: %(number)s"), N_("Die Plätze sind verlost. So ging es für Sie aus:")),
    "offered": (N_("Ein Platz ist frei: %(number)s"), N_("Ein Platz ist frei geworden. Bitte sagen Sie bald, ob Sie ihn möchten.")),
    "obtained": (N_("Ihr Platz: %(number)s"), N_("Sie haben einen Platz.")),
    "paid": (N_("Zahlung eingegangen: %(number)s"), N_("Ihre Zahlung ist da. Der Platz ist sicher.")),
    "refunded": (N_("Erstattung ausgezahlt: %(number)s"), N_("Wir haben Ihnen Geld zurückgezahlt.")),
    "unpaid": (
        N_("Zahlung zurückgegangen: %(number)s"),
        N_("Ihre Zahlung ist an Ihre Bank zurückgegangen. Bitte bezahlen Sie noch einmal."),
    ),
    "lapsed": (N_("Frist abgelaufen: %(number)s"), N_("Die Frist ist abgelaufen. Der Platz geht an die nächste Person.")),
    "cancelled": (N_("Absage bestätigt: %(number)s"), N_("Wir haben Ihre Absage erhalten.")),
    "called_off": (N_("Angebot fällt aus: %(number)s"), N_("Leider fällt dieses Angebot aus.")),
    "moved": (N_("Änderung bei Ihrer Anmeldung: %(number)s"), N_("Wir haben Ihre Anmeldung geändert.")),
}

# These carry the dates of the places as a calendar file.
WITH_DATES = frozenset({"sent", "drawn", "obtained", "paid", "moved"})


def link_to(registration: Registration) -> str:
    """The link that opens the registration without an account."""
    token = sealing.link_token(str(registration.pk), registration.secret)
    return f"{settings.BASE_URL}{reverse('registrations:open', args=[registration.pk, token])}"


def tell(registration: Registration, kind: str, bookings: Sequence[Booking] = (), *, key: str = "") -> None:
    """Queue a mail in the registration's language, inside the caller's transaction; without an address none."""
    if not registration.contact_email:
        return
    subject, sentence = KINDS[kind]
    with translation.override(registration.language):
        context = {
            "subject": gettext(subject) % {"number": registration.number},
            "sentence": gettext(sentence),
            "lines": [f"{one.participant.name}, {one.offer.title}: {words.state_sentence(one)}" for one in bookings],
            "why": next((one.why for one in bookings if one.why), ""),
        }
    has_place = [one for one in bookings if one.holds] if kind in WITH_DATES else []
    file = post.Attachment(calendars.FILE_NAME, calendars.calendar_of(has_place), "text/calendar") if has_place else None
    mail(registration, context, key=key, file=file)


def tell_words(registration: Registration, subject: str, text: str, *, key: str) -> None:
    """Queue a message that a member of staff wrote."""
    if registration.contact_email:
        mail(registration, {"subject": subject, "sentence": text, "lines": [], "why": ""}, key=key)


def mail(registration: Registration, context: dict[str, Any], *, key: str, file: post.Attachment | None = None) -> None:
    """Queue the mail."""
    context = {**context, "name": registration.contact_name, "link": link_to(registration)}
    template = "bookings/registrations/mail/news"
    post.queue_mail(
        to=registration.contact_email, template=template, context=context, language=registration.language, key=key, attachment=file
    )
