"""What may no longer be kept: health notes 14 days after the end, people 90 days after it. Drafts are cleared as all drafts are."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max, Q

from direktdraht.bookings.registrations.models import LIVE, Attendance, OfferWish, Participant, Registration
from direktdraht.cases import actions as cases
from direktdraht.cases.models import Outcome
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.submissions import actions as submissions
from direktdraht.submissions.models import Submission

HEALTH_DAYS = 14
KEPT_DAYS = 90


def erase_health() -> int:
    """Erase health notes 14 days after the last session of everything that the person takes part in or waits for.

    Without any place they go 14 days after the last session that was wished for. Journal: ``registration.health_erased``.
    """
    limit = clock.now() - timedelta(days=HEALTH_DAYS)
    ends = Max("bookings__offer__sessions__ends_at", filter=Q(bookings__state__in=LIVE))
    kept = Participant.objects.filter(health__isnull=False).annotate(ends=ends, wished=Max("wishes__offer__sessions__ends_at"))
    over = kept.filter(Q(ends__lte=limit) | Q(ends__isnull=True, wished__lte=limit) | Q(registration__withdrawn_at__isnull=False))
    erased = 0
    for participant in list(over.select_related("registration").order_by("pk")):
        with transaction.atomic():
            changed = Participant.objects.filter(pk=participant.pk, health__isnull=False).update(health=None, health_erased_at=clock.now())
            if changed:
                journal.record("registration.health_erased", subject=participant.registration.subject, facts={"days": HEALTH_DAYS})
        erased += changed
    return erased


def forget_people() -> int:
    """Take the people out of registrations 90 days after the last session of their series; numbers, lots and places stay.

    One to which somebody still has to answer waits until that is done. Journal: ``registration.erased``.
    """
    limit = clock.now() - timedelta(days=KEPT_DAYS)
    known = Registration.objects.filter(sent_at__isnull=False, series__closes_at__lt=limit).exclude(contact_email="")
    over = known.annotate(ends=Max("series__offers__sessions__ends_at")).filter(Q(ends__lt=limit) | Q(ends__isnull=True))
    return sum(forget(one) for one in list(over.select_related("case").order_by("pk")))


def forget(registration: Registration) -> bool:
    """Take the people out of a registration that was sent, out of its record and out of its case, which ends with it.

    Nothing happens while somebody still has to answer in the case. Journal: ``registration.erased``, ``submission.erased``,
    ``case.closed``, ``case.erased``.
    """
    with transaction.atomic():
        case = registration.case
        if case is not None:
            cases.run_out(case=case, outcome=Outcome.TAKEN_BACK if registration.withdrawn_at else Outcome.DONE)
            if not cases.erase(case=case):
                return False
        for submission in Submission.objects.filter(pk=registration.pk):
            submissions.erase(submission)
        blank = dict.fromkeys(("contact_name", "contact_email", "contact_phone", "emergency_name", "emergency_phone", "pickup"), "")
        Registration.objects.filter(pk=registration.pk).update(account=None, unsaid=None, **blank)
        Attendance.objects.filter(participant__registration=registration).delete()
        OfferWish.objects.filter(participant__registration=registration).update(answers={})
        Participant.objects.filter(registration=registration).update(name="", answers={}, mark="", health=None)
        journal.record("registration.erased", subject=registration.subject, facts={"days": KEPT_DAYS})
    return True
