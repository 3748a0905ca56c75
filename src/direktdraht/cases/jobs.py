"""Background work of the direct line."""

from django.db.models import Q

from direktdraht.cases import actions
from direktdraht.cases.models import Decision, DecisionState
from direktdraht.foundation import clock
from direktdraht.foundation.jobs import periodic


@periodic(name="cases.settle_decisions", cron="7 * * * *")
def settle_decisions(timestamp: int) -> int:
    """Withdraw what nobody retrieved, make known what counts as known, make final what is over; returns how many moved."""
    today = clock.today()
    on_its_way = Q(state=DecisionState.DISPATCHED) & (Q(known_on__lte=today) | Q(withdraw_on__lt=today, retrieved_at__isnull=True))
    over = Q(state=DecisionState.KNOWN, final_on__lt=today, objected_at__isnull=True)
    due = Decision.objects.filter(on_its_way | over).select_related("case").order_by("pk")
    return sum(bool(actions.settle(decision=decision)) for decision in due)
