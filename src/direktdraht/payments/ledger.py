"""Writing into the ledger: one posting with its lines, dated into the first open day. Called by actions only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Max
from django.utils import translation

from direktdraht.foundation import clock
from direktdraht.payments.errors import WrongAmount
from direktdraht.payments.models import AccountKind, ClosedDay, LedgerAccount, Order, Posting, PostingKind, PostingLine, Side
from direktdraht.people.models import Account

RECEIVABLES, BANK, UNCLEAR, REFUNDS = "receivables", "bank", "unclear", "refunds"
WAIVERS, DIFFERENCES, TRANSIT = "waivers", "differences", "transit"
# Kinds of accounts of which there are many, by the beginning of their keys.
MANY = {"cash": AccountKind.CASH, "clearing": AccountKind.CLEARING, "revenue": AccountKind.REVENUE}

# Writers share this lock, the close of a day holds it alone: no posting slips into a day that is being closed.
DAYS_LOCK = 4_867_402


@dataclass(frozen=True)
class Source:
    """Where a posting comes from, such as ``Source("bank", "DE89…/2026-11-23/4711")``: each is booked once."""

    name: str
    id: str


NO_SOURCE = Source("", "")


@dataclass(frozen=True)
class Line:
    """A line to be written. ``account`` is a key such as ``bank``, ``clearing:rest``, ``cash:rathaus``, ``revenue:331100``."""

    account: str
    side: Side
    cents: int
    cost_centre: str = ""


def debit(account: str, cents: int, cost_centre: str = "") -> Line:
    """A line on the left side (Soll)."""
    return Line(account, Side.DEBIT, cents, cost_centre)


def credit(account: str, cents: int, cost_centre: str = "") -> Line:
    """A line on the right side (Haben)."""
    return Line(account, Side.CREDIT, cents, cost_centre)


def post(
    kind: PostingKind,
    lines: Iterable[Line],
    *,
    value_date: date | None = None,
    order: Order | None = None,
    settles: Posting | None = None,
    source: Source = NO_SOURCE,
    reason: str = "",
    by: Account | None = None,
) -> Posting:
    """Write one posting inside the caller's transaction; the database refuses it at commit unless it balances.

    Raises WrongAmount when a line has no cents or the sides differ.
    """
    written = list(lines)
    debits = sum(line.cents for line in written if line.side == Side.DEBIT)
    if not written or min(line.cents for line in written) <= 0 or debits * 2 != sum(line.cents for line in written):
        raise WrongAmount
    ensure_accounts({line.account for line in written})
    posting = Posting.objects.create(
        kind=kind,
        day=open_day(),
        value_date=value_date or clock.today(),
        order=order,
        settles=settles,
        source=source.name,
        source_id=source.id,
        reason=reason[:300],
        by=by,
        at=clock.now(),
    )
    PostingLine.objects.bulk_create(
        PostingLine(posting=posting, account_id=line.account, side=line.side, cents=line.cents, cost_centre=line.cost_centre)
        for line in written
    )
    return posting


def open_day() -> date:
    """The day into whose books is written: today, or the day after the last closed one if that is later.

    The caller shares the lock on days until its transaction ends.
    """
    last = last_closed()
    today = clock.today()
    return max(today, last + timedelta(days=1)) if last else today


def last_closed() -> date | None:
    """The last closed day; none is closed until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [DAYS_LOCK])
    last: date | None = ClosedDay.objects.aggregate(last=Max("day"))["last"]
    return last


def ensure_accounts(keys: set[str]) -> None:
    """Make accounts that are not there yet, with the name of their kind; a city renames them as it likes."""
    known = set(LedgerAccount.objects.filter(pk__in=keys).values_list("pk", flat=True))
    LedgerAccount.objects.bulk_create([new_account(key) for key in sorted(keys - known)], ignore_conflicts=True)


def new_account(key: str) -> LedgerAccount:
    """An account by its key, named in German whoever books first: the books have one language. Raises WrongAmount for a key of no kind."""
    head, _, tail = key.partition(":")
    kind = MANY.get(head) if tail else (AccountKind(head) if head in AccountKind.values and head not in MANY else None)
    if kind is None:
        raise WrongAmount(f"no account {key!r}")
    number = tail if kind == AccountKind.REVENUE else ""
    with translation.override("de"):
        name = f"{kind.label} {tail}".strip()
    return LedgerAccount(key=key, kind=kind, name=name, number=number)
