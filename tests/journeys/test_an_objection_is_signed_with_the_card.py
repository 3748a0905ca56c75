"""An objection is signed with the online ID card: freeze, app, receipt; the clerk sees who signed; a changed copy is refused."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import click, press
from tests.journeys.stage import Stage, context_of
from tests.journeys.test_an_objection_is_signed import PHONE, objects
from tests.pages.test_browser import NARROW, problems
from tests.people.eid import counterpart as process
from tests.people.eid.counterpart import Counterpart

pytestmark = pytest.mark.browser
FILES = {"answer": "getResult-Antwort.xml", "request": "getResult-Anfrage.xml", "certificate": "eID-Server.pem", "asked": "Verlangt.json"}


@pytest.fixture(scope="module", autouse=True)
def counterpart(stage: Stage) -> Iterator[Counterpart]:
    """The example of an eID server with its app, connected with the house only here."""
    process.write_city(stage.house.data)
    with process.running(stage.house.data) as running:
        yield running


def test_with_the_card_from_the_form_to_the_clerk(stage: Stage, browser: Browser, tmp_path: Path) -> None:
    person = context_of(browser, stage).new_page()
    freezes(person)
    opens_the_app(person)
    press_in_app(person, "Ausweis auflegen und PIN eingeben")
    expect(person.locator("main")).to_contain_text("Ihr Antrag ist eingegangen")
    number = person.inner_text("#vorgangsnummer")

    clerk = context_of(browser, stage, "kim").new_page()
    clerk.goto(f"/buero/vorgang/{number}")
    expect(clerk.locator("main")).to_contain_text("ROBIN WEBER, mit dem Online-Ausweis")
    click(clerk, "Unterschrift")
    for words in (
        "Diese Erklärung ist gültig unterschrieben.",
        "§ 3a Abs. 3 Nr. 1 VwVfG, § 18 PAuswG",
        "Diese Antwort kam zum ersten Mal.",
    ):
        expect(clerk.locator("main")).to_contain_text(words)
    press(clerk, "Belege noch einmal prüfen")
    expect(clerk.locator("main")).to_contain_text("Die gespeicherten Angaben stimmen mit der signierten Antwort überein.")

    kept = {role: downloaded(clerk, name, tmp_path) for role, name in FILES.items()}
    assert examined(stage, kept) == (0, True, [])
    kept["answer"].write_bytes(kept["answer"].read_bytes().replace(b"ROBIN", b"EVELY"))
    assert examined(stage, kept) == (1, False, ["Die Signatur stimmt nicht oder stammt nicht vom eID-Server."])
    person.context.close()
    clerk.context.close()


def test_what_goes_wrong_leaves_the_other_ways_open_without_javascript(stage: Stage, browser: Browser) -> None:
    page = context_of(browser, stage, width=PHONE, script=False).new_page()
    freezes(page)

    for mishap, sentence in (("PIN ist gesperrt", "hilft die PUK"), ("Antwort ist falsch signiert", "nicht zu trauen")):
        opens_the_app(page)
        press_in_app(page, mishap)
        expect(page.get_by_role("heading", level=1)).to_have_text("So können Sie unterschreiben")
        expect(page.locator("main")).to_contain_text(sentence)

    click(page, "Auf Papier")
    expect(page.locator("#code")).to_be_visible()
    page.context.close()


def test_the_pages_before_and_after_the_app_are_accessible_and_narrow(stage: Stage, browser: Browser) -> None:
    page = context_of(browser, stage, width=NARROW).new_page()
    freezes(page)
    click(page, "Online-Ausweis")
    page.route("**/eID-Client?Status", lambda route: route.abort())
    press(page, "Jetzt unterschreiben und absenden")
    expect(page.locator("[data-app-status]")).to_contain_text("Wir finden sie nicht. Bitte starten Sie die AusweisApp.")
    page.unroute("**/eID-Client?Status")
    found = problems(page, page.reload())
    expect(page.locator("[data-app-status]")).to_have_text("Ja. Die AusweisApp läuft auf diesem Gerät.")
    click(page, "AusweisApp öffnen")
    with page.expect_response(lambda answer: "/eid/zurueck/" in answer.url) as waiting:
        press_in_app(page, "Ergebnis kommt nie")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Ausweis wird geprüft")

    assert found + problems(page, waiting.value) == []
    page.context.close()


def freezes(page: Page) -> None:
    """Fill in and go on to the signature."""
    objects(page)
    press(page, "Weiter zur Unterschrift")


def opens_the_app(page: Page) -> None:
    """The first way of the list, up to the app."""
    expect(page.locator("main li a").first).to_have_text("Online-Ausweis")
    click(page, "Online-Ausweis")
    press(page, "Jetzt unterschreiben und absenden")
    click(page, "AusweisApp öffnen")
    expect(page.get_by_role("heading", level=1)).to_have_text("AusweisApp (Beispiel)")


def press_in_app(page: Page, name: str) -> None:
    """A button of the app; the first person is robin."""
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def downloaded(page: Page, name: str, folder: Path) -> Path:
    """A piece of evidence, as the clerk's page hands it out."""
    with page.expect_download() as download:
        page.locator("main").get_by_role("link", name=name).first.click()
    download.value.save_as(folder / name)
    return folder / name


def examined(stage: Stage, kept: dict[str, Path]) -> tuple[int, bool, list[str]]:
    """What ``direktdraht eid check`` says about these files: exit status, verdict, what does not hold."""
    at = json.loads(kept["asked"].read_text(encoding="utf-8"))["at"]
    words = ["--server-certificate", str(kept["certificate"]), "--request", str(kept["request"]), "--attributes", "given_name,family_name"]
    done = stage.house.run("eid", "check", str(kept["answer"]), *words, "--at", at, "--json")
    printed = json.loads(done.stdout)
    return done.returncode, printed["valid"], [check["detail"] for check in printed["checks"] if not check["ok"]]
