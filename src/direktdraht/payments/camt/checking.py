"""Whether a bank file can be trusted: every statement balanced, no contradiction, nothing twice. Pure.

A statement (camt.053) is balanced when opening balance and booked entries give the closing balance; without both it is not,
because nothing proves that no entry is missing. A notification (camt.054) has no balances by the standard; it is balanced
when nothing in it contradicts itself: the details of each batch sum to its booking, and the bank's own sums, if any, hold.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from direktdraht.payments.camt.archives import unpacked
from direktdraht.payments.camt.parts import Closing, Entry, Header
from direktdraht.payments.camt.reading import read_bank_file
from direktdraht.payments.camt.sentences import Doubt, UnreadableBankFile


@dataclass
class CheckedStatement:
    """One statement with what speaks against it; ``entries`` stays empty where only the check is wanted."""

    header: Header
    closing: Closing
    doubts: list[Doubt] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def balanced(self) -> bool:
        """Whether nothing speaks against the statement."""
        return not self.doubts

    def as_json(self) -> dict[str, object]:
        """The statement as the command line prints it."""
        end = self.closing
        return {
            "account": self.header.account,
            "currency": end.currency,
            "opening": str(end.opening.amount) if end.opening else None,
            "closing": str(end.closing.amount) if end.closing else None,
            "balanced": self.balanced,
            "entries": [entry.as_json() for entry in self.entries],
        }


def check_path(path: Path) -> list[CheckedStatement]:
    """Check a file on disk, or every file of a ZIP archive. Raises UnreadableBankFile."""
    found: list[CheckedStatement] = []
    try:
        with path.open("rb") as file:
            for name, part in unpacked(file, path.name):
                found += check_part(part, name if part is not file else "")
    except OSError as problem:
        raise UnreadableBankFile("file", reason=problem.strerror or "kein Zugriff") from problem
    return found


def check_part(file: BinaryIO, name: str) -> list[CheckedStatement]:
    """Check a file; what is wrong with one from an archive says its ``name``. Raises UnreadableBankFile."""
    try:
        return check_bank_file(file)
    except UnreadableBankFile as problem:
        if not name:
            raise
        raise UnreadableBankFile("in_archive", name=name, sentence=str(problem)) from problem


def check_bank_file(file: BinaryIO, *, with_entries: bool = True, seen: Callable[[Entry], None] | None = None) -> list[CheckedStatement]:
    """Every statement of a file with its doubts, in the file's order. Raises UnreadableBankFile.

    ``seen`` is called for each entry; with ``with_entries=False`` memory stays flat.
    """
    statements: list[CheckedStatement] = []
    entries: list[Entry] = []
    again = Again()
    for part in read_bank_file(file):
        if isinstance(part, Entry):
            again.note(part)
            if with_entries:
                entries.append(part)
            if seen:
                seen(part)
        elif isinstance(part, Closing):
            doubts = [*part.doubts, *again.doubts(part.header)]
            statements.append(CheckedStatement(part.header, part, doubts, entries))
            entries = []
    refuse_twice(statements)
    for group in pages(statements):
        weigh(group)
    note_gaps(statements)
    return statements


class Again:
    """Entries with a reference of the bank that come twice in a notification; in a statement the balances find them."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._twice: list[str] = []

    def note(self, entry: Entry) -> None:
        """Look at one entry; a fingerprint of 8 bytes is kept, never the entry."""
        if not entry.bank_reference:
            return
        fingerprint = hash(entry)
        if fingerprint in self._seen:
            self._twice.append(entry.bank_reference)
        self._seen.add(fingerprint)

    def doubts(self, header: Header) -> list[Doubt]:
        """What was found since the last statement ended."""
        found, self._twice = self._twice, []
        return [] if header.statement else [Doubt("entry_twice", {"statement": header.id, "found": name}) for name in found]


def refuse_twice(statements: list[CheckedStatement]) -> None:
    """Refuse a file that holds the same statement (account, name, sequence, page) more than once."""
    found: set[tuple[object, ...]] = set()
    for statement in statements:
        head = statement.header
        key = (head.statement, head.account, head.id, head.sequence, head.page)
        if head.id and key in found:
            raise UnreadableBankFile("twice", statement=head.id)
        found.add(key)


def pages(statements: list[CheckedStatement]) -> Iterator[list[CheckedStatement]]:
    """The statements, with the pages of one statement that follow each other taken together."""
    group: list[CheckedStatement] = []
    for statement in statements:
        if group and not _continues(group[-1].header, statement.header):
            yield group
            group = []
        group.append(statement)
    if group:
        yield group


def _continues(before: Header, after: Header) -> bool:
    if before.last_page or before.page is None or after.page != before.page + 1:
        return False
    return (before.account, before.statement) == (after.account, after.statement)


def weigh(group: list[CheckedStatement]) -> None:
    """Note for the pages of one statement whether their balances hold: each page for itself, else all together."""
    if not group[0].header.statement:
        return
    if all(page.closing.opening and page.closing.closing for page in group):
        for page in group:
            page.doubts.extend(_balance_doubts([page]))
        return
    together = _balance_doubts(group)
    for page in group:
        page.doubts.extend(together)


def _balance_doubts(group: list[CheckedStatement]) -> list[Doubt]:
    opening, closing = group[0].closing.opening, group[-1].closing.closing
    name = group[0].header.id or group[0].header.account
    missing = [case for case, balance in (("no_opening", opening), ("no_closing", closing)) if balance is None]
    if opening is None or closing is None:
        return [Doubt(case, {"statement": name}) for case in missing]
    currency = group[0].closing.currency
    if {opening.currency, closing.currency} != {currency}:
        return [Doubt("balance_currency", {"statement": name})]
    found = opening.amount + sum((page.closing.total for page in group), start=opening.amount * 0)
    if found == closing.amount:
        return []
    return [Doubt("unbalanced", {"statement": name, "found": f"{found} {currency}", "expected": f"{closing.amount} {currency}"})]


def note_gaps(statements: list[CheckedStatement]) -> None:
    """Note where a statement does not begin with the balance that the one before it on the same account ended with."""
    last: dict[str, Closing] = {}
    for statement in statements:
        if not statement.header.statement:
            continue
        before, now = last.get(statement.header.account), statement.closing
        last[statement.header.account] = now
        if before and before.closing and now.opening and before.closing.amount != now.opening.amount:
            values = {"statement": statement.header.id, "expected": str(before.closing.amount), "found": str(now.opening.amount)}
            statement.doubts.append(Doubt("gap", values))
