"""How a registration is frozen, sent and shown: the kind ``registration`` of the room ``submissions``."""

import hashlib
from collections.abc import Iterable, Sequence

import rfc8785
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from direktdraht.bookings.registrations import calendars, frozen, notices, queries, words
from direktdraht.bookings.registrations.actions.sending import take_in, to_send
from direktdraht.bookings.registrations.errors import RegisteredAlready, RegistrationsError
from direktdraht.bookings.registrations.fees import OWNER
from direktdraht.bookings.registrations.models import Booking, BookingState, Participant, Registration, Series
from direktdraht.bookings.registrations.party import KIND, values_of
from direktdraht.cases.registries import Matter
from direktdraht.foundation.post.actions import Attachment
from direktdraht.foundation.web.dates import moment_words
from direktdraht.payments.shown import cost_words
from direktdraht.submissions import kinds
from direktdraht.submissions.content import Content
from direktdraht.submissions.models import Draft, Submission

LONGEST_TITLE = 120
ALREADY = "schon-angemeldet"


class RegistrationKind:
    """A registration for the offers of a series; the draft's ``ref`` is the series' key."""

    def page_url(self, draft: Draft) -> str:
        """The first step on which something is missing, else the review."""
        registration = Registration.objects.get(draft=draft)
        if not registration.contact_name or not registration.contact_email:
            return reverse("registrations:contact", args=[draft.pk])
        if not registration.participants.exists():
            return reverse("registrations:persons", args=[draft.pk])
        if registration.participants.filter(wishes__isnull=True).exists():
            return reverse("registrations:wishes", args=[draft.pk])
        return self.review_url(draft)

    def review_url(self, draft: Draft) -> str:
        """The page with everything at a glance."""
        return reverse("registrations:review", args=[draft.pk])

    def titles(self, refs: Iterable[str], language: str) -> dict[str, str]:
        """The titles of the series."""
        del language
        return dict(Series.objects.filter(pk__in=list(refs)).order_by("pk").values_list("pk", "title"))

    def ready(self, draft: Draft) -> kinds.Ready:
        """Freeze the party as it is now. Raises NotReady with the review page, which says what is missing."""
        try:
            registration, party = to_send(draft)
        except RegistrationsError as problem:
            raise kinds.NotReady(self.review_url(draft)) from problem
        series = registration.series
        values = values_of(registration, party, draft.language)
        with translation.override(draft.language):
            message = _("Ich melde an: %(names)s.") % {"names": ", ".join(one.name for one in party)}
        content = Content(
            kind=KIND,
            definition_digest=definition_digest(series, party),
            answers=values,
            files=(),
            text=frozen.text_of(values, draft.language),
            language=draft.language,
        )
        return kinds.Ready(
            content=content,
            documents=(),
            title=series.title,
            case_title=f"Anmeldung: {series.title}"[:LONGEST_TITLE],
            message=message,
            service=None,
            unit=series.unit,
            person_name=registration.contact_name,
            person_email=registration.contact_email,
            fee=None,
            declared={"name": registration.contact_name},
            sections=shown(frozen.parts(values, draft.language)),
            runs=True,
        )

    def sent(self, draft: Draft, submission: Submission) -> None:
        """Take places, or let the lots count. Raises NotReady."""
        try:
            take_in(draft, submission)
        except RegisteredAlready as problem:
            raise kinds.NotReady(f"{self.review_url(draft)}?{ALREADY}=1") from problem
        except RegistrationsError as problem:
            raise kinds.NotReady(self.review_url(draft)) from problem

    def received(self, submission: Submission) -> kinds.Received:
        """What happens next: the draw, or the places that were given at once."""
        title, greeting = _("Ihre Anmeldung ist eingegangen"), _("wir haben Ihre Anmeldung bekommen.")
        registration = Registration.objects.select_related("series").filter(pk=submission.pk).first()
        if registration is None:
            return kinds.Received(title, greeting)
        if registration.series.is_drawn:
            end = moment_words(registration.series.closes_at)
            rows = [(_("Änderungen"), _("bis %(end)s möglich") % {"end": end}), (_("Verlosung"), _("danach, wir schreiben Ihnen"))]
            cost = _("nur, wenn Sie einen Platz bekommen und er etwas kostet")
            return kinds.Received(title, greeting, rows=rows, cost=cost, link=notices.link_to(registration))
        bookings = queries.bookings_of_party(registration)
        rows = [(f"{one.participant.name}, {one.offer.title}", words.state_sentence(one)) for one in bookings]
        return kinds.Received(
            title,
            greeting,
            rows=rows,
            cost=cost_of(bookings),
            link=notices.link_to(registration),
            lines=[": ".join(row) for row in rows],
            file=calendar_for(bookings),
        )

    def matter(self, submission: Submission) -> Matter:
        """The page of the registration, and the orders for its places."""
        return matter_of(submission.pk)

    def standing(self, submission: Submission) -> list[kinds.ShownSection]:
        """The wishes as they are now, or what became of them."""
        registration = Registration.objects.select_related("series").filter(pk=submission.pk).first()
        return [] if registration is None else [standing_of(registration)]

    def sections(self, submission: Submission) -> list[kinds.ShownSection]:
        """The registration as it was sent."""
        return shown(frozen.parts(submission.answers, submission.language))

    def render_text(self, ref: str, content: Content) -> str:
        """The plain text, rendered anew from the values alone."""
        del ref
        return frozen.text_of(content.answers, content.language)


