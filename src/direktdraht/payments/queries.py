"""What can be asked about orders and the ledger."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Count, F, Min, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from direktdraht.foundation import clock
from direktdraht.payments import standing
from direktdraht.payments.ledger import RECEIVABLES, REFUNDS, UNCLEAR
from direktdraht.payments.ledger_file import USUAL, LineFacts, Profile
from direktdraht.payments.models import (
    CashDrawer,
    CashSession,
    ExportProfile,
    FormerNumber,
    LedgerAccount,
    Order,
    Payment,
    Posting,
    PostingLine,
    Refund,
    RefundState,
    Side,
)
from direktdraht.payments.standing import Standing
from direktdraht.people.models import Account

PAGE = 50
MOST_DRAWER_LINES = 200

# Debit counts up, credit down.
SIGNED = Case(When(side=Side.DEBIT, then=F("cents")), default=-F("cents"))


def sums_of(order: Order) -> Standing:
    """The sums of an order by its ledger entries, in one query; ``closed`` is for the caller to add."""
    return standings([order])[order.pk]


def standings(orders: Iterable[Order]) -> dict[UUID, Standing]:
    """The standing of many orders by the ledger alone, with one query."""
    by_order = {order.pk: order for order in orders}
    rows = (
        PostingLine.objects.filter(posting__order__in=list(by_order), account_id__in=[RECEIVABLES, REFUNDS])
        .order_by()
        .values_list("posting__order_id", "posting__kind", "account_id")
        .annotate(sum=Sum(SIGNED))
    )
    found: dict[UUID, dict[str, int]] = {key: {} for key in by_order}
    for order_id, kind, account, amount in rows:
        if order_id is None:
            continue
        name, sign = meaning(kind, account)
        if name:
            found[order_id][name] = found[order_id].get(name, 0) + sign * int(amount)
    return {key: Standing(closed=by_order[key].closed, **sums) for key, sums in found.items()}


def meaning(kind: str, account: str) -> tuple[str, int]:
    """Which sum of a standing a line of this kind and account belongs to, and its sign for a debit."""
    if account == REFUNDS:
        return ("refunded", 1) if kind in standing.REFUND_PAYMENTS else ("", 0)
    for kinds, name, sign in (
        (standing.CHARGES, "charged", 1),
        (standing.RECEIPTS, "received", -1),
        (standing.WAIVERS, "waived", -1),
        (standing.REFUND_REQUESTS, "asked_back", 1),
    ):
        if kind in kinds:
            return name, sign
    return "", 0


def revenue_of(order: Order) -> dict[tuple[str, str], int]:
    """What is charged by account and cost centre, after reductions, in the order of the order's lines."""
    rows = (
        PostingLine.objects.filter(posting__order=order, account__key__startswith="revenue:")
        .order_by()
        .values_list("account_id", "cost_centre")
        .annotate(sum=-Sum(SIGNED))
    )
    sums = {(account, centre): int(amount) for account, centre, amount in rows}
    places = [(f"revenue:{line.revenue_account}", line.cost_centre) for line in order.lines.order_by("position")]
    return {place: sums[place] for place in dict.fromkeys(places)}


def left_unclear(posting: Posting) -> int:
    """How many cents of an unclear receipt are neither assigned nor sent back."""
    held = PostingLine.objects.filter(account_id=UNCLEAR)
    own = held.filter(posting=posting).aggregate(sum=-Coalesce(Sum(SIGNED), Value(0)))["sum"]
    gone = held.filter(posting__settles=posting).aggregate(sum=Coalesce(Sum(SIGNED), Value(0)))["sum"]
    return int(own) - int(gone)


def unclear_receipts() -> dict[int, int]:
    """Numbers of the postings that hold unclear money, with the cents that are left; the oldest value date first."""
    rows = (
        PostingLine.objects.filter(account_id=UNCLEAR)
        .order_by()
        .values_list(Coalesce("posting__settles_id", "posting_id"))
        .annotate(left=-Sum(SIGNED), first=Min("posting__value_date"))
        .filter(left__gt=0)
        .order_by("first", Coalesce("posting__settles_id", "posting_id"))
    )
    return {int(number): int(left) for number, left, _first in rows}


def left_to_refund(payment: Payment) -> int:
    """How many cents of a paid attempt were not asked back yet."""
    asked = Refund.objects.filter(payment=payment).exclude(state=RefundState.WITHDRAWN).aggregate(sum=Sum("cents"))["sum"]
    return payment.cents - int(asked or 0)


