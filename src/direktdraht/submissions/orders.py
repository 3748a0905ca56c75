"""The fee of a submission: ordered after it was received, so that it never delays the receipt or the sender's deadline."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from direktdraht.cases import opened
from direktdraht.cases.access import may_work
from direktdraht.cases.models import Case
from direktdraht.foundation import clock
from direktdraht.foundation.money import cents_of
from direktdraht.payments import actions
from direktdraht.payments.models import Order
from direktdraht.payments.queries import orders_of
from direktdraht.payments.registry import NothingHeld
from direktdraht.payments.rule_queries import fee_place
from direktdraht.people.models import Account
from direktdraht.submissions import access, kinds
from direktdraht.submissions.kinds import Ready
from direktdraht.submissions.models import Draft, Submission

OWNER = "submission"


def order_fee(draft: Draft, submission: Submission, ready: Ready) -> Order | None:
    """Order the fee of what was just received, inside the same transaction; none where nothing is to be paid now.

    The draft's key opens the order too. A rule says where the fee of a service goes in the city's books.
    What was paid first has its order already.
    """
    if not ready.fee or not ready.fee_ordered:
        return None
    paid_first = orders_of(OWNER, str(submission.pk)).filter(closed="").first()
    return paid_first or make_order(draft, ready)


def make_order(draft: Draft, ready: Ready, *, ways: Sequence[str] = (), expires_at: datetime | None = None) -> Order:
    """An order over the fee of a draft that can be sent; the submission will have the draft's id."""
    place = fee_place(ready.service.key if ready.service is not None else "", clock.today(), unit=ready.unit.pk)
    line = actions.WantedLine(
        text=ready.title,
        cents=cents_of(ready.fee or Decimal(0)),
        revenue_account=place.account,
        cost_centre=place.cost_centre,
        law=place.law,
    )
    payer = actions.Payer(name=ready.person_name, email=ready.person_email, account=draft.account, language=draft.language)
    return actions.create_order(
        owner_kind=OWNER,
        owner_id=str(draft.pk),
        title=ready.title,
        payer=payer,
        lines=[line],
        key=draft.case_key,
        ways=ways,
        expires_at=expires_at,
    )


def fee_order(submission: Submission) -> Order | None:
    """The order of a submission's fee."""
    return orders_of(OWNER, str(submission.pk)).first()


class SubmissionOrders(NothingHeld):
    """Orders for the fees of submissions. What was sent stays sent, paid or not."""

    def may_see(self, request: HttpRequest, order: Order) -> bool:
        """Whether the asker sent it, or is the person of its case."""
        submission = Submission.objects.select_related("case").filter(pk=UUID(order.owner_id)).first()
        if submission is None:
            draft = Draft.objects.filter(pk=UUID(order.owner_id)).first()  # paid first
            return draft is not None and access.may_open(request, draft.pk, draft.account_id)
        return access.may_open(request, submission.pk, submission.account_id) or opened.is_person_of(request, submission.case)

    def may_manage(self, by: Account, order: Order) -> bool:
        """Whether the account works with the case."""
        case = Case.objects.select_related("unit").filter(origin=OWNER, origin_ref=order.owner_id).first()
        return case is not None and may_work(by, case)

    def page(self, order: Order) -> tuple[str, str]:
        """The case; before it was sent, the page with all answers."""
        case = Case.objects.filter(origin=OWNER, origin_ref=order.owner_id).first()
        if case is not None:
            return reverse("cases:case", args=[case.number]), f"{case.title}, {case.number}"
        draft = Draft.objects.filter(pk=UUID(order.owner_id), sent_at=None).first()
        return (kinds.registry.get(draft.kind).review_url(draft), order.title) if draft else ("", "")

    def link(self, order: Order) -> str:
        """The order's own page: the key of the case opens it, and no mail holds a key."""
        return ""
