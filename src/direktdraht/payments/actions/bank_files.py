"""Bank files taken in: checked as a whole first, then every movement stored once. Nothing is half booked."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction

from direktdraht.foundation import clock
from direktdraht.foundation.faults import fault
from direktdraht.foundation.journal import actions as journal
from direktdraht.payments import setup as settings
from direktdraht.payments.access import require_keeper
from direktdraht.payments.camt.archives import unpacked
from direktdraht.payments.camt.checking import CheckedStatement, check_bank_file
from direktdraht.payments.camt.parts import Entry, Header
from direktdraht.payments.camt.reading import read_bank_file
from direktdraht.payments.camt.sentences import UnreadableBankFile
from direktdraht.payments.models import BankEntry, BankFile, EntryState, FileState
from direktdraht.payments.reconciling import Identity, cents_of, identify
from direktdraht.people.models import Account

CURRENCY = "EUR"
CHUNK = 1000
HASH_BYTES = 1024 * 1024
MOST_FINDINGS = 50
MAY_PASS = frozenset({"entry_currency", "batch_currency", "gap"})
"""Doubts that do not refuse a file: movements in another currency are held, a missing statement is named."""

Finding = tuple[str, dict[str, Any]]


def take_bank_files(*, file: BinaryIO, name: str, by: Account | None = None) -> list[BankFile]:
    """Take in a file of the bank, or each file of a ZIP archive; an archive that cannot be unpacked is kept as refused.

    Raises NotAllowed, as ``take_bank_file`` does.
    """
    if by is not None:
        require_keeper(by)
    try:
        return [take_bank_file(file=part, name=part_name, by=by) for part_name, part in unpacked(file, name)]
    except UnreadableBankFile as problem:
        return [refuse(facts_of(digest_of(file), name, by, [(problem.case, problem.values)]), 0)]


def take_bank_file(*, file: BinaryIO, name: str, by: Account | None = None) -> BankFile:
    """Take in a file of the bank; the same content again gives the first one back.

    A file that cannot be trusted, does not balance or belongs to another account is kept as refused with its findings,
    and nothing of it is stored. ``by`` is empty for the folder's job. The movements are settled by ``settle_entry``.
    Raises NotAllowed. Journal: ``bank.file_read``, ``bank.file_refused``.
    """
    if by is not None:
        require_keeper(by)
    digest, size = digest_of(file)
    before = BankFile.objects.filter(digest=digest, state=FileState.READ).first()
    if before is not None:
        return before
    statements, findings = look_at(file)
    facts = facts_of((digest, size), name, by, findings) | {"statements": [summary_of(statement) for statement in statements]}
    if any(case not in MAY_PASS for case, _values in findings):
        return refuse(facts, sum(statement.closing.entries for statement in statements))
    try:
        with transaction.atomic():
            taken = BankFile.objects.create(state=FileState.READ, **facts)
            taken.counts = dict(store(file, taken))
            taken.save(update_fields=["counts"])
            keep(taken, "bank.file_read")
            fault("bank.before_commit")
    except IntegrityError:  # somebody took the same file at the same moment
        return BankFile.objects.get(digest=digest, state=FileState.READ)
    return taken


def facts_of(content: tuple[str, int], name: str, by: Account | None, findings: list[Finding]) -> dict[str, Any]:
    """What is kept of every file, read or refused; ``content`` is its digest and size."""
    digest, size = content
    facts = {"name": name[-200:], "digest": digest, "size_bytes": size, "by": by, "at": clock.now()}
    return {**facts, "findings": findings[:MOST_FINDINGS]}


def digest_of(file: BinaryIO) -> tuple[str, int]:
    """SHA-256 and size of a file, which stands at its start again."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while piece := file.read(HASH_BYTES):
        digest.update(piece)
        size += len(piece)
    file.seek(0)
    return digest.hexdigest(), size


def look_at(file: BinaryIO) -> tuple[list[CheckedStatement], list[Finding]]:
    """The statements of a file and everything that speaks against it."""
    undated = Counter[str]()

    def seen(entry: Entry) -> None:
        if entry.is_booked and not (entry.value_date or entry.booked):
            undated["entries"] += 1

    try:
        statements = check_bank_file(file, with_entries=False, seen=seen)
    except UnreadableBankFile as problem:
        return [], [(problem.case, problem.values)]
    findings: list[Finding] = [(doubt.case, dict(doubt.values)) for statement in statements for doubt in statement.doubts]
    own = settings.current().iban
    if not own:
        findings.append(("no_own_account", {}))
    strange = dict.fromkeys(statement.header.account for statement in statements if statement.header.account != own)
    findings.extend(("other_account", {"account": account[:34]}) for account in strange if own)
    if undated:
        findings.append(("no_day", {"count": undated["entries"]}))
    return statements, findings


def summary_of(statement: CheckedStatement) -> dict[str, Any]:
    """The head of a statement as it is kept, amounts as texts."""
    end, head = statement.closing, statement.header
    return {
        "id": head.id,
        "kind": "053" if head.statement else "054",
        "account": head.account,
        "currency": end.currency,
        "opening": str(end.opening.amount) if end.opening else None,
        "closing": str(end.closing.amount) if end.closing else None,
        "opening_day": end.opening.day.isoformat() if end.opening and end.opening.day else None,
        "closing_day": end.closing.day.isoformat() if end.closing and end.closing.day else None,
        "entries": end.entries,
    }


