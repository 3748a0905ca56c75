"""Bank files: 100,000 movements checked and matched by their references, as ratio to reading the same file unchecked."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psutil
from lxml import etree

from direktdraht.payments.camt.checking import check_bank_file
from direktdraht.payments.camt.parts import Entry
from direktdraht.payments.camt.writing import Movement, statement
from direktdraht.payments.reconciling import references_in
from direktdraht.payments.references import Pattern

MOVEMENTS = 100_000
ROUNDS = 1
PATTERN = Pattern("JJ.NNNNNNN.P")
CENTS = 3000
ACCOUNT = "DE02120300000000202051"
SAMPLED_EVERY = 500


def measure_bank_files(count: int = MOVEMENTS) -> dict[str, Any]:
    """Movements a second (median of the rounds), the ratio, and how much the memory grew while the file was matched."""
    orders = {PATTERN.write(2026, number) for number in range(1, count + 1)}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "statement.xml"
        rows = (Movement(CENTS, "Robin Weber", f"Kz {PATTERN.write(2026, number)} Danke", f"B{number}") for number in range(1, count + 1))
        with file.open("wb") as writing:
            writing.writelines(statement(rows, number=1, day=date(2026, 11, 2), opening=0, closing=CENTS * count, account=ACCOUNT))
        found: dict[str, list[float]] = {"matched": [], "read": []}
        grown = 0.0
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            _read(file)
            found["read"].append(count / (time.perf_counter() - begin))
            begin = time.perf_counter()
            grown = max(grown, matched(file, orders, count))
            found["matched"].append(count / (time.perf_counter() - begin))
        medians = {name: statistics.median(values) for name, values in found.items()}
        size = file.stat().st_size / 1e6
    return {
        "movements": count,
        "file_mb": size,
        "matched_per_second": medians["matched"],
        "read_per_second": medians["read"],
        "ratio": medians["read"] / medians["matched"],
        "grown_mb": grown,
    }


def matched(file: Path, orders: set[str], expected: int) -> float:
    """Check the file and find the order of each movement; gives by how many MB the process grew meanwhile at most."""
    process, hits, peak = psutil.Process(), 0, 0
    before = process.memory_info().rss

    def seen(entry: Entry) -> None:
        nonlocal hits, peak
        hits += any(reference in orders for reference in references_in(PATTERN, entry.references, entry.purpose))
        if hits % SAMPLED_EVERY == 0:
            peak = max(peak, process.memory_info().rss)

    with file.open("rb") as content:
        (checked,) = check_bank_file(content, with_entries=False, seen=seen)
    if not checked.balanced or hits < expected:
        raise SystemExit(f"bank files: {hits} of {expected} movements were matched")
    return max(0, peak - before) / 1e6


def _read(file: Path) -> Iterator[str]:
    """Every amount of the file, unchecked, in one go through the same parser."""
    amounts: Callable[..., Any] = etree.iterparse
    found = []
    for _event, node in amounts(str(file), tag="{*}Ntry"):
        found.append(node.findtext("{*}Amt"))
        node.clear()
        while node.getprevious() is not None:
            del node.getparent()[0]
    return iter(found)


def lines(found: dict[str, Any]) -> str:
    """The measurement in words."""
    what = f"{found['movements']:,} movements ({found['file_mb']:,.0f} MB)"
    speed = f"{found['matched_per_second']:,.0f} a second, {found['read_per_second']:,.0f} only read"
    return f"Bank files: {what} checked and matched at {speed}, ratio {found['ratio']:.1f}, memory grew by {found['grown_mb']:.1f} MB"


if __name__ == "__main__":
    print(lines(measure_bank_files()))
