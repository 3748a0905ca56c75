"""Pictures of the main pages for people's eyes: ``make screenshots`` writes them to build/screenshots."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.people import PLACE, Resident, click, press
from tests.journeys.stage import Stage, context_of

pytestmark = pytest.mark.browser
FOLDER = Path(__file__).resolve().parents[2] / "build" / "screenshots"
WIDTHS = {"desktop": 1280, "phone": 390}
PAGES = {
    "anonymous": {
        "home": "/",
        "services": "/dienste",
        "categories": "/dienste/lebenslagen",
        "service": "/dienste/{service}",
        "search": "/suche?q=spermul",
        "search-nothing": "/suche?q=raumschiff",
        "contact": "/kontakt",
        "imprint": "/impressum",
        "privacy": "/datenschutz",
        "accessibility": "/barrierefreiheit",
        "sign-in": "/konto/anmelden",
        "sign-up": "/konto/neu",
        "open-case": "/vorgang",
        "check-receipt": "/quittung",
        "resume": "/antrag/fortsetzen",
        "seals": "/journal",
        "not-found": "/gibt-es-nicht",
    },
    "robin": {
        "area": "/mein-bereich",
        "account": "/konto",
        "own-data": "/konto/daten",
        "second-factor": "/konto/zweiter-faktor/app",
        "case": "/vorgang/{number}",
        "case-closed": "/vorgang/{closed_number}",
        "decision-waiting": "/vorgang/{number}/bescheid/1",
        "decision-opened": "/vorgang/{closed_number}/bescheid/1",
        "object": "/vorgang/{closed_number}/widersprechen",
    },
    "kim": {
        "staff-start": "/buero",
        "desk": "/buero/eingang?liste=abfall",
        "staff-case": "/buero/vorgang/{number}",
        "staff-application": "/buero/vorgang/{number}/antrag",
        "staff-files": "/buero/vorgang/{number}/dateien",
        "staff-decision": "/buero/vorgang/{number}/bescheid",
        "staff-draft": "/buero/vorgang/{open_number}/bescheid",
        "staff-history": "/buero/vorgang/{number}/verlauf",
        "staff-close": "/buero/vorgang/{number}/abschliessen",
        "forbidden": "/buero/stadt",
    },
    "jo": {
        "units": "/buero/stellen",
        "unit-new": "/buero/stellen/neu",
        "member-new": "/buero/stellen/abfall/mitglied",
        "city": "/buero/stadt",
        "jobs": "/buero/auftraege",
        "staff-services": "/buero/dienste",
        "staff-service": "/buero/dienste/{service}",
        "forms": "/buero/formulare",
        "form": "/buero/formulare/{form}",
        "form-publish": "/buero/formulare/veroeffentlichen",
        "gallery": "/buero/bausteine",
        "elements": "/buero/formulare/fragearten",
        "elements-en": "/buero/formulare/fragearten?sprache=en",
        "elements-easy": "/buero/formulare/fragearten?sprache=de-x-leicht",
    },
}


@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.parametrize("role", PAGES)
def test_pictures_of_pages(stage: Stage, browser: Browser, role: str, size: str) -> None:
    context = context_of(browser, stage, role, width=WIDTHS[size])
    page = context.new_page()
    for name, address in PAGES[role].items():
        page.goto(address.format(**stage.values))
        picture(page, name, size)
    context.close()


@pytest.mark.parametrize("size", WIDTHS)
def test_pictures_of_the_main_way(stage: Stage, browser: Browser, tmp_path: Path, size: str) -> None:
    context = context_of(browser, stage, width=WIDTHS[size])
    page = context.new_page()
    page.goto("/formulare/sperrmuell")
    picture(page, "form-begin", size)
    press(page, "Beginnen")
    press(page, "Weiter")
    picture(page, "form-errors", size)
    for name, value in PLACE.items():
        page.fill(f"[name='{name}']", value)
    press(page, "Weiter")
    picture(page, "form-items", size)
    page.goto("/formulare/sperrmuell")
    press(page, "Beginnen")
    robin = Resident(page, tmp_path)
    robin.fills_in_the_form()
    picture(page, "form-review", size)
    robin.reviews_and_sends()
    picture(page, "receipt", size)
    click(page, "Vorgang ansehen")
    picture(page, "case-new", size)
    context.close()


def picture(page: Page, name: str, size: str) -> None:
    """Keep what the page looks like, from top to bottom."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"{name}-{size}.png", full_page=True)
