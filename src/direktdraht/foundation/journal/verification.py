"""Checks a journal or a receipt with the public key alone; needs neither Django nor database.

The check reads a stream of records, so that a journal of any size fits: a header, then each seal
followed by its entries in their order, then the entries that are not yet sealed, then the end.
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from . import merkle, records
from .keyring import KeyRing
from .report import Report, StampFinding

LONGEST_LINE = 1_000_000
# As far as the clocks of this house and of a time-stamping service may differ.
CLOCK_DIFFERENCE = timedelta(minutes=5)

Record = Mapping[str, Any]
# Examines a timestamp (token, root); the room that knows signatures has one.
StampCheck = Callable[[bytes, bytes], StampFinding]


class UnreadableExport(ValueError):
    """The file is no export of a journal; the message is one sentence."""


def verify_export(path: Path, public_keys_pem: str, *, examine: StampCheck | None = None) -> Report:
    """Check an export file with one key, from which the others are followed; raises UnreadableExport, signing.KeyProblem.

    A changed, missing, added or moved row is found, and so is a shortened file.
    """
    verification = Verification(public_keys_pem, examine=examine)
    with path.open("rb") as file:
        for line in _lines(file):
            verification.read(line)
    return verification.finish(end_expected=True)


def verify_records(
    stream: Iterable[Record], public_keys_pem: str, changes: Iterable[Record] = (), *, examine: StampCheck | None = None
) -> Report:
    """Check records that come from elsewhere than a file, for example from the database; ``changes`` tell of changes of the key."""
    verification = Verification(public_keys_pem, changes, examine=examine)
    for record in stream:
        verification.read(record)
    return verification.finish(end_expected=False)


@dataclass
class _Batch:
    """A seal and those of its rows that were read so far."""

    seal: Record
    leaves: list[bytes] = field(default_factory=list)
    has_gap: bool = False
    has_bad_row: bool = False

    @property
    def name(self) -> str:
        return f"seal {self.seal.get('number')}"


class Verification:
    """One pass over a journal's records."""

    def __init__(self, public_keys_pem: str, changes: Iterable[Record] = (), *, examine: StampCheck | None = None) -> None:
        """Timestamps are passed over without ``examine``. Raises signing.KeyProblem."""
        self._examine = examine
        self._ring = KeyRing(public_keys_pem, changes)
        self._report = Report()
        self._batch: _Batch | None = None
        self._last_root = records.NO_ROOT
        self._next_number = 1
        self._ended = False

    def read(self, record: Record) -> None:
        """Check the next record; raises UnreadableExport for one of an unknown form."""
        if self._ended:
            self._report.fail("end", "there are records behind the end.")
        elif "format" in record:
            self._read_header(record)
        elif "seal" in record:
            self._read_seal(record["seal"])
        elif "entry" in record:
            self._read_entry(record["entry"])
        elif "end" in record:
            self._read_end(record["end"])
        else:
            raise UnreadableExport("The file holds a record of an unknown form.")

    def finish(self, *, end_expected: bool) -> Report:
        """The result, after the last record."""
        self._close_batch()
        if end_expected and not self._ended:
            self._report.fail("end", "the file is shortened; its end is missing.")
        return self._report

    def _read_header(self, header: Record) -> None:
        if header["format"] != records.EXPORT_FORMAT:
            raise UnreadableExport(f"This is no file of the form {records.EXPORT_FORMAT}.")
        changes = header.get("key_changes", [])
        if isinstance(changes, list):
            self._ring.follow(change for change in changes if isinstance(change, dict))
        if header.get("key_id") not in self._ring.keys:
            self._report.fail("header", "the journal was signed with another key.")

    def _read_seal(self, seal: Record) -> None:
        self._close_batch()
        self._batch = batch = _Batch(seal)
        self._report.seals += 1
        if seal.get("number") != self._next_number:
            self._report.fail(batch.name, f"seal {self._next_number} is missing.")
        elif seal.get("previous_root") != self._last_root:
            self._report.fail(batch.name, "it does not name the root before it.")
        elif why := self._why_unsigned(records.seal_message, seal, "sealed_at"):
            self._report.fail(batch.name, why)
        self._read_stamp(batch)
        number = seal.get("number")
        self._next_number = (number if isinstance(number, int) else self._next_number) + 1
        self._last_root = str(seal.get("root"))

    def _read_stamp(self, batch: _Batch) -> None:
        """Examine the timestamp of a seal, if it has one."""
        kept = batch.seal.get("timestamp", "")
        if not isinstance(kept, str):
            self._report.fail(batch.name, "its timestamp cannot be read.")
            return
        if self._examine is None or not kept:
            return
        try:
            token = base64.b64decode(kept, validate=True)
            root = bytes.fromhex(str(batch.seal.get("root")))
            sealed_at = records.read_instant(str(batch.seal.get("sealed_at")))
        except ValueError:
            self._report.fail(batch.name, "its timestamp cannot be read.")
            return
        found = self._examine(token, root)
        if found.ok is False or found.moment is None:
            self._report.fail(batch.name, found.why)
            return
        wait = found.moment - sealed_at
        if wait < -CLOCK_DIFFERENCE:
            self._report.fail(batch.name, "its timestamp is older than its seal.")
            return
        self._report.stamps += 1
        self._report.vouched_stamps += found.ok is True
        self._report.longest_wait = max(self._report.longest_wait, wait)

    def _read_entry(self, entry: Record) -> None:
        self._report.entries += 1
        row = f"entry {entry.get('id')}"
        why = self._why_not(entry)
        if why:
            self._report.fail(row, why)
        if entry.get("seal") is None:
            if entry.get("position") is not None:
                self._report.fail(row, "it names a position but no seal.")
            self._close_batch()
            return
        self._report.sealed += 1
        batch = self._batch
        if batch is None or not _is_number(entry["seal"], batch.seal.get("number")):
            self._report.fail(row, f"its seal {entry['seal']} is missing.")
            return
        position = len(batch.leaves)
        if not _is_number(entry.get("position"), position) and not batch.has_gap:
            self._report.fail(batch.name, f"its row at position {position} is missing.")
            batch.has_gap = True
        batch.has_bad_row = batch.has_bad_row or bool(why)
        batch.leaves.append(b"" if why else bytes.fromhex(entry["row_hash"]))

    def _why_not(self, entry: Record) -> str:
        """Why an entry does not hold by itself, or nothing."""
        try:
            row_hash = records.row_hash(entry)
        except records.NotCanonical as error:
            return f"it cannot be read: {error}."
        if row_hash != entry.get("row_hash"):
            return "its content does not match its hash."
        message = records.entry_message(row_hash)
        return self._ring.why_not(entry.get("key_id"), message, entry.get("signature"), entry.get("recorded_at"))

    def _close_batch(self) -> None:
        """Compare the batch that was just read with its signed size and root."""
        batch, self._batch = self._batch, None
        if batch is None or batch.has_gap:
            return
        size = batch.seal.get("size")
        if len(batch.leaves) != size:
            self._report.fail(batch.name, f"it covers {size} rows, {len(batch.leaves)} are there.")
        elif not batch.has_bad_row and merkle.root(batch.leaves).hex() != batch.seal.get("root"):
            self._report.fail(batch.name, "its rows do not give its root.")

    def _read_end(self, end: Record) -> None:
        self._close_batch()
        self._ended = True
        if why := self._why_unsigned(records.end_message, end, "exported_at"):
            self._report.fail("end", why)
            return
        seen = {"entries": self._report.entries, "seals": self._report.seals, "last_root": self._last_root}
        for name, value in seen.items():
            if end[name] != value:
                self._report.fail("end", f"{name}: {end[name]} at export, {value} now.")

    def _why_unsigned(self, message: Callable[[Record], bytes], record: Record, instant: str) -> str:
        """Why the signature of a seal or of the end does not count, or nothing."""
        try:
            content = message(record)
        except records.NotCanonical:
            return "its signature does not hold."
        return self._ring.why_not(record.get("key_id"), content, record.get("signature"), record.get(instant))


def _lines(file: Iterable[bytes]) -> Iterator[Record]:
    for place, line in enumerate(file, start=1):
        if len(line) > LONGEST_LINE:
            raise UnreadableExport(f"Line {place} of the file is too long.")
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UnreadableExport(f"Line {place} of the file is not JSON.") from error
        if not isinstance(record, dict) or (place == 1) != ("format" in record):
            raise UnreadableExport(f"Line {place} of the file is not part of a journal.")
        if not all(isinstance(record[name], dict) for name in ("entry", "seal", "end") if name in record):
            raise UnreadableExport(f"Line {place} of the file is not part of a journal.")
        yield record


def _is_number(found: Any, expected: Any) -> bool:
    """Whether a value is exactly this number; ``true`` is not 1.

    >>> _is_number(True, 1), _is_number(1, 1)
    (False, True)
    """
    return type(found) is int and found == expected
