"""What parties are told: one short text for each step, by mail with the link and as a message in the thread of the case."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as N_

from direktdraht.bookings.registrations import calendars, sealing, words
from direktdraht.bookings.registrations.models import Booking, Registration
from direktdraht.cases import actions as cases
from direktdraht.foundation.post import actions as post

# Kind: subject, first sentence.
KINDS = {
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
    "restored": (N_("Absage zurückgenommen: %(number)s"), N_("Die Absage ist zurückgenommen. Sie haben den Platz wieder.")),
    "called_off": (N_("Angebot fällt aus: %(number)s"), N_("Leider fällt dieses Angebot aus.")),
    "moved": (N_("Änderung bei Ihrer Anmeldung: %(number)s"), N_("Wir haben Ihre Anmeldung geändert.")),
}

# These carry the dates of the places as a calendar file.
WITH_DATES = frozenset({"drawn", "obtained", "paid", "moved", "restored"})


def link_to(registration: Registration) -> str:
    """The link that opens the registration without an account."""
    token = sealing.link_token(str(registration.pk), registration.secret)
    return f"{settings.BASE_URL}{reverse('registrations:open', args=[registration.pk, token])}"


@dataclass(frozen=True)
class Notice:
    """One step to be told to one party; ``key`` makes sure that it is told once, by mail and in the thread."""

    registration: Registration
    kind: str
    key: str
    bookings: Sequence[Booking] = ()


def tell(registration: Registration, kind: str, bookings: Sequence[Booking] = (), *, key: str) -> None:
    """Tell one party one step, inside the caller's transaction; see ``tell_all``."""
    tell_all([Notice(registration, kind, key, bookings)])


def tell_all(notices: Sequence[Notice]) -> None:
    """Queue a mail to each party in its language, and say the same in the thread of its case; without an address no mail."""
    said = []
    for one in notices:
        context = words_of(one)
        has_place = [booking for booking in one.bookings if booking.holds] if one.kind in WITH_DATES else []
        file = post.Attachment(calendars.FILE_NAME, calendars.calendar_of(has_place), "text/calendar") if has_place else None
        mail(one.registration, context, key=one.key, file=file)
        said.append(telling(one.registration, thread_text(context), one.key))
    cases.tell([one for one in said if one is not None])


def words_of(notice: Notice) -> dict[str, Any]:
    """Subject, first sentence, a line for each booking, and the reason of staff where there is one."""
    subject, sentence = KINDS[notice.kind]
    with translation.override(notice.registration.language):
        return {
            "subject": gettext(subject) % {"number": notice.registration.number},
            "sentence": gettext(sentence),
            "lines": [f"{one.participant.name}, {one.offer.title}: {words.state_sentence(one)}" for one in notice.bookings],
            "why": next((one.why for one in notice.bookings if one.why), ""),
        }


def thread_text(context: Mapping[str, Any]) -> str:
    """The same as a message of the thread."""
    return "\n".join([context["sentence"], *(f"– {line}" for line in context["lines"]), *filter(None, [context["why"]])])


def telling(registration: Registration, text: str, key: str, *, of_person: bool = False) -> cases.Telling | None:
    """What is said in the thread; nothing for a registration without a case."""
    if registration.case_id is None:
        return None
    return cases.Telling(registration.case_id, text, f"registration:{key}", registration.language, of_person)


def tell_words(registrations: Iterable[Registration], subject: str, text: str, *, key: str) -> int:
    """Queue a message that a member of staff wrote, and say it in the threads; returns to how many parties."""
    said = []
    for one in registrations:
        mail(one, {"subject": subject, "sentence": text, "lines": [], "why": ""}, key=f"{key}:{one.pk}")
        said.append(telling(one, f"{subject}\n\n{text}", f"{key}:{one.pk}"))
    cases.tell([one for one in said if one is not None])
    return len(said)


def mail(registration: Registration, context: dict[str, Any], *, key: str, file: post.Attachment | None = None) -> None:
    """Queue the mail, where there is an address."""
    if not registration.contact_email:
        return
    context = {**context, "name": registration.contact_name, "link": link_to(registration)}
    template = "bookings/registrations/mail/news"
    post.queue_mail(
        to=registration.contact_email, template=template, context=context, language=registration.language, key=key, attachment=file
    )
