"""What is sent about appointments: mails with the calendar file, each once for each change."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from direktdraht.bookings.appointments import queries
from direktdraht.bookings.appointments.links import code_words, token_of
from direktdraht.bookings.appointments.models import Appointment, Occasion, State, Wish
from direktdraht.bookings.calendar_files import CalendarEntry, calendar_file
from direktdraht.foundation.post import actions as post
from direktdraht.foundation.texts import pick

FILE_NAME = "termin.ics"


def titles(occasions: Sequence[Occasion], language: str) -> str:
    """What an appointment is for, in one line."""
    return ", ".join(pick(one.title, language)[0] for one in occasions)


def bring_list(occasions: Sequence[Occasion], language: str) -> list[str]:
    """What to bring, each thing once."""
    lines = [line.strip() for one in occasions for line in pick(one.bring, language)[0].splitlines()]
    return list(dict.fromkeys(line for line in lines if line))


def entry_of(appointment: Appointment, known: Mapping[int, Occasion], language: str) -> CalendarEntry:
    """The appointment as a calendar shows it; ``known`` are the occasions by key."""
    occasions = [known[key] for key in queries.occasion_keys(appointment) if key in known]
    url = settings.BASE_URL + reverse("appointments:appointment", args=[token_of(appointment.pk)])
    text = "\n".join([*bring_list(occasions, language), url])
    return CalendarEntry(
        uid=f"{appointment.pk}@{urlsplit(settings.BASE_URL).hostname}",
        sequence=appointment.sequence,
        changed_at=appointment.changed_at,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        title=titles(occasions, language),
        place=f"{appointment.site.name}, {appointment.site.address}",
        text=text,
        url=url,
        cancelled=appointment.state == State.CANCELLED,
    )


def calendar_of(appointments: Sequence[Appointment], language: str) -> str:
    """The calendar file of some appointments."""
    known = queries.titles_of(appointments)
    return calendar_file(entry_of(one, known, language) for one in appointments)


def tell(appointment: Appointment, what: str) -> None:
    """Queue the mail ``what`` (booked, moved, cancelled, reminder, offer), once for each change; without address nothing."""
    if not appointment.email:
        return
    language = appointment.language
    with translation.override(language):
        occasions = queries.occasions_by(queries.occasion_keys(appointment))
        file = post.Attachment(FILE_NAME, calendar_of([appointment], language), "text/calendar") if what != "offer" else None
        post.queue_mail(
            to=appointment.email,
            template=f"bookings/appointments/mail/{what}",
            context={
                "title": titles(occasions, language),
                "bring": bring_list(occasions, language),
                "site": appointment.site,
                "starts_at": appointment.starts_at,
                "held_until": appointment.held_until,
                "reason": appointment.reason,
                "by_city": appointment.cancelled_by_city,
                "again": again_query(appointment),
                "code": code_words(appointment.pk) if what != "offer" and queries.has_hall(appointment.site) else "",
                "path": reverse("appointments:appointment", args=[token_of(appointment.pk)]),
            },
            language=language,
            key=f"appointment-{what}:{appointment.pk}:{appointment.sequence}",
            attachment=file,
        )


def again_query(appointment: Appointment) -> str:
    """The query of the page that looks for another time for the same occasions."""
    return "&".join(f"anlass={key}" for key in queries.occasion_keys(appointment))


def tell_wish(wish: Wish, what: str) -> None:
    """Queue the mail ``what`` (wished, wish_ended) about a wish; without address nothing."""
    if not wish.email:
        return
    with translation.override(wish.language):
        post.queue_mail(
            to=wish.email,
            template=f"bookings/appointments/mail/{what}",
            context={
                "title": titles(queries.occasions_by(wish.occasions), wish.language),
                "path": reverse("appointments:wish", args=[token_of(wish.pk, kind="wish")]),
            },
            language=wish.language,
            key=f"{what}:{wish.pk}",
        )


def reason_of(text: str) -> str:
    """A reason as it is stored and sent: one paragraph."""
    return " ".join(text.replace("\x00", "").split())[:500]
