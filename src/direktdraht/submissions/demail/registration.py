"""What De-Mail registers: who may read its mails, how a case shows one, the channel for answers, personal data; its schedule."""

from datetime import datetime
from typing import Any

from django.db.models import Value
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from direktdraht.cases.access import working_units
from direktdraht.cases.registries import Matter, OriginSection, channels, origins
from direktdraht.foundation.documents import owners
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.verdicts import Check
from direktdraht.foundation.web.tables import ShownFile
from direktdraht.people import personal_data
from direktdraht.people.access import speaks_as_staff
from direktdraht.people.models import Account
from direktdraht.people.personal_data import Erased
from direktdraht.submissions.demail import filing, schedule, taking_in
from direktdraht.submissions.demail.channel import DeMailChannel
from direktdraht.submissions.models import DeMail, MailState, SendingState, SentDeMail
from direktdraht.writtenform import by_demail

SCHEDULE = schedule.__name__  # read here, so that the worker knows its jobs


class DeMailFiles:
    """Raw mails: clerks of the unit to which a mail belongs."""

    def may_read(self, request: HttpRequest, document: Document) -> bool:
        """Whether the asker works in the unit of the mail."""
        mail = DeMail.objects.filter(pk=document.owner_id).first()
        if mail is None or not speaks_as_staff(request):
            return False
        return mail.unit_id in {unit.pk for unit in working_units(request.user)}


class DeMailOrigin:
    """Shows the De-Mail with which a case began."""

    def matter(self, ref: str) -> Matter:
        """None: the case is all there is."""
        del ref
        return Matter()

    def describe(self, ref: str) -> str:
        """Where the case comes from, in a few words."""
        mail = DeMail.objects.filter(pk=ref).first()
        if mail is None:
            return _("E-Mail an das De-Mail-Postfach")
        return _("De-Mail") if mail.genuine else _("E-Mail an das De-Mail-Postfach")

    def sections(self, ref: str) -> list[OriginSection]:
        """What is known of the mail, and every check."""
        mail = DeMail.objects.filter(pk=ref).first()
        if mail is None or mail.erased_at is not None:
            return []
        facts = [(_("Genannter Absender"), mail.sender), (_("Betreff"), mail.subject), (_("Stand"), str(mail.get_state_display()))]
        marks = {True: _("ja"), False: _("nein"), None: _("nicht geprüft")}
        rows = [(marks[check.ok], _(check.detail)) for check in map(Check.from_json, mail.checks)]
        return [OriginSection(_("De-Mail"), facts), *([OriginSection(_("Prüfung"), rows)] if rows else [])]

    def files(self, ref: str) -> list[ShownFile]:
        """Nothing: its files stand in the thread."""
        del ref
        return []


class DeMailData:
    """Mails in the cases of a person."""

    label = gettext_lazy("De-Mails")
    purpose = gettext_lazy("Entgegennahme und Prüfung Ihrer De-Mails")
    basis = "Art. 6 (1) lit. e DSGVO, § 3a VwVfG"
    retention = gettext_lazy("Rohdaten nach der eingestellten Frist, sonst mit dem Vorgang")

    def find(self, account: Account) -> int:
        """Count the mails in the cases of the account, both ways."""
        came = DeMail.objects.filter(case__account=account, erased_at=None).count()
        return came + SentDeMail.objects.filter(case__account=account).count()

    def export(self, account: Account) -> list[dict[str, Any]]:
        """Return what is known of each mail."""
        came = DeMail.objects.filter(case__account=account, erased_at=None)
        sent = SentDeMail.objects.filter(case__account=account)
        # One question for both ways: an export asks every room.
        rows = came.values_list("case__number", "sender", "subject", "arrived_at", "state").union(
            sent.values_list("case__number", Value(""), "to", "created_at", "state"), all=True
        )
        return [self.row(*row) for row in rows.order_by("arrived_at")]

    def row(self, number: str, sender: str, words: str, at: datetime, state: str) -> dict[str, Any]:
        """Return one mail in words; without a sender it is the city's, and ``words`` is to whom it went."""
        if sender:
            label = MailState(state).label
            return {"Vorgang": number, "Absender": sender, "Betreff": words, "Eingang": at.isoformat(), "Stand": str(label)}
        known = SendingState(state).label if state in SendingState.values else MailState(state).label
        return {"Vorgang": number, "An": words, "Erstellt": at.isoformat(), "Stand": str(known)}

    def erase(self, account: Account) -> Erased:
        """Erase nothing: mails belong to the file of the administration until its retention ends."""
        kept = self.find(account)
        return Erased(
            gone=0, kept=kept, why_kept=_("De-Mails bleiben bei ihrem Vorgang bis zum Ende der Aufbewahrungsfrist.") if kept else ""
        )


def register() -> None:
    """Fill the registries below."""
    owners.register(taking_in.OWNER, DeMailFiles())
    origins.register(filing.ORIGIN, DeMailOrigin())
    channels.register(by_demail.WAY, DeMailChannel())
    personal_data.register("demails", DeMailData())