def definition_digest(series: Series, party: Sequence[Participant]) -> str:
    """The digest of what was asked: the series, its title and its questions, and those of the wished offers."""
    offers = {wish.offer.code: wish.offer.questions for one in party for wish in one.wishes.all() if wish.offer.questions}
    asked = {"series": series.pk, "title": series.title, "questions": series.questions, "offers": offers}
    return hashlib.sha256(rfc8785.dumps(asked)).hexdigest()


def shown(parts: Sequence[frozen.Part]) -> list[kinds.ShownSection]:
    """The parts as pages and PDF show them."""
    return [kinds.ShownSection(part.title, part.rows) for part in parts]


def matter_of(key: object) -> Matter:
    """The page of a registration, and the orders for its places."""
    return Matter(_("Anmeldung ansehen"), reverse("registrations:status", args=[key]), (OWNER, str(key)))


def standing_of(registration: Registration) -> kinds.ShownSection:
    """How a registration stands: for each person what became of the wishes, before the draw the wishes as they are now."""
    rows = [(person.name or "–", person_words(person)) for person in queries.party(registration)]
    if registration.withdrawn_at is not None:
        rows.insert(0, (_("Zurückgezogen"), moment_words(registration.withdrawn_at)))
    return kinds.ShownSection(_("Stand der Anmeldung"), rows)


def person_words(person: Participant) -> str:
    """What became of a person's wishes, a line each."""
    bookings = [f"{one.offer.title}: {one.get_state_display()}" for one in person.bookings.all()]
    wishes = [f"{wish.rank}. {wish.offer.title}" for wish in person.wishes.all()]
    return "\n".join(bookings or wishes) or "–"


def cost_of(bookings: Sequence[Booking]) -> str:
    """What is to be paid for the places that were given at once."""
    orders = {one.order_id: one.order for one in bookings if one.order is not None and one.state == BookingState.UNPAID}
    return "\n".join(cost_words(order) for order in orders.values()) or _("keine")


def calendar_for(bookings: Sequence[Booking]) -> Attachment | None:
    """The dates of the places as a calendar file; none without a place."""
    placed = [one for one in bookings if one.holds]
    return Attachment(calendars.FILE_NAME, calendars.calendar_of(placed), "text/calendar") if placed else None
