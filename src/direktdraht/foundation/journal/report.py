"""What a check found, for people and as JSON; the first row that does not hold stands first."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

MOST_FAILURES = 100


@dataclass(frozen=True)
class Failure:
    """One row that does not hold, and why in one sentence."""

    row: str
    why: str

    def __str__(self) -> str:
        return f"{self.row}: {self.why}"


@dataclass(frozen=True)
class StampFinding:
    """What became of a timestamp over a root.

    ``ok``: True, a trusted service made it at ``moment``; None, it is whole but nobody vouches for its service; False, ``why`` in English.
    """

    ok: bool | None
    moment: datetime | None = None
    why: str = ""


@dataclass
class Report:
    """The result of checking a journal; it holds only when there is no failure."""

    entries: int = 0
    sealed: int = 0
    seals: int = 0
    contents: int = 0
    erased: int = 0
    stamps: int = 0
    vouched_stamps: int = 0
    longest_wait: timedelta = timedelta(0)
    unread: int = 0
    failures: list[Failure] = field(default_factory=list)
    failed: int = 0

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return self.failed == 0

    @property
    def unsealed(self) -> int:
        """Rows that are signed and not yet sealed."""
        return self.entries - self.sealed

    def fail(self, row: str, why: str) -> None:
        """Note a row that does not hold; the first hundred are kept, all are counted."""
        self.failed += 1
        if len(self.failures) < MOST_FAILURES:
            self.failures.append(Failure(row, why))

    @property
    def lines(self) -> list[str]:
        """The result in sentences."""
        lines = [
            f"{self.entries} rows checked: {self.sealed} sealed in {self.seals} batches, {self.unsealed} signed, not yet sealed.",
        ]
        if self.contents or self.erased or self.unread:
            lines.append(
                f"{self.contents} contents match their digest, {self.erased} erased by rule (erasure row present),"
                f" {self.unread} digests without a reader."
            )
        if self.stamps:
            lines.append(
                f"{self.stamps} of {self.seals} roots bear a timestamp, {self.vouched_stamps} by a trusted service;"
                f" made at most {self.longest_wait.total_seconds() / 60:.0f} minutes after sealing."
            )
        if self.ok:
            return [*lines, "Everything holds."]
        return [*lines, f"{self.failed} rows do not hold. The first: {self.failures[0]}"]

    def to_json(self) -> dict[str, Any]:
        """The result as a JSON document."""
        return {
            "ok": self.ok,
            "entries": self.entries,
            "sealed": self.sealed,
            "signed_not_yet_sealed": self.unsealed,
            "seals": self.seals,
            "contents": {"match": self.contents, "erased_by_rule": self.erased, "without_reader": self.unread},
            "timestamps": {
                "roots": self.stamps,
                "by_trusted_service": self.vouched_stamps,
                "longest_wait_seconds": int(self.longest_wait.total_seconds()),
            },
            "failed": self.failed,
            "first_failure": str(self.failures[0]) if self.failures else None,
            "failures": [{"row": failure.row, "why": failure.why} for failure in self.failures],
        }


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True)
class ReceiptReport:
    """The result of checking one receipt; ``batch`` is empty while the row is not yet sealed."""

    number: str
    checks: tuple[Check, ...]
    batch: int | None = None

    @property
    def ok(self) -> bool:
        """Whether every check holds."""
        return all(check.ok for check in self.checks)

    @property
    def state(self) -> str:
        """How far the receipt's row is secured."""
        if not self.ok:
            return "not valid"
        return "signed, not yet sealed" if self.batch is None else f"sealed in batch {self.batch}"

    @property
    def lines(self) -> list[str]:
        """The result in sentences."""
        wrong = [check.detail for check in self.checks if not check.ok]
        return [f"Receipt {self.number}: {self.state}.", *wrong]

    def to_json(self) -> dict[str, Any]:
        """The result as a JSON document."""
        return {
            "ok": self.ok,
            "number": self.number,
            "state": self.state,
            "batch": self.batch,
            "checks": [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in self.checks],
        }
