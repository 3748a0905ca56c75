"""What can be done with the journal: record a row, seal the rows that are not sealed yet, keep timestamps of seals."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from direktdraht.foundation import clock

from . import keys, merkle, records, signing
from .models import Entry, RootStamp, Seal, SealedEntry

Fact = str | int | bool | None

LONGEST_FACT = 200
LARGEST_BATCH = 4096
MOST_AUTHORITY = 200
# Rows further back than this are found by the nightly sweep only; no transaction lives that long.
WINDOW = 200_000
_SEALERS_LOCK = 4_867_331  # any number that nothing else in this database locks
_KIND = re.compile(r"[a-z_]+(\.[a-z_]+)+", re.ASCII)
_SUBJECT = re.compile(r"[a-z_]+:[\w.:@-]{1,100}", re.ASCII)
_DIGEST = re.compile(r"([0-9a-f]{64})?", re.ASCII)


class JournalError(ValueError):
    """A row may not be recorded as it is; a mistake of the calling room, never of a person."""


class Book:
    """Rows that one action writes together: their numbers drawn at once, one insert for all. See ``book``."""

    def __init__(self, most_rows: int) -> None:
        self.most_rows = most_rows
        self.numbers: list[int] = []
        self.rows: list[Entry] = []

    def record(
        self,
        kind: str,
        *,
        subject: str,
        digest: str = "",
        facts: Mapping[str, Fact] | None = None,
        by: str = "",
    ) -> Entry:
        """Sign one row; it is written with the others. See ``record``."""
        known_facts = dict(facts or {})
        _check(kind, subject, digest, known_facts)
        at = clock.now()
        fields = {
            "id": self._next_number(),
            "recorded_at": records.instant(at),
            "kind": kind,
            "subject": subject,
            "digest": digest,
            "facts": known_facts,
            "by": by,
        }
        try:
            row = records.row_hash(fields)
        except records.NotCanonical as error:
            raise JournalError(f"The facts of {kind} cannot be written down: {error}.") from error
        key, key_id = keys.signing_pair()
        signature = signing.sign(key, records.entry_message(row))
        entry = Entry(**{**fields, "recorded_at": at}, row_hash=row, key_id=key_id, signature=signature)
        self.rows.append(entry)
        return entry

    def write(self) -> None:
        """Write all rows."""
        Entry.objects.bulk_create(self.rows)

    def _next_number(self) -> int:
        """A row's number, drawn before the insert because the signature covers it."""
        if len(self.rows) == self.most_rows:
            raise JournalError(f"This book holds {self.most_rows} rows.")
        if not self.numbers:
            self.numbers = _draw(self.most_rows)
        return self.numbers[len(self.rows)]


@contextmanager
def book(most_rows: int) -> Iterator[Book]:
    """A book whose rows are written when the block ends, inside the caller's transaction; after an error none is.

    Raises JournalError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise JournalError("A journal row belongs into the transaction of what it tells.")
    opened = Book(most_rows)
    yield opened
    opened.write()


def record(
    kind: str,
    *,
    subject: str,
    digest: str = "",
    facts: Mapping[str, Fact] | None = None,
    by: str = "",
) -> Entry:
    """Write and sign one row inside the caller's transaction.

    ``kind`` is a verb such as ``case.forwarded``, ``subject`` a kind of thing and its id
    (``case:26-48213-K``), ``digest`` a salted digest of the content, ``by`` an account's id.
    ``facts`` hold ids and numbers, never personal text. Raises JournalError.
    """
    with book(1) as opened:
        return opened.record(kind, subject=subject, digest=digest, facts=facts, by=by)


def seal_pending(*, whole: bool = False) -> int:
    """Seal all committed rows that lie in no seal; returns how many.

    Writers are never made to wait: the lock is among sealers only, and a second sealer leaves at
    once. ``whole`` looks through the whole journal and not only through its newest part.
    """
    sealed = 0
    while batch := _seal_batch(whole=whole):
        sealed += batch
    return sealed


def keep_stamp(number: int, token: bytes, *, stamped_at: datetime, authority: str) -> bool:
    """Keep a timestamp over the root of a seal; False when it has one already. The caller has examined the token."""
    if RootStamp.objects.filter(seal_id=number).exists():
        return False
    RootStamp.objects.create(seal_id=number, token=token, stamped_at=stamped_at, authority=authority[:MOST_AUTHORITY])
    return True


def _seal_batch(*, whole: bool) -> int:
    with transaction.atomic():
        if not _only_sealer():
            return 0
        pending = Entry.objects.filter(sealed__isnull=True)
        newest = Entry.objects.order_by("-id").values_list("id", flat=True).first()
        if newest is None:
            return 0
        if not whole:
            pending = pending.filter(id__gt=newest - WINDOW)
        rows = list(pending.order_by("id").values_list("id", "row_hash")[:LARGEST_BATCH])
        if rows:
            seal = _new_seal([bytes.fromhex(row) for _, row in rows])
            SealedEntry.objects.bulk_create(
                SealedEntry(entry_id=entry_id, seal=seal, position=position) for position, (entry_id, _) in enumerate(rows)
            )
        return len(rows)


def _new_seal(leaves: list[bytes]) -> Seal:
    before = Seal.objects.order_by("-number").first()
    at = clock.now()
    fields = {
        "number": before.number + 1 if before else 1,
        "root": merkle.root(leaves).hex(),
        "previous_root": before.root if before else records.NO_ROOT,
        "size": len(leaves),
        "sealed_at": records.instant(at),
    }
    key, key_id = keys.signing_pair()
    signature = signing.sign(key, records.seal_message(fields))
    return Seal.objects.create(**{**fields, "sealed_at": at}, key_id=key_id, signature=signature)


def _only_sealer() -> bool:
    """Whether this transaction got the sealers' lock; it is given back at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEALERS_LOCK])
        return bool(cursor.fetchone()[0])


def _draw(count: int) -> list[int]:
    """So many new numbers of rows, in one statement; what is not used stays a gap."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('journal_entry', 'id')) FROM generate_series(1, %s)", [count])
        return [int(number) for (number,) in cursor.fetchall()]


def _check(kind: str, subject: str, digest: str, facts: Mapping[str, Fact]) -> None:
    if not _KIND.fullmatch(kind) or not _SUBJECT.fullmatch(subject) or not _DIGEST.fullmatch(digest):
        raise JournalError(f"Kind, subject or digest has the wrong form: {kind!r}, {subject!r}, {digest!r}.")
    for name, value in facts.items():
        if value is not None and not isinstance(value, str | int):
            raise JournalError(f"The fact {name!r} of {kind} is neither text nor number.")
        if isinstance(value, str) and (len(value) > LONGEST_FACT or not value.isprintable()):
            raise JournalError(f"The fact {name!r} of {kind} is too long or holds control characters.")
