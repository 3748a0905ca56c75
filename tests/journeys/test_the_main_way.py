"""The main way: a person sends, the city asks and decides, both see the same, and all of it can be proved."""

import re
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.journeys.keyboard import Keyboard
from tests.journeys.people import PLACE, Clerk, Receipt, Resident, a_monday, pictures
from tests.journeys.stage import Stage, context_of

pytestmark = pytest.mark.browser
QUESTION = "Passt der Schrank durch die Tür?"
ANSWER = "Ja, er ist schon zerlegt."
DECISION = "Wir holen Ihren Sperrmüll kostenlos ab."


# A code of the app works once, so each run has a clerk and a leader of its own.
STAFF = {True: ("kim", "alex"), False: ("jules", "lou")}


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_one_application_travels_the_whole_way(stage: Stage, browser: Browser, tmp_path: Path, script: bool) -> None:
    def window() -> Page:
        return context_of(browser, stage, script=script).new_page()

    robin = Resident(window(), tmp_path)
    clerk, lead = (Clerk(window(), f"{name}@musterstadt.example") for name in STAFF[script])
    robin.finds_the_form()
    robin.fills_in_the_form()
    robin.reviews_and_sends()
    receipt = robin.keeps_the_receipt()
    the_pdf_says(receipt, "sofa.jpg", "schrank.jpg", "Lange Straße 12")

    clerk.signs_in()
    clerk.opens(receipt.number)
    clerk.asks_back(QUESTION)

    at_home = Resident(window(), tmp_path)
    at_home.opens_the_case(receipt)
    expect(at_home.page.locator("main")).to_contain_text(QUESTION)
    at_home.answers(ANSWER)
    at_home.agrees_to_electronic_decisions()

    clerk.opens(receipt.number)
    expect(clerk.page.locator("main")).to_contain_text(ANSWER)
    clerk.drafts_a_decision(DECISION)
    lead.signs_in()
    lead.opens(receipt.number)
    lead.releases()
    lead.provides_it_for_retrieval()

    at_home.opens_the_case(receipt)
    at_home.retrieves_the_decision()
    expect(at_home.page.locator("main")).to_contain_text(DECISION)
    the_dates_stand_there(at_home.page)
    everything_can_be_proved(stage, tmp_path)
    for page in (robin.page, clerk.page, lead.page, at_home.page):
        page.context.close()


def test_the_form_is_sent_by_keyboard_alone(stage: Stage, browser: Browser, tmp_path: Path) -> None:
    page = context_of(browser, stage).new_page()
    keys = Keyboard(page)
    page.goto("/formulare/sperrmuell")

    keys.reach_and_press("button", "Beginnen")
    for name, value in PLACE.items():
        keys.type_into(name, value)
    keys.reach_and_press("button", "Weiter")
    keys.choose("kind", "furniture")
    keys.type_into("count", "3")
    keys.choose_files("photos", pictures(tmp_path))
    for name, value in a_monday().items():
        keys.type_into(name, value)
    keys.choose("express", "false")
    keys.reach_and_press("button", "Weiter")
    keys.type_into("contact_name", "Robin Weber")
    keys.type_into("email", "robin@example.org")
    keys.reach_and_press("button", "Weiter")
    expect(page.locator("main")).to_contain_text("sofa.jpg")
    keys.reach_and_press("button", "Verbindlich absenden")

    expect(page.locator("h1")).to_contain_text("Ihr Antrag ist eingegangen")
    page.context.close()


def the_pdf_says(receipt: Receipt, *words: str) -> None:
    """The kept PDF names the number and what was sent."""
    text = " ".join(page.extract_text() for page in PdfReader(receipt.pdf).pages)
    flat = re.sub(r"\s+", " ", text)
    missing = [word for word in (receipt.number, *words) if word not in flat]
    assert not missing, f"{missing} not in {flat}"


def the_dates_stand_there(page: Page) -> None:
    """When it counts as known, and until when one can object, both in words."""
    dates = page.locator("dl.dd-summary").last
    expect(dates).to_contain_text(re.compile(r"(Mo|Di|Mi|Do|Fr|Sa|So)\., \d{1,2}\. \w+ 20\d\d"))
    expect(page.locator("main")).to_contain_text("Diese Tage zählen")


def everything_can_be_proved(stage: Stage, folder: Path) -> None:
    """``verify`` holds with the database, and with an export and the public key alone."""
    house = stage.house
    with_database = house.run("verify", "--all")
    exported = house.run("journal", "export", str(folder / "journal.jsonl"))
    key = folder / "key.pem"
    key.write_text(fetched(stage, "/journal/schluessel"), encoding="utf-8")
    alone = house.run("verify", "--export", str(folder / "journal.jsonl"), "--key", str(key))

    for done in (with_database, exported, alone):
        assert done.returncode == 0, done.stdout + done.stderr


def fetched(stage: Stage, path: str) -> str:
    """The text at an address of the house."""
    with urllib.request.urlopen(f"{stage.url}{path}", timeout=10) as answer:
        return str(answer.read().decode())
