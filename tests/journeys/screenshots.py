"""Pictures of the main pages for people's eyes: ``make screenshots`` writes them to build/screenshots."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.designers import Designer
from tests.journeys.people import PLACE, Resident, click, press
from tests.journeys.stage import Stage, context_of
from tests.journeys.test_a_clerk_imports_a_schema import files as schema_files
from tests.journeys.test_a_form_changes_under_a_draft import a_clerk_adds_a_question, begins_to_fill_in, published_form

pytestmark = pytest.mark.browser
FOLDER = Path(__file__).resolve().parents[2] / "build" / "screenshots"
WIDTHS = {"desktop": 1280, "phone": 390}
EDITOR = "/buero/formulare/{form}/entwurf"
PAGES = {
    "anonymous": {
        "home": "/",
        "services": "/dienste",
        "categories": "/dienste/lebenslagen",
        "service": "/dienste/{service}",
        "search": "/suche?q=spermul",
        "search-nothing": "/suche?q=raumschiff",
        "appointments": "/termine?anlass={occasion}",
        "appointment": "/termin/{visit_token}",
        "appointment-details": "/termin/{held_token}/angaben",
        "appointment-move": "/termin/{visit_token}/verschieben",
        "appointment-wish": "/terminwunsch/{wish_token}",
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
        "form-prefill": "/antrag/{draft}/uebernehmen",
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
        "staff-appointments": "/buero/termine",
        "staff-appointment": "/buero/termine/{visit}",
        "staff-wishes": "/buero/termine/wuensche",
        "forbidden": "/buero/stadt",
    },
    "jo": {
        "appointment-sites": "/buero/termine/einrichten",
        "appointment-site": "/buero/termine/einrichten/standort/{site}",
        "units": "/buero/stellen",
        "unit-new": "/buero/stellen/neu",
        "member-new": "/buero/stellen/abfall/mitglied",
        "city": "/buero/stadt",
        "jobs": "/buero/auftraege",
        "staff-services": "/buero/dienste",
        "staff-service": "/buero/dienste/{service}",
        "gallery": "/buero/bausteine",
        "elements": "/buero/formulare/fragearten",
        "elements-en": "/buero/formulare/fragearten?sprache=en",
        "elements-easy": "/buero/formulare/fragearten?sprache=de-x-leicht",
    },
    "mika": {
        "finance": "/buero/kasse",
        "finance-search": "/buero/kasse?suche=weber",
        "finance-open": "/buero/kasse/offen",
        "finance-order": "/buero/kasse/auftrag/{desk_order}",
        "finance-ask-refund": "/buero/kasse/auftrag/{desk_order}/erstatten",
        "finance-entries": "/buero/kasse/umsaetze",
        "finance-entry": "/buero/kasse/umsaetze/{bank_entry}",
        "finance-entry-done": "/buero/kasse/umsaetze/{done_entry}",
        "finance-files": "/buero/kasse/bankdateien",
        "finance-file": "/buero/kasse/bankdateien/{bank_file}",
        "finance-file-refused": "/buero/kasse/bankdateien/{refused_file}",
        "finance-refunds": "/buero/kasse/erstattungen",
        "finance-refund": "/buero/kasse/erstattungen/{released_refund}",
        "finance-closing": "/buero/kasse/tagesabschluss",
        "finance-ledger": "/buero/kasse/hauptbuch",
        "finance-proof": "/buero/kasse/nachweis",
    },
    "toni": {
        "forms": "/buero/formulare",
        "form-new": "/buero/formulare/neu",
        "form": "/buero/formulare/{form}",
        "form-version": "/buero/formulare/{form}/fassung/1",
        "form-compare": "/buero/formulare/{form}/vergleich?von=1&bis=entwurf",
        "editor-outline": EDITOR,
        "editor-outline-questions": f"{EDITOR}?seite=items",
        "editor-question": f"{EDITOR}/frage/{{question}}",
        "editor-question-choice": f"{EDITOR}/frage/kind",
        "editor-condition": f"{EDITOR}/bedingung/devices",
        "editor-condition-add": f"{EDITOR}/bedingung/devices?frage=field::kind",
        "editor-fee": f"{EDITOR}/gebuehr",
        "editor-facts": f"{EDITOR}/angaben",
        "editor-texts": f"{EDITOR}/texte?teil=items",
        "editor-lists": f"{EDITOR}/listen",
        "editor-proposals": f"{EDITOR}/vorschlaege",
        "editor-history": f"{EDITOR}/verlauf",
        "editor-try": f"{EDITOR}/ausprobieren",
        "editor-try-result": f"{EDITOR}/ausprobieren?seite=ergebnis",
        "editor-proof": f"{EDITOR}/pruefen",
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


@pytest.mark.parametrize("size", WIDTHS)
def test_pictures_of_a_report_and_of_a_changed_form(stage: Stage, browser: Browser, tmp_path: Path, size: str) -> None:
    toni = Designer(context_of(browser, stage, "toni", width=WIDTHS[size]).new_page())
    toni.imports(*schema_files(tmp_path))
    picture(toni.page, "form-imported", size)
    toni.page.goto(f"{toni.page.url.removesuffix('/neu/datei')}/gewerbeanmeldung/entwurf/vorschlaege")
    picture(toni.page, "editor-proposals-open", size)

    form = published_form(stage, f"bank_{size}")
    robin = begins_to_fill_in(browser, stage, form, tmp_path)
    a_clerk_adds_a_question(browser, stage, form)
    robin.page.set_viewport_size({"width": WIDTHS[size], "height": 900})
    robin.page.reload()
    picture(robin.page, "form-newer", size)
    click(robin.page, "Ansehen, was sich geändert hat")
    picture(robin.page, "form-move", size)
    for page in (toni.page, robin.page):
        page.context.close()


def picture(page: Page, name: str, size: str) -> None:
    """Keep what the page looks like, from top to bottom."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"{name}-{size}.png", full_page=True)
