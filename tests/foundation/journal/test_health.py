"""The doctor notices an exchanged key and rows that nobody seals."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from direktdraht.foundation import clock, journal
from direktdraht.foundation.checks import Level
from direktdraht.foundation.journal.health import journal_problems
from direktdraht.foundation.journal.models import Entry


def test_a_sealed_journal_is_in_order(rows: list[Entry]) -> None:
    assert not list(journal_problems())


@pytest.mark.django_db
def test_rows_that_wait_too_long_are_a_warning() -> None:
    journal.record("case.opened", subject="case:1")

    with clock.frozen(clock.now() + timedelta(minutes=6)):
        findings = list(journal_problems())

    assert [finding.level for finding in findings] == [Level.WARNING]
    assert findings[0].text.startswith("1 rows wait for their seal")


def test_an_exchanged_key_is_an_error(rows: list[Entry], settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path

    findings = list(journal_problems())

    assert [finding.level for finding in findings] == [Level.ERROR]


@pytest.mark.django_db
def test_a_broken_key_is_an_error(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "journal-ed25519.pem").write_text("broken")

    findings = list(journal_problems())

    assert [finding.level for finding in findings] == [Level.ERROR]
    assert "cannot be read" in findings[0].text