def refuse(facts: dict[str, Any], entries: int) -> BankFile:
    """Keep that a file was refused; the same file refused again keeps one row."""
    with transaction.atomic():
        before = BankFile.objects.filter(digest=facts["digest"], state=FileState.REFUSED).first()
        if before is not None and before.findings == [list(finding) for finding in facts["findings"]]:
            return before
        refused = BankFile.objects.create(state=FileState.REFUSED, counts={"all": entries, "refused": entries}, **facts)
        keep(refused, "bank.file_refused")
    return refused


def keep(file: BankFile, kind: str) -> None:
    """The journal row of a file."""
    facts: dict[str, journal.Fact] = {"digest": file.digest, "entries": file.counts.get("all", 0)}
    journal.record(kind, subject=f"bank_file:{file.pk}", facts=facts, by=str(file.by_id) if file.by_id else "")


def store(file: BinaryIO, taken: BankFile) -> Counter[str]:
    """Read the file a second time and store its movements; gives the counts."""
    counts: Counter[str] = Counter({"all": 0, "known": 0, "pending": 0, "empty": 0})
    file.seek(0)
    rows = told(file, counts)
    while chunk := list(islice(rows, CHUNK)):
        known = Known(taken, chunk)
        fresh = [row_of(taken, header, entry, identity) for header, entry, identity in chunk if not known.has(header, entry, identity)]
        counts["known"] += len(chunk) - len(fresh)
        BankEntry.objects.bulk_create(fresh)
        known.confirm()
    return counts


def told(file: BinaryIO, counts: Counter[str]) -> Iterator[tuple[Header, Entry, Identity]]:
    """Every booked movement with its identity; the others are counted and passed over."""
    seen: dict[str, Counter[str]] = {}
    header: Header | None = None
    for part in read_bank_file(file):
        if isinstance(part, Header):
            header = part
        elif isinstance(part, Entry) and header is not None:
            counts["all"] += 1
            if not part.is_booked:
                counts["pending"] += 1
            elif not part.amount:
                counts["empty"] += 1
            else:
                yield header, part, identify(part, seen.setdefault(header.account, Counter()))


class Known:
    """Which movements of a chunk were told before by another file, with few queries for the whole chunk."""

    def __init__(self, taken: BankFile, chunk: Iterable[tuple[Header, Entry, Identity]]) -> None:
        rows = list(chunk)
        earlier = BankEntry.objects.exclude(file=taken).order_by("pk")
        by_key = earlier.filter(key__in=[identity.key for _head, _entry, identity in rows])
        self._keys = {(row.account, row.key): row for row in by_key}
        bookings = earlier.filter(booking_key__in={identity.booking for _head, _entry, identity in rows if identity.booking})
        self._bookings: dict[tuple[str, str], list[BankEntry]] = {}
        for row in bookings:
            self._bookings.setdefault((row.account, row.booking_key), []).append(row)
        self._prints: dict[tuple[str, str], list[BankEntry]] = {}
        for row in earlier.filter(print_key__in=[identity.print for _head, _entry, identity in rows]):
            self._prints.setdefault((row.account, row.print_key), []).append(row)
        self._again: dict[int, bool] = {}

    def has(self, header: Header, entry: Entry, identity: Identity) -> bool:
        """Whether the movement is there already: itself, as part or whole of its booking, or told by the other kind of file."""
        account, statement = header.account, header.statement
        row = self._keys.get((account, identity.key))
        if row is None and identity.booking:
            row = self._other_half(self._bookings.get((account, identity.booking), []), cents_of(entry.amount), cents_of(entry.booking))
        if row is None:
            row = self._by_other_kind(self._prints.get((account, identity.print), []), identity, statement=statement)
        if row is not None:
            self._again[row.pk] = statement
        return row is not None

    @staticmethod
    def _other_half(rows: list[BankEntry], cents: int, booking: int) -> BankEntry | None:
        whole = cents == booking
        return next((row for row in rows if (row.cents == row.booking_cents) != whole), None)

    def _by_other_kind(self, rows: list[BankEntry], identity: Identity, *, statement: bool) -> BankEntry | None:
        """A movement with the same facts that only the other kind of file has told, if one of both lacks the bank's reference."""
        for row in rows:
            told_before = row.in_statement if statement else row.in_notification
            if not told_before and row.pk not in self._again and not (row.booking_key and identity.booking):
                return row
        return None

    def confirm(self) -> None:
        """Note on the movements that were there which kind of file told them again."""
        for statement, field in ((True, "in_statement"), (False, "in_notification")):
            BankEntry.objects.filter(pk__in=[pk for pk, by in self._again.items() if by == statement]).update(**{field: True})


def row_of(taken: BankFile, header: Header, entry: Entry, identity: Identity) -> BankEntry:
    """A movement as it is stored; what is not in euros is held."""
    foreign = entry.currency != CURRENCY
    return BankEntry(
        account=header.account,
        key=identity.key,
        booking_key=identity.booking,
        print_key=identity.print,
        cents=cents_of(entry.amount),
        booking_cents=cents_of(entry.booking),
        currency=entry.currency,
        booked_on=entry.booked,
        value_date=entry.value_date or entry.booked or date.min,
        references=[reference[:140] for reference in entry.references[:20]],
        name=entry.name[:140],
        iban=entry.iban[:34],
        purpose=entry.purpose,
        reversal=entry.reversal,
        returned=entry.returned[:35],
        state=EntryState.HELD if foreign else EntryState.NEW,
        note="currency" if foreign else "",
        in_statement=header.statement,
        in_notification=not header.statement,
        file=taken,
    )