def orders_of(owner_kind: str, owner_id: str) -> QuerySet[Order]:
    """The orders of one thing, oldest first."""
    return Order.objects.filter(owner_kind=owner_kind, owner_id=owner_id).order_by("created_at", "reference")


def open_orders() -> QuerySet[Order]:
    """Orders on which something is still to be paid, the longest due first."""
    states = [standing.OPEN, standing.PARTLY_PAID]
    return Order.objects.filter(state__in=states).order_by("due_on", "reference")


def overdue_orders() -> QuerySet[Order]:
    """Open orders whose due day is over."""
    return open_orders().filter(due_on__lt=clock.today())


def owing_orders() -> QuerySet[Order]:
    """Orders of which the city owes the payer something, oldest first."""
    return Order.objects.filter(owed_cents__gt=0).order_by("created_at", "reference")


def totals(*, until: date) -> dict[str, list[int]]:
    """The sums of debit and credit of every account over all days up to ``until``."""
    rows = PostingLine.objects.filter(posting__day__lte=until).order_by().values_list("account_id", "side").annotate(sum=Sum("cents"))
    found: dict[str, list[int]] = {}
    for account, side, amount in sorted(rows):
        found.setdefault(account, [0, 0])[0 if side == Side.DEBIT else 1] = int(amount)
    return found


def balance(account: str) -> int:
    """The balance of one account, debit positive."""
    return int(PostingLine.objects.filter(account_id=account).aggregate(sum=Coalesce(Sum(SIGNED), Value(0)))["sum"])


def balances() -> dict[str, int]:
    """The balance of every account, debit positive; the sum of all is 0."""
    rows = PostingLine.objects.order_by().values_list("account_id").annotate(sum=Sum(SIGNED))
    return {account: int(amount) for account, amount in sorted(rows)}


@dataclass(frozen=True)
class AccountRow:
    """An account with its balance (debit positive) and how many lines were booked on it."""

    account: LedgerAccount
    balance: int
    lines: int


def account_rows() -> list[AccountRow]:
    """Every account of the ledger, by kind and name."""
    rows = PostingLine.objects.order_by().values_list("account_id").annotate(sum=Sum(SIGNED), number=Count("pk"))
    found = {key: (int(amount), number) for key, amount, number in rows}
    return [AccountRow(one, *found.get(one.pk, (0, 0))) for one in LedgerAccount.objects.order_by("kind", "name", "key")]


def former_numbers() -> dict[str, list[tuple[date, str]]]:
    """The numbers that accounts had before, each with the last day that it holds for, the earliest first."""
    found: dict[str, list[tuple[date, str]]] = {}
    for account, until, number in FormerNumber.objects.order_by("until", "pk").values_list("account_id", "until", "number"):
        found.setdefault(account, []).append((until, number))
    return found


def number_on(day: date, present: str, former: Iterable[tuple[date, str]]) -> str:
    """The number of an account that holds for a day.

    >>> number_on(date(2026, 1, 5), "9", [(date(2026, 1, 4), "7"), (date(2026, 1, 9), "8")])
    '8'
    """
    return next((number for until, number in former if day <= until), present)


def lines_between(*, after: date | None, until: date) -> Iterator[PostingLine]:
    """Every line of the postings after one day up to another, in the order in which they were written."""
    lines = PostingLine.objects.filter(posting__day__lte=until).select_related("posting", "posting__order", "account")
    if after is not None:
        lines = lines.filter(posting__day__gt=after)
    yield from lines.order_by("posting_id", "pk").iterator(chunk_size=2000)


def facts_between(*, after: date | None, until: date) -> Iterator[LineFacts]:
    """What a file can say of every line of some days; an account has the number that held on the line's day."""
    former = former_numbers()
    for line in lines_between(after=after, until=until):
        posting, order = line.posting, line.posting.order
        yield LineFacts(
            posting=posting.pk,
            kind=posting.kind,
            kind_words=str(posting.get_kind_display()),
            day=posting.day,
            value_date=posting.value_date,
            account=line.account_id,
            number=number_on(posting.day, line.account.number, former.get(line.account_id, ())),
            cost_centre=line.cost_centre,
            is_debit=line.side == Side.DEBIT,
            cents=line.cents,
            reference=order.reference if order else "",
            title=order.title if order else "",
        )


