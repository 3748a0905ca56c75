"""Mails that sign nothing: filed in the case they name, or as a new case, with what is known of their sender."""

from collections.abc import Collection

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from direktdraht.cases import actions as cases
from direktdraht.cases.actions import PersonFacts
from direktdraht.cases.models import Case
from direktdraht.foundation.documents import actions as documents
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.documents.types import DocumentRefused
from direktdraht.people.models import Unit
from direktdraht.submissions.demail.reading import Letter
from direktdraht.submissions.models import Declaration, DeMail, MailState, Submission
from direktdraht.writtenform import by_demail
from direktdraht.writtenform.by_demail import Examined

OWNER = "demail"
ORIGIN = "demail"
NO_UNIT = N_("Die Stelle, die De-Mails ohne Vorgang bekommt, gibt es nicht. Bitte prüfen Sie die Einrichtung.")
MOST_WORDS = 20_000


def file_mail(mail: DeMail, letter: Letter, examined: Examined, unit_key: str) -> None:
    """File a mail that signs no waiting declaration: to the case it names, to that of its first copy, else as a new case."""
    reason = "" if examined.verdict.demail else by_demail.why_not(examined.verdict)
    repeated = next((check for check in examined.verdict.checks if check.name == "replay" and check.ok is False), None)
    case = first_case(mail) if repeated else None
    if repeated and case is not None:
        mail.state, mail.reason = MailState.REFUSED, repeated.detail
        add_to(case, mail, letter, examined, repeated.detail, from_person=False)
        return
    mail.state, mail.reason = (MailState.REFUSED, reason) if reason else (MailState.FILED, "")
    case = case_of(mail, letter)
    if case is not None:
        sender = examined.verdict.sender
        known = bool(sender) and case.channel == by_demail.WAY and case.channel_address == sender
        add_to(case, mail, letter, examined, reason, from_person=known and not repeated)
        return
    unit = mail.unit or Unit.objects.filter(key=unit_key).first()
    if unit is None:
        mail.state, mail.reason = MailState.HELD, NO_UNIT
        return
    open_new(mail, letter, examined, unit, reason)


def file_refused(mail: DeMail, letter: Letter, examined: Examined, declaration: Declaration, reason: str) -> None:
    """File a mail that should have signed a declaration and does not: to the case of its first copy, else as a new case."""
    mail.state, mail.reason = MailState.REFUSED, reason
    case = first_case(mail)
    if case is not None:
        add_to(case, mail, letter, examined, reason, from_person=False)
        return
    open_new(mail, letter, examined, declaration.unit, reason)


def case_of(mail: DeMail, letter: Letter) -> Case | None:
    """The case that the subject names: by the code of a declaration that was sent, or by its number."""
    if letter.code:
        sent = Submission.objects.select_related("case").filter(pk__in=Declaration.objects.filter(code=letter.code).values("draft_id"))
        found = sent.first()
        if found is not None:
            return found.case
        earlier = DeMail.objects.select_related("case").filter(code=letter.code, case__isnull=False, state=MailState.SIGNED).first()
        if earlier is not None:
            return earlier.case
    return Case.objects.filter(number=letter.number).first() if letter.number else None


def first_case(mail: DeMail) -> Case | None:
    """The case in which an earlier genuine copy of this mail lies."""
    earlier = DeMail.objects.select_related("case").filter(genuine=True, keys__overlap=mail.keys, case__isnull=False)
    found = earlier.exclude(pk=mail.pk).order_by("arrived_at", "pk").first()
    return found.case if found is not None else None


def add_to(case: Case, mail: DeMail, letter: Letter, examined: Examined, reason: str, *, from_person: bool) -> None:
    """Add the mail to a case: as the person's word, or as a note that names the doubt."""
    doubt = reason or ("" if from_person else _("Ob die Nachricht von der Person dieses Vorgangs kommt, ist nicht bestätigt."))
    cases.take_in_mail(
        case=case,
        text=words_of(letter, doubt),
        name=name_of(letter, examined),
        documents=files_of(mail, letter),
        from_person=from_person,
    )
    mail.case, mail.unit = case, case.unit


def open_new(mail: DeMail, letter: Letter, examined: Examined, unit: Unit, reason: str) -> None:
    """Open a case with the mail; a genuine sender is answered by De-Mail."""
    verdict = examined.verdict
    case, _key = cases.open_case(
        origin=ORIGIN,
        origin_ref=str(mail.pk),
        title=letter.subject or _("De-Mail ohne Betreff"),
        service=None,
        unit=unit,
        person=PersonFacts(name=(verdict.holder or verdict.sender or "")[:200] if verdict.demail else ""),
        text=words_of(letter, reason),
        documents=files_of(mail, letter),
    )
    mail.case, mail.unit = case, unit
    if verdict.demail and verdict.sender:
        cases.open_channel(case=case, channel=by_demail.WAY, address=verdict.sender)


def words_of(letter: Letter, doubt: str) -> str:
    """The mail as the thread shows it; a doubt about it stands above."""
    lines = []
    if doubt:
        lines += [_("Kein Nachweis: %(reason)s") % {"reason": _(doubt)}, _("Genannter Absender: %(sender)s") % {"sender": letter.sender}]
    lines += [_("Betreff: %(subject)s") % {"subject": letter.subject or "–"}, "", letter.text[:MOST_WORDS] or _("(ohne Text)")]
    return "\n".join(lines)


def name_of(letter: Letter, examined: Examined) -> str:
    """Whom the provider vouches for; else that nobody does."""
    verdict = examined.verdict
    return (verdict.holder or verdict.sender or "")[:200] if verdict.demail else _("Unbestätigter Absender")


def files_of(mail: DeMail, letter: Letter, *, without: Collection[str] = ()) -> list[Document]:
    """The raw mail, and those of its files that this house hands out; the others can be had from the raw mail."""
    found = [mail.document] if mail.document is not None else []
    for one in letter.attachments:
        if one.sha256 in without:
            continue
        try:
            found.append(documents.store(stream=ContentFile(one.content), name=one.name, owner_kind=OWNER, owner_id=str(mail.pk)))
        except DocumentRefused:
            continue
    return found
