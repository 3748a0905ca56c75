"""What may no longer be kept: health notes 14 days after the end, drafts that nobody sent."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max, Q

from direktdraht.bookings.registrations.models import LIVE, Participant, Registration
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal

HEALTH_DAYS = 14
DRAFT_DAYS = 7
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


def discard_old_drafts() -> int:
    """Delete registrations that were begun a week ago and never sent."""
    limit = clock.now() - timedelta(days=DRAFT_DAYS)
    old = Registration.objects.filter(sent_at__isnull=True, created_at__lt=limit)
    count = old.count()
    old.delete()
    return count


def forget_people() -> int:
    """Take the people out of registrations 90 days after the last session of their series; numbers, lots and places stay.

    Journal: ``registration.erased``.
    """
    limit = clock.now() - timedelta(days=KEPT_DAYS)
    known = Registration.objects.filter(sent_at__isnull=False, series__closes_at__lt=limit).exclude(contact_email="")
    over = known.annotate(ends=Max("series__offers__sessions__ends_at")).filter(Q(ends__lt=limit) | Q(ends__isnull=True))
    keys = list(over.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        with transaction.atomic():
            blank = dict.fromkeys(("contact_name", "contact_email", "contact_phone", "emergency_name", "emergency_phone", "pickup"), "")
            Registration.objects.filter(pk=key).update(account=None, **blank)
            Participant.objects.filter(registration=key).update(name="", answers={}, mark="", health=None)
            journal.record("registration.erased", subject=f"registration:{key}", facts={"days": KEPT_DAYS})
    return len(keys)