def profile_of(kept: ExportProfile | None) -> Profile:
    """How the ledger's file looks: by a form of the city's own, else by that of the software."""
    return Profile.model_validate(kept.content) if kept is not None else USUAL


def export_profiles() -> list[ExportProfile]:
    """The city's own forms of the ledger's file, the usual one first."""
    return list(ExportProfile.objects.order_by("-is_default", "name", "pk"))


def digest_of(*, after: date | None, until: date) -> str:
    """The SHA-256 over every line of some days, so that a later change would show."""
    digest = hashlib.sha256()
    for line in lines_between(after=after, until=until):
        posting = line.posting
        fields = (posting.pk, posting.kind, posting.day, posting.value_date, line.account_id, line.cost_centre, line.side, line.cents)
        digest.update(("|".join(str(field) for field in fields) + "\n").encode())
    return digest.hexdigest()


def wrong_orders() -> Iterator[str]:
    """References of orders whose kept state differs from what the ledger says; none, or something is broken."""
    batch: list[Order] = []
    for order in Order.objects.order_by("pk").iterator(chunk_size=1000):
        batch.append(order)
        if len(batch) == 1000:
            yield from wrong_among(batch)
            batch = []
    yield from wrong_among(batch)


def wrong_among(orders: list[Order]) -> Iterator[str]:
    """The wrong ones of some orders."""
    found = standings(orders)
    for order in orders:
        now = found[order.pk]
        kept = (order.state, order.open_cents, order.owed_cents, order.received_cents)
        if kept != (now.state, now.open, now.owed, now.received):
            yield order.reference


def all_drawers() -> QuerySet[CashDrawer]:
    """Every drawer, those in use first, by name."""
    return CashDrawer.objects.select_related("unit").order_by("-is_active", "name", "key")


def free_drawers() -> QuerySet[CashDrawer]:
    """Drawers that nobody answers for now, by name."""
    taken = CashSession.objects.filter(closed_at=None).values("drawer_id")
    return CashDrawer.objects.filter(is_active=True).exclude(pk__in=taken).order_by("name", "key")


def open_sessions() -> list[CashSession]:
    """Drawers that somebody answers for now, by name."""
    return list(CashSession.objects.filter(closed_at=None).select_related("drawer", "opened_by").order_by("drawer__name", "pk"))


@dataclass(frozen=True)
class CountPage:
    """A page of earlier counts; ``after`` leads to the next, empty at the end."""

    sessions: list[CashSession]
    after: str


def counted_sessions(*, before: str) -> CountPage:
    """Earlier counts, the newest first, those before the instant ``before`` (ISO 8601, empty or nonsense: the newest)."""
    sessions = CashSession.objects.exclude(closed_at=None).select_related("drawer", "opened_by", "closed_by").order_by("-closed_at", "-pk")
    try:
        limit = datetime.fromisoformat(before.replace(" ", "+")) if before else None
    except ValueError:
        limit = None
    if limit is not None and limit.tzinfo is not None:
        sessions = sessions.filter(closed_at__lt=limit)
    found = list(sessions[: PAGE + 1])
    last = found[PAGE - 1].closed_at if len(found) > PAGE else None
    return CountPage(found[:PAGE], last.isoformat() if last else "")


def drawer_lines(session: CashSession, account: str) -> list[PostingLine]:
    """What went in and out of a drawer while one person answered for it, the newest first."""
    lines = PostingLine.objects.filter(account_id=account, posting__at__gte=session.opened_at)
    if session.closed_at is not None:
        lines = lines.filter(posting__at__lte=session.closed_at)
    return list(lines.select_related("posting", "posting__order").order_by("-pk")[:MOST_DRAWER_LINES])


def cash_refunds() -> list[Refund]:
    """Released refunds that are paid in cash, oldest first."""
    waiting = Refund.objects.filter(way="cash", state=RefundState.RELEASED).select_related("order")
    return list(waiting.order_by("released_at", "pk")[:MOST_DRAWER_LINES])


def orders_of_account(account: Account) -> list[Order]:
    """The newest orders of a person, those to pay first."""
    owed = Case(When(open_cents__gt=0, then=Value(0)), default=Value(1))
    return list(Order.objects.filter(account=account).annotate(owed_first=owed).order_by("owed_first", "-created_at", "pk")[:PAGE])
