"""What becomes of a mail: examined, matched to a declaration or a case, and filed with what it proves. Every mail ends somewhere."""

from django.db import connection as database
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_noop as N_

from direktdraht.foundation import clock
from direktdraht.foundation.documents.storage import open_content
from direktdraht.foundation.journal import actions as journal
from direktdraht.submissions.demail import confirming, filing, signing
from direktdraht.submissions.demail.reading import Letter, keys_of, read_letter
from direktdraht.submissions.models import DeMail, MailState
from direktdraht.writtenform import by_demail, demail_connection
from direktdraht.writtenform.by_demail import Examined
from direktdraht.writtenform.demail.faults import UnreadableMail

OPEN = (MailState.RECEIVED, MailState.HELD)
STUCK = N_("Die Prüfung kam nicht zu Ende. Bitte versuchen Sie es noch einmal.")
NOT_SET_UP = N_("De-Mail ist hier nicht oder fehlerhaft eingerichtet. So lässt sich die Nachricht nicht prüfen.")
GONE = N_("Die Nachricht ist nicht mehr da.")


def handle(mail_id: str) -> str:
    """Examine a mail that waits or is held, and bring it where it belongs, in one transaction; returns its state.

    Journal: ``demail.handled``.
    """
    with transaction.atomic(), translation.override("de"):
        mail = DeMail.objects.select_for_update(of=("self",)).select_related("document").filter(pk=mail_id).first()
        if mail is None or mail.state not in OPEN or (mail.state == MailState.HELD and mail.case_id is not None):
            return "" if mail is None else mail.state
        decide(mail)
        mail.handled_at = clock.now()
        mail.save()
        facts: dict[str, str | int | bool | None] = {"state": mail.state, "genuine": mail.genuine, "confirmed": mail.confirmed}
        journal.record("demail.handled", subject=f"demail:{mail.pk}", facts=facts)
    return mail.state


def decide(mail: DeMail) -> None:
    """Set state and reason of a mail, and file it; nothing else in this house does."""
    raw = content_of(mail)
    try:
        known = demail_connection.connection()
        if raw is None or known is None:
            hold(mail, GONE if raw is None else NOT_SET_UP)
            return
        letter = read_letter(raw)
        mail.sender, mail.subject, mail.code = letter.sender[:320], letter.subject[:300], letter.code
        mail.keys = keys_of(letter.ids)
        seen = seen_before(mail, letter)
        examined = by_demail.examine(raw, recipients=known.addresses, seen=seen, at=clock.now())
    except UnreadableMail as problem:
        hold(mail, str(problem))
        return
    except (demail_connection.SetupProblem, OSError):
        hold(mail, NOT_SET_UP)
        return
    mail.genuine, mail.confirmed = examined.verdict.demail, examined.verdict.sender_confirmed
    mail.checks = [check.to_json() for check in examined.verdict.checks]
    bring(mail, letter, examined, known.unit)


def bring(mail: DeMail, letter: Letter, examined: Examined, unit: str) -> None:
    """To the De-Mail that it confirms, to the declaration that it signs, or to a case."""
    if confirming.file_confirmation(mail, letter, examined):
        return
    if signing.sign(mail, letter, examined):
        return
    filing.file_mail(mail, letter, examined, unit)


def seen_before(mail: DeMail, letter: Letter) -> list[str]:
    """Those of its identifiers that a genuine De-Mail had before; copies that are handled at the same moment wait here."""
    with database.cursor() as cursor:
        for key in mail.keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(key[:15], 16)])
    earlier = DeMail.objects.filter(genuine=True, keys__overlap=mail.keys).exclude(pk=mail.pk)
    known = {key for keys in earlier.values_list("keys", flat=True) for key in keys}
    return [one for one in letter.ids if keys_of([one])[0] in known]


def hold(mail: DeMail, reason: str) -> None:
    """Leave a mail for staff, with the reason."""
    mail.state, mail.reason = MailState.HELD, reason


def content_of(mail: DeMail) -> bytes | None:
    """The raw bytes; ``None`` when they are gone."""
    if mail.document is None:
        return None
    try:
        with open_content(mail.document.sha256) as content:
            data: bytes = content.read()
    except FileNotFoundError:
        return None
    return data
