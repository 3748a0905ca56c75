"""What can be asked about movements on the bank account: what they may be for, and how many wait."""

from django.db.models import Count, Q, QuerySet

from direktdraht.payments import setup as settings
from direktdraht.payments.models import BankEntry, BankFile, EntryState, Order, Refund, RefundState
from direktdraht.payments.reconciling import Candidate, Proposal, propose, references_in
from direktdraht.payments.references import Pattern

MOST_CANDIDATES = 200
CAN_BE_PAID = [RefundState.RELEASED, RefundState.SENT]


def orders_named(entry: BankEntry, pattern: Pattern | None = None) -> list[Order]:
    """The orders whose references the payer wrote, structured references first; ``pattern`` is the city's, if it is known already."""
    found = references_in(pattern or settings.current().pattern, entry.references, entry.purpose)
    orders = {order.reference: order for order in Order.objects.filter(reference__in=found)}
    return [orders[reference] for reference in found if reference in orders]


def proposals(entry: BankEntry) -> list[Proposal]:
    """Open orders that an incoming movement may be for: named ones, then alike ones."""
    named = orders_named(entry)
    sure = [Proposal(order.reference, ("reference",), 9) for order in named]
    taken = {order.reference for order in named}
    states = Q(state__in=["open", "partly_paid"])
    looked = Order.objects.filter(states, open_cents=entry.cents).exclude(reference__in=taken).order_by("created_at")[:MOST_CANDIDATES]
    candidates = [Candidate(order.reference, order.payer_name, order.open_cents, order.created_at.date()) for order in looked]
    text = " ".join([*entry.references, entry.purpose])
    return [*sure, *propose(candidates, cents=entry.cents, name=entry.name, purpose=text, value_date=entry.value_date)]


def by_transfer(cents: int) -> QuerySet[Refund]:
    """Refunds of an amount that go by transfer, the oldest first."""
    return Refund.objects.filter(way="transfer", cents=cents).select_related("order").order_by("requested_at", "pk")


def refunds_fitting(entry: BankEntry) -> list[Refund]:
    """Released refunds by transfer that a debit may be: amount and account fit; the reference decides among several."""
    fitting = (
        Refund.objects.filter(way="transfer", state__in=CAN_BE_PAID, cents=-entry.cents)
        .select_related("order")
        .order_by("released_at", "pk")
    )
    found = list(fitting.filter(payee_iban=entry.iban) if entry.iban else fitting)
    named = {order.pk for order in orders_named(entry)}
    by_reference = [refund for refund in found if refund.order_id in named]
    if not entry.iban:
        return by_reference
    return by_reference if len(by_reference) == 1 else found


def refunds_bounced(entry: BankEntry) -> list[Refund]:
    """Paid refunds by transfer that a returned credit may be."""
    paid = (
        Refund.objects.filter(way="transfer", state=RefundState.PAID, cents=entry.cents)
        .select_related("order")
        .order_by("-finished_at", "pk")
    )
    named = {order.pk for order in orders_named(entry)}
    by_reference = list(paid.filter(order_id__in=named))
    if by_reference or not entry.iban:
        return by_reference
    return list(paid.filter(payee_iban=entry.iban))


def returned_receipts(entry: BankEntry) -> QuerySet[BankEntry]:
    """Earlier receipts of the same account and amount that a debit may have sent back, the latest first."""
    if not entry.iban:
        return BankEntry.objects.none()
    earlier = BankEntry.objects.filter(iban=entry.iban, cents=-entry.cents, value_date__lte=entry.value_date)
    return earlier.exclude(state=EntryState.HELD).select_related("order", "posting").order_by("-value_date", "-pk")


def has_proposals(entry: BankEntry) -> bool:
    """Whether anything can be proposed for a waiting movement."""
    if entry.cents > 0:
        return bool(proposals(entry))
    return bool(refunds_fitting(entry)) or returned_receipts(entry).exists()


def counts_of(file: BankFile) -> dict[str, int]:
    """How a file's movements ended; together with ``known``, ``pending`` and ``empty`` they are all of them."""
    states = dict(file.entries.order_by().values_list("state").annotate(number=Count("pk")))
    return {**file.counts, **states}


def waiting_counts() -> dict[str, int]:
    """How many movements there are in each state that waits for somebody."""
    states = BankEntry.objects.exclude(state=EntryState.MATCHED).order_by().values_list("state").annotate(number=Count("pk"))
    return dict(states)


def entries_with(words: str) -> QuerySet[BankEntry]:
    """Movements by name, purpose, IBAN or amount, the latest first."""
    return BankEntry.objects.filter(entries_found(words)).order_by("-value_date", "-pk")


def orders_with(words: str) -> QuerySet[Order]:
    """Orders by reference, name, title or amount, the newest first."""
    return Order.objects.filter(orders_found(words)).order_by("-created_at", "reference")


def orders_found(words: str) -> Q:
    """Orders by reference, name, title or amount."""
    cents = cents_typed(words)
    by_text = Q(reference__icontains=words) | Q(payer_name__icontains=words) | Q(title__icontains=words)
    return by_text | Q(total_cents=cents) | Q(open_cents=cents) if cents else by_text


def entries_found(words: str) -> Q:
    """Movements by name, purpose, IBAN or amount."""
    cents = cents_typed(words)
    by_text = (
        Q(name__icontains=words) | Q(purpose__icontains=words) | Q(iban__icontains=words.replace(" ", "")) | Q(references__icontains=words)
    )
    return by_text | Q(cents__in=[cents, -cents]) if cents else by_text


def cents_typed(words: str) -> int:
    """The amount that the words may be, 0 if they are none."""
    plain = words.replace("€", "").replace(".", "").replace(" ", "")
    euros, _comma, cents = plain.partition(",")
    if not (
        euros.isascii() and euros.isdigit() and len(euros) < 10 and (not cents or (cents.isascii() and cents.isdigit() and len(cents) <= 2))
    ):
        return 0
    return int(euros) * 100 + int(cents.ljust(2, "0") if cents else 0)
