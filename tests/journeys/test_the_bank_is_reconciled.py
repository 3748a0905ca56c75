"""The finance desk takes in the bank's files, learns why one is refused, and finds a place for every movement."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import click, press
from tests.journeys.stage import Stage, context_of
from tests.payments.bank import day, movement, notice

pytestmark = pytest.mark.browser


def gives(page: Page, file: Path, content: bytes) -> None:
    """Give a file of the bank."""
    file.write_bytes(content)
    page.goto("/buero/kasse/bankdateien")
    page.set_input_files("input[type=file]", file)
    press(page, "Datei einlesen")


@pytest.mark.parametrize("script", [True, False])
def test_a_refused_file_is_mended_and_its_movement_is_booked_elsewhere(
    stage: Stage, browser: Browser, tmp_path: Path, script: bool
) -> None:
    context = context_of(browser, stage, "mika", script=script)
    page, payer = context.new_page(), f"Land {'mit' if script else 'ohne'} Skript"
    cents = 777_00 if script else 778_00

    gives(page, tmp_path / "falsch.xml", day(movement(cents, name=payer), total=cents + 1))
    expect(page.get_by_text("Die Datei ist abgelehnt")).to_be_visible()

    gives(page, tmp_path / "richtig.xml", notice(movement(cents, "Zuweisung", name=payer)))
    expect(page.get_by_text("Die Datei ist eingelesen")).to_be_visible()
    click(page, payer)
    click(page, "Anderswo buchen")
    press(page, "Anderswo buchen")
    expect(page.get_by_role("heading", name="Anderswo buchen")).to_be_visible()
    page.fill("[name=reason]", "Zuweisung des Landes")
    press(page, "Anderswo buchen")

    expect(page.get_by_text("Der Umsatz ist gebucht")).to_be_visible()
    context.close()
