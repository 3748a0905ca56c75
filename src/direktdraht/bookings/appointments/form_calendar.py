"""The calendar that forms ask (``submissions.calendars``): free times, a time held for a draft, booked with its submission."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import get_language, gettext

from direktdraht.bookings.appointments import actions, queries
from direktdraht.bookings.appointments.actions import Choice, Contact
from direktdraht.bookings.appointments.actions.holding import visit_at
from direktdraht.bookings.appointments.errors import AppointmentsError, Taken
from direktdraht.bookings.appointments.inputs import choice_of, day_of
from direktdraht.bookings.appointments.links import token_of
from direktdraht.bookings.appointments.models import Appointment, Occasion, State
from direktdraht.foundation import clock
from direktdraht.foundation.texts import pick
from direktdraht.foundation.web.dates import moment_words
from direktdraht.submissions.calendars import OfferedTime, ShownTime, TimeGone
from direktdraht.submissions.models import Draft, Submission

WHILE_WRITING = timedelta(minutes=30)
LONGEST = timedelta(hours=3)
OFFERED = 12
Facts = dict[str, str]


@dataclass
class AppointmentCalendar:
    """Gives appointments to forms. One draft holds one time; it is let go with the draft, by choosing another, or when it is over."""

    most: int = field(default=OFFERED)

    def occasions(self) -> Mapping[str, str]:
        """What can be booked freely, German titles by key."""
        return {one.key: pick(one.title, "de")[0] for one in queries.open_occasions() if one.key and not one.by_request}

    def free(self, occasions: Sequence[str], first_day: str) -> Sequence[OfferedTime]:
        """The next free times over all sites, the earliest first."""
        found = self._known(occasions)
        sites = queries.sites_for(found) if found else []
        if not sites:
            return ()
        times = queries.next_free(queries.office(found, sites), day_of(first_day) or clock.today(), a_site=self.most)
        ordered = sorted((one for each in times.values() for one in each), key=lambda one: (one.starts_at, one.site.sort_key, one.site.pk))
        return [OfferedTime(one.word, one.starts_at, one.site.name) for one in ordered[: self.most]]

    def hold(self, draft: Draft, occasions: Sequence[str], value: str, *, network: str) -> Facts | None:
        """Hold a time for half an hour; the draft's earlier hold is let go in the same transaction."""
        found = self._known(occasions)
        choice = choice_of(value, found)
        if choice is None:
            return None
        before = self._of(draft)
        if before is not None and before.state == State.HELD and (before.site_id, before.starts_at) == (choice.site.pk, choice.starts_at):
            self.keep(draft)
            return facts_of(before)
        try:
            made = actions.hold_for_draft(
                choice=choice, draft=draft, network=network, until=clock.now() + WHILE_WRITING, language=get_language() or "de"
            )
        except AppointmentsError:
            return None
        return facts_of(made)

    def held(self, draft: Draft) -> Mapping[str, Facts]:
        """The draft's time: held, or over but still free."""
        found = self._of(draft)
        if found is None:
            return {}
        if found.state == State.LAPSED:
            choice = Choice(queries.occasions_by(queries.occasion_keys(found)), found.site, found.starts_at)
            try:
                visit_at(choice, found, by_staff=False)
            except Taken:
                return {}
        facts = facts_of(found)
        return {facts["id"]: facts}

    def keep(self, draft: Draft) -> None:
        """Hold on for half an hour from now, three hours at most in all."""
        now = clock.now()
        living = Appointment.objects.filter(draft=draft, state=State.HELD, created_at__gt=now - LONGEST)
        living.update(held_until=now + WHILE_WRITING)

    def book(self, draft: Draft, submission: Submission, held: str) -> None:
        """Book; a hold that is over is still good while nobody else has its time. Raises TimeGone."""
        found = Appointment.objects.filter(pk=held, draft=draft).first()
        if found is None:
            raise TimeGone
        case = submission.case
        who = Contact(case.person_name or submission.title[:200], case.person_email)
        try:
            actions.book(appointment=found, contact=who, account=draft.account, case=case)
        except AppointmentsError as problem:
            raise TimeGone from problem

    def shown(self, held: str) -> ShownTime | None:
        """When and where the appointment is now; nothing once it was erased."""
        found = Appointment.objects.filter(pk=held, state__in=[State.BOOKED, State.CANCELLED]).select_related("site").first()
        if found is None:
            return None
        words = f"{moment_words(found.starts_at)}, {found.site.name}"
        if found.state == State.CANCELLED:
            words = gettext("abgesagt: %(words)s") % {"words": words}
        return ShownTime(words, reverse("appointments:appointment", args=[token_of(found.pk)]))

    def _known(self, keys: Sequence[str]) -> list[Occasion]:
        """The occasions of these keys, if all of them can be booked freely."""
        found = {one.key: one for one in Occasion.objects.filter(key__in=list(keys), active=True, by_request=False)}
        return [found[key] for key in keys] if all(key in found for key in keys) else []

    def _of(self, draft: Draft) -> Appointment | None:
        """The time that the draft has or had."""
        found = Appointment.objects.filter(draft=draft, state__in=[State.HELD, State.LAPSED]).select_related("site")
        return found.prefetch_related("parts").order_by("-created_at").first()


def facts_of(held: Appointment) -> Facts:
    """What an answer keeps of a time."""
    return {"id": str(held.pk), "starts_at": held.starts_at.isoformat(), "place": f"{held.site.name}, {held.site.address}"}
