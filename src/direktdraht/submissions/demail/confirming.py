"""Confirmations of the provider (Versand-, Eingangs- und Abholbestätigung): evidence of the city's own De-Mail, and its instants."""

from django.utils.translation import gettext as _

from direktdraht.cases import actions as cases
from direktdraht.cases.errors import CasesError
from direktdraht.foundation.journal import actions as journal
from direktdraht.foundation.web.dates import moment_words
from direktdraht.submissions.demail import acknowledging
from direktdraht.submissions.demail.acknowledging import DISPATCH, RECEIPT, Acknowledgement
from direktdraht.submissions.demail.reading import Letter
from direktdraht.submissions.models import Confirmation, DeMail, MailState, SendingState, SentDeMail
from direktdraht.writtenform.by_demail import Examined

ORDER = (
    SendingState.QUEUED,
    SendingState.FAILED,
    SendingState.HANDED,
    SendingState.DISPATCHED,
    SendingState.DELIVERED,
    SendingState.RETRIEVED,
)


def file_confirmation(mail: DeMail, letter: Letter, examined: Examined) -> bool:
    """File a genuine confirmation of one of the city's De-Mails; False for any other mail.

    A confirmation that no provider signed proves nothing and is filed as any mail. Journal: ``demail.confirmed``.
    """
    found = acknowledging.read_acknowledgement(letter)
    if found is None or not examined.verdict.demail or is_copy(examined):
        return False
    sent = sent_mail(found, letter)
    if sent is None:
        return False
    Confirmation.objects.get_or_create(mail=mail, defaults={"sent": sent, "kind": found.kind, "at": found.at})
    mail.state, mail.case, mail.unit, mail.reason = MailState.EVIDENCE, sent.case, sent.case.unit, ""
    note(sent, found)
    kept = [mail.document] if mail.document is not None else []
    cases.tell_staff(case=sent.case, text=words_of(found), documents=kept, unread=False)
    journal.record("demail.confirmed", subject=sent.case.subject, facts={"kind": found.kind, "mail": str(sent.pk)})
    if sent.decision is not None and found.kind in {DISPATCH, RECEIPT}:
        try:
            cases.confirm_dispatch(decision=sent.decision, at=found.at)
        except CasesError as problem:
            cases.tell_staff(case=sent.case, text=str(problem))
    return True


def words_of(found: Acknowledgement) -> str:
    """What is confirmed, as the case shows it."""
    names = {
        acknowledging.DISPATCH: _("Versandbestätigung des De-Mail-Anbieters: %(moment)s"),
        acknowledging.RECEIPT: _("Eingangsbestätigung des De-Mail-Anbieters: %(moment)s"),
        acknowledging.RETRIEVAL: _("Abholbestätigung des De-Mail-Anbieters: %(moment)s"),
    }
    return names[found.kind] % {"moment": moment_words(found.at)}


def is_copy(examined: Examined) -> bool:
    """Whether this very confirmation was filed before."""
    return any(check.name == "replay" and check.ok is False for check in examined.verdict.checks)


def sent_mail(found: Acknowledgement, letter: Letter) -> SentDeMail | None:
    """The De-Mail that is confirmed: by the id that we gave it, which nobody can guess."""
    for text in (letter.private_id, found.private_id):
        sent = SentDeMail.objects.select_for_update(of=("self",)).select_related("case__unit", "decision__case")
        known = sent.filter(pk=text).first() if acknowledging.is_id(text) else None
        if known is not None:
            return known
    return None


def note(sent: SentDeMail, found: Acknowledgement) -> None:
    """Keep the instant of the confirmation; the state only goes forward."""
    state, field = {
        acknowledging.DISPATCH: (SendingState.DISPATCHED, "dispatched_at"),
        acknowledging.RECEIPT: (SendingState.DELIVERED, "delivered_at"),
        acknowledging.RETRIEVAL: (SendingState.RETRIEVED, "retrieved_at"),
    }[found.kind]
    if getattr(sent, field) is None:
        setattr(sent, field, found.at)
    if ORDER.index(state) > ORDER.index(SendingState(sent.state)):
        sent.state, sent.problem = state, ""
    sent.save()
