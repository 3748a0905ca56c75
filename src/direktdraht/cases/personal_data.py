"""What cases hold of a person, for information, export and erasure."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from direktdraht.cases.models import Case, MessageKind
from direktdraht.people.models import Account
from direktdraht.people.personal_data import Erased


class CaseData:
    """The person's cases with what both sides wrote; internal notes are not the person's words."""

    label = _("Vorgänge")
    purpose = _("Bearbeitung Ihrer Anliegen")
    basis = "Art. 6 (1) lit. e DSGVO"
    retention = _("nach der Aufbewahrungsfrist der Dienstleistung")

    def find(self, account: Account) -> int:
        """Count the cases of the account."""
        return Case.objects.filter(account=account).count()

    def export(self, account: Account) -> list[dict[str, Any]]:
        """Return each case with its messages and looks."""
        found = Case.objects.filter(account=account).prefetch_related("messages", "looks__unit").order_by("received_at", "pk")
        return [self.row(case) for case in found]

    def row(self, case: Case) -> dict[str, Any]:
        """Return one case in words."""
        messages = sorted((m for m in case.messages.all() if m.kind != MessageKind.INTERNAL), key=lambda m: (m.sent_at, str(m.pk)))
        looks = sorted(case.looks.all(), key=lambda look: look.hour)
        return {
            "Vorgang": case.number,
            "Titel": case.title,
            "Name": case.person_name,
            "E-Mail": case.person_email,
            "Anschrift": case.person_address,
            "Eingang": case.received_at.isoformat(),
            "Stand": str(case.get_state_display()),
            "Nachrichten": [{"Von": m.author_name, "Wann": m.sent_at.isoformat(), "Text": m.text} for m in messages],
            "Einsichten": [{"Stelle": look.unit.name, "Wann": look.hour.isoformat()} for look in looks],
        }

    def erase(self, account: Account) -> Erased:
        """Erase nothing: the file of the administration is kept until its retention ends."""
        kept = self.find(account)
        why = gettext("Vorgänge bleiben bis zum Ende ihrer Aufbewahrungsfrist.") if kept else ""
        return Erased(gone=0, kept=kept, why_kept=why)
