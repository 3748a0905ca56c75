"""What was paid first is finished, whatever died in between: sent as it was seen, or given back."""

from datetime import timedelta

from direktdraht.foundation import clock
from direktdraht.foundation.faults import fault
from direktdraht.submissions import actions, kinds, paying_first
from direktdraht.submissions.errors import ChangedMeanwhile
from direktdraht.submissions.models import Draft, PaidFirst, Submission

# So long the person may still send what they changed after they had paid.
GIVEN_UP_AFTER = timedelta(hours=24)
MOST_AT_ONCE = 200


def finish_all() -> int:
    """Finish what can be finished now; returns how many."""
    waiting = PaidFirst.objects.select_related("order").filter(ended_at=None).order_by("began_at", "pk")
    return sum(finish(kept) for kept in waiting[:MOST_AT_ONCE])


def finish(kept: PaidFirst) -> bool:
    """Send a paid draft as it was seen; give the money back if that has not worked for a day. Whether it is at its end."""
    order = kept.order
    if Submission.objects.filter(pk=kept.draft_id).exists() or (order.closed and order.owed_cents == 0):
        return end(kept)
    if order.settled_at is None:
        if order.closed:
            paying_first.give_back(order, "nicht rechtzeitig bezahlt")
            return end(kept)
        return False
    draft = Draft.objects.filter(pk=kept.draft_id).first()
    if draft is not None:
        try:
            fault("paid_first.before_submit")
            actions.submit(draft, seen_digest=kept.digest)
        except (kinds.NotReady, ChangedMeanwhile):
            pass  # changed after it was paid: the person sends it, or gets the money back
        else:
            return end(kept)
    if draft is None or clock.now() - order.settled_at > GIVEN_UP_AFTER:
        fault("paid_first.before_refund")
        paying_first.give_back(order, "nicht abgesendet")
        return end(kept)
    return False


def end(kept: PaidFirst) -> bool:
    """Note that it is at its end."""
    PaidFirst.objects.filter(pk=kept.pk, ended_at=None).update(ended_at=clock.now())
    return True
