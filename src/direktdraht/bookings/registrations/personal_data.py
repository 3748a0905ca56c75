"""What registrations hold of a person, for information, export and erasure."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from direktdraht.bookings.registrations import asking, clearing, sealing
from direktdraht.bookings.registrations.models import HOLDING, BookingState, Participant, Registration, Series
from direktdraht.foundation import clock
from direktdraht.people.models import Account
from direktdraht.people.personal_data import Erased
from direktdraht.submissions.models import Draft


class RegistrationData:
    """The person's registrations with participants, wishes, places, and who read health notes."""

    label = _("Anmeldungen")
    purpose = _("Vergabe von Plätzen und Durchführung der Angebote")
    basis = "Art. 6 (1) lit. b und e, Art. 9 (2) lit. a DSGVO"
    retention = _("bis 90 Tage nach dem Ende der Angebote, Angaben zur Gesundheit bis 14 Tage danach")

    def find(self, account: Account) -> int:
        """Count the registrations of the account."""
        return Registration.objects.filter(account=account).count()

    def export(self, account: Account) -> list[dict[str, Any]]:
        """Return each registration with all of its participants."""
        people = (
            "participants__wishes__offer",
            "participants__bookings__offer",
            "participants__health_looks__account",
            "participants__attendances__session__offer",
            "participants__attendances__by",
        )
        found = Registration.objects.filter(account=account).select_related("series").prefetch_related(*people)
        return [self.row(one) for one in found.order_by("created_at", "pk")]

    def row(self, registration: Registration) -> dict[str, Any]:
        """Return one registration in words."""
        people = sorted(registration.participants.all(), key=lambda one: one.position)
        return {
            "Vorgang": registration.number or "",
            "Reihe": registration.series.title,
            "Name": registration.contact_name,
            "E-Mail": registration.contact_email,
            "Telefon": registration.contact_phone,
            "Notfallkontakt": f"{registration.emergency_name} {registration.emergency_phone}".strip(),
            "Abholung": registration.pickup,
            "Einwilligung": registration.consent_at.isoformat() if registration.consent_at else "",
            "Abgesendet": registration.sent_at.isoformat() if registration.sent_at else "",
            "Personen": [self.person(one, registration.series) for one in people],
        }

    def person(self, participant: Participant, series: Series) -> dict[str, Any]:
        """Return one participant in words."""
        return {
            "Name": participant.name,
            "Geboren": participant.born_on.isoformat(),
            "Los": participant.lot,
            "Antworten": [f"{question} {words}" for question, words in asking.all_in_words(series, participant, "de")],
            "Gesundheit": sealing.unseal(participant.health),
            "Wünsche": [wish.offer.title for wish in sorted(participant.wishes.all(), key=lambda wish: wish.rank)],
            "Plätze": [
                f"{one.offer.title}: {one.get_state_display()}" for one in sorted(participant.bookings.all(), key=lambda one: one.pk)
            ],
            "Anwesenheit": [
                f"{one.session.offer.title}, {one.session.starts_at.isoformat()}: {one.get_presence_display()} ({one.by or '-'})"
                for one in sorted(participant.attendances.all(), key=lambda one: one.pk)
            ],
            "Gelesen von": [
                f"{look.account or '-'}, {look.hour.isoformat()}"
                for look in sorted(participant.health_looks.all(), key=lambda one: one.hour)
            ],
        }

    def erase(self, account: Account) -> Erased:
        """Erase what has no place, no line, no draw and no order behind it; the rest stays until its offers are over."""
        mine = Registration.objects.filter(account=account)
        lives = Q(
            participants__bookings__state__in=[*HOLDING, BookingState.WAITING],
            participants__bookings__offer__sessions__ends_at__gt=clock.now(),
        )
        waits = Q(series__closes_at__gt=clock.now(), sent_at__isnull=False, withdrawn_at__isnull=True)
        paid = Q(participants__bookings__order__isnull=False)
        kept = set(mine.filter(lives | waits | paid).values_list("pk", flat=True))
        unsent = mine.filter(sent_at__isnull=True).count()
        Draft.objects.filter(registration__in=mine.filter(sent_at__isnull=True)).delete()
        sent = list(mine.filter(sent_at__isnull=False).exclude(pk__in=kept).select_related("case").order_by("pk"))
        answered = sum(clearing.forget(one) for one in sent)
        unanswered = len(sent) - answered
        why = gettext("Diese Anmeldungen laufen noch, gehören zu einer Zahlung oder warten auf eine Antwort.") if kept or unanswered else ""
        return Erased(gone=unsent + answered, kept=len(kept) + unanswered, why_kept=why)
