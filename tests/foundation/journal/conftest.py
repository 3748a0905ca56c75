"""Journals to check: rows in two seals and one row that is not sealed yet."""

import json
from pathlib import Path
from typing import Any

import pytest

from direktdraht.foundation import journal
from direktdraht.foundation.journal.actions import seal_pending
from direktdraht.foundation.journal.exporting import export_to
from direktdraht.foundation.journal.models import Entry


@pytest.fixture
def rows(db: None) -> list[Entry]:
    """Three rows in seal 1, two in seal 2, one signed and not yet sealed."""
    entries = []
    for size in (3, 2):
        entries += [journal.record("case.opened", subject=f"case:{size}-{n}", facts={"number": f"{size}-{n}"}) for n in range(size)]
        seal_pending()
    return [*entries, journal.record("case.closed", subject="case:3-0")]


@pytest.fixture
def exported(rows: list[Entry], tmp_path: Path) -> Path:
    """An export of that journal."""
    path = tmp_path / "journal.jsonl"
    export_to(path)
    return path


def lines_of(path: Path) -> list[dict[str, Any]]:
    """The records of an export."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write_lines(path: Path, records: list[dict[str, Any]]) -> None:
    """Put records back into the export."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
