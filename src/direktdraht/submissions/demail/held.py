"""What staff can do with a mail that is held: let it be examined once more, or make a case of it as it is."""

from django.db import transaction
from django.utils.translation import gettext as _

from direktdraht.cases import actions as cases
from direktdraht.cases.access import working_units
from direktdraht.cases.actions import PersonFacts
from direktdraht.cases.models import Case
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account
from direktdraht.submissions.demail import filing, jobs
from direktdraht.submissions.models import DeMail, MailState


def try_again(mail: DeMail, *, by: Account) -> None:
    """Queue the examination of a held mail once more; any other is left alone. Journal: ``demail.tried_again``."""
    with transaction.atomic():
        waiting = DeMail.objects.filter(pk=mail.pk, state=MailState.HELD, case=None)
        if waiting.update(state=MailState.RECEIVED, reason=""):
            journal.record("demail.tried_again", subject=f"demail:{mail.pk}", by=str(by.pk))
            jobs.handle_mail.defer(mail_id=str(mail.pk))


def file_as_case(mail: DeMail, *, by: Account) -> Case | None:
    """Make a case of a held mail in its unit, or in the clerk's first; it proves nothing. Journal: ``case.opened``, ``demail.handled``."""
    with transaction.atomic():
        locked = DeMail.objects.select_for_update(of=("self",)).select_related("document", "unit", "case").get(pk=mail.pk)
        units = working_units(by)
        if locked.state != MailState.HELD or locked.case is not None or not units:
            return locked.case
        unit = locked.unit if locked.unit in units and locked.unit is not None else units[0]
        case, _key = cases.open_case(
            origin=filing.ORIGIN,
            origin_ref=str(locked.pk),
            title=locked.subject or _("De-Mail ohne Betreff"),
            service=None,
            unit=unit,
            person=PersonFacts(),
            text=_("Kein Nachweis: %(reason)s") % {"reason": _(locked.reason)},
            documents=[locked.document] if locked.document is not None else [],
        )
        locked.case, locked.unit, locked.state, locked.handled_at = case, unit, MailState.REFUSED, clock.now()
        locked.save()
        journal.record("demail.handled", subject=f"demail:{locked.pk}", facts={"state": locked.state}, by=str(by.pk))
    return case
