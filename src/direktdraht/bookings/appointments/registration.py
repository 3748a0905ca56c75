"""What appointments tell the rooms below: how a case shows its appointment, personal data, the demo city."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from direktdraht.bookings.appointments import jobs, letters, queries
from direktdraht.bookings.appointments.actions.booking import ORIGIN
from direktdraht.bookings.appointments.demo import DemoAppointments
from direktdraht.bookings.appointments.form_calendar import AppointmentCalendar
from direktdraht.bookings.appointments.links import token_of
from direktdraht.bookings.appointments.models import Appointment, State, Wish
from direktdraht.cases.registries import Matter, OriginSection, origins
from direktdraht.foundation import checks, clock, demo
from direktdraht.foundation.checks import Finding, Level
from direktdraht.foundation.web.dates import moment_words
from direktdraht.foundation.web.tables import ShownFile
from direktdraht.people import personal_data
from direktdraht.people.models import Account
from direktdraht.people.personal_data import Erased
from direktdraht.submissions import calendars

LATE = timedelta(minutes=10)


class AppointmentOrigin:
    """Shows an appointment inside the case of its messages."""

    def sections(self, ref: str) -> list[OriginSection]:
        """When, where and what for."""
        found = Appointment.objects.filter(pk=ref).select_related("site").prefetch_related("parts").first()
        if found is None:
            return []
        occasions = queries.occasions_by(queries.occasion_keys(found))
        rows = [
            (gettext("Anlass"), letters.titles(occasions, get_language() or "de")),
            (gettext("Zeit"), moment_words(found.starts_at)),
            (gettext("Ort"), f"{found.site.name}, {found.site.address}"),
            (gettext("Stand"), str(found.get_state_display())),
        ]
        return [OriginSection(gettext("Termin"), rows)]

    def matter(self, ref: str) -> Matter:
        """The appointment's page; its link is the person's key."""
        return Matter(gettext("Zum Termin"), reverse("appointments:appointment", args=[token_of(UUID(ref))]))

    def files(self, ref: str) -> list[ShownFile]:
        """None: nothing is sent with an appointment."""
        del ref
        return []

    def describe(self, ref: str) -> str:
        """The day and time."""
        found = Appointment.objects.filter(pk=ref).first()
        return "" if found is None else gettext("Termin, %(moment)s") % {"moment": moment_words(found.starts_at)}


class AppointmentData:
    """Appointments and wishes of an account."""

    label = _("Termine und Terminwünsche")
    purpose = _("Termine vergeben und daran erinnern")
    basis = "Art. 6 (1) lit. e DSGVO"
    retention = _("30 Tage nach dem Termin")

    def find(self, account: Account) -> int:
        """Count appointments and wishes."""
        return Appointment.objects.filter(account=account).count() + Wish.objects.filter(account=account).count()

    def export(self, account: Account) -> list[dict[str, Any]]:
        """Return each appointment and each wish."""
        found = Appointment.objects.filter(account=account).select_related("site").prefetch_related("parts").order_by("starts_at", "pk")
        known = queries.titles_of(found)
        rows: list[dict[str, Any]] = [
            {
                "Termin": one.starts_at.isoformat(),
                "Ort": one.site.name,
                "Anlass": letters.titles([known[key] for key in queries.occasion_keys(one) if key in known], "de"),
                "Name": one.name,
                "E-Mail": one.email,
                "Telefon": one.phone,
                "Hinweis": one.note,
                "Stand": str(one.get_state_display()),
            }
            for one in found
        ]
        wishes = Wish.objects.filter(account=account).order_by("created_at", "pk")
        rows += [
            {
                "Terminwunsch seit": one.asked_on.isoformat(),
                "Von": one.first_day.isoformat(),
                "Bis": one.last_day.isoformat(),
                "Name": one.name,
                "E-Mail": one.email,
                "Telefon": one.phone,
                "Stand": str(one.get_state_display()),
            }
            for one in wishes
        ]
        return rows

    def erase(self, account: Account) -> Erased:
        """Erase what is over or cancelled; a booked appointment must be cancelled first, so that nobody waits in vain."""
        booked = Appointment.objects.filter(account=account, state=State.BOOKED, ends_at__gt=clock.now())
        kept = booked.count()
        gone = Appointment.objects.filter(account=account).exclude(pk__in=booked).count() + Wish.objects.filter(account=account).count()
        Appointment.objects.filter(account=account).exclude(pk__in=booked).delete()
        Wish.objects.filter(account=account).delete()
        why = gettext("Gebuchte Termine bleiben, bis Sie sie absagen oder sie vorbei sind.") if kept else ""
        return Erased(gone=gone, kept=kept, why_kept=why)


def appointment_problems() -> Iterator[Finding]:
    """Holds that nobody let go: is the worker running? Appointments that are longer kept than they may be."""
    now = clock.now()
    stuck = Appointment.objects.filter(held_until__lt=now - LATE, state__in=[State.HELD, State.OFFERED]).count()
    if stuck:
        yield Finding(Level.WARNING, f"{stuck} held appointments are over but not given back; is the worker running?")
    old = Appointment.objects.filter(ends_at__lt=now - timedelta(days=jobs.DAYS_KEPT + 2)).count()
    if old:
        yield Finding(Level.WARNING, f"{old} appointments are kept for longer than {jobs.DAYS_KEPT} days; see the jobs page.")


def register() -> None:
    """Fill the registries below."""
    origins.register(ORIGIN, AppointmentOrigin())
    personal_data.register("appointments", AppointmentData())
    checks.registry.register("appointments", appointment_problems)
    demo.registry.register("appointments", DemoAppointments())
    calendars.registry.register(calendars.APPOINTMENTS, AppointmentCalendar())
