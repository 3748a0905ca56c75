"""De-Mail as a channel of cases: answers and decisions are queued in the transaction that makes them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from direktdraht.cases.models import Decision, Message
from direktdraht.submissions.demail import jobs
from direktdraht.submissions.models import SentDeMail
from direktdraht.writtenform import demail_connection


class DeMailChannel:
    """Answers go to the person's De-Mail address, through the provider's gateway."""

    label = gettext_lazy("De-Mail")

    def problems(self) -> Sequence[str]:
        """No gateway, or a broken one."""
        try:
            known = demail_connection.connection()
        except demail_connection.SetupProblem:
            return [_("Die Einrichtung von De-Mail ist fehlerhaft. Wir kümmern uns darum.")]
        return [] if known is not None and known.gateway is not None else [_("De-Mails können hier nicht versandt werden.")]

    def send_message(self, message: Message) -> None:
        """Queue an answer, once."""
        case = message.case
        sent, new = SentDeMail.objects.get_or_create(message=message, defaults={"case": case, "to": case.channel_address})
        if new:
            jobs.hand_over.defer(sent_id=str(sent.pk))

    def send_decision(self, decision: Decision) -> None:
        """Queue a decision; each time that a clerk asks for it is a mail of its own."""
        case = decision.case
        sent = SentDeMail.objects.create(case=case, decision=decision, to=case.channel_address)
        jobs.hand_over.defer(sent_id=str(sent.pk))
