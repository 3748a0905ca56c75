"""An objection is signed by De-Mail: freeze, send, receipt; the clerk sees who signed; a changed copy is refused; answers go back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import click, press
from tests.journeys.stage import Stage, context_of
from tests.journeys.test_an_objection_is_signed import PHONE, objects
from tests.pages.test_browser import NARROW, problems
from tests.processes.house import wait_for
from tests.submissions import demail_counterpart

pytestmark = pytest.mark.browser
TAMPERED = "Der Inhalt wurde nach der Signatur verändert."


@pytest.fixture(scope="module")
def provider(stage: Stage) -> Iterator[str]:
    """The provider's page, connected with the house only here."""
    with demail_counterpart.running(stage.house.data, stage.house.environment) as address:
        yield address


def test_by_demail_from_the_form_to_the_clerk_and_back(stage: Stage, browser: Browser, tmp_path: Path, provider: str) -> None:
    person = context_of(browser, stage).new_page()
    subject, letter = freezes(person, tmp_path)
    sends(person, provider, subject, letter)

    comes_to(person, "Ihr Antrag ist eingegangen")
    expect(person.locator("main")).to_contain_text("Robin Weber, mit absenderbestätigter De-Mail")
    number = person.inner_text("#vorgangsnummer")

    clerk = context_of(browser, stage, "kim").new_page()
    clerk.goto(f"/buero/vorgang/{number}")
    expect(clerk.locator("main")).to_contain_text("Robin Weber, mit absenderbestätigter De-Mail")
    click(clerk, "Unterschrift")
    for words in ("Diese Erklärung ist gültig unterschrieben.", "§ 5 Abs. 5 De-Mail-Gesetz", "Die De-Mail enthält genau diese Erklärung."):
        expect(clerk.locator("main")).to_contain_text(words)
    press(clerk, "Belege noch einmal prüfen")
    expect(clerk.locator("main")).to_contain_text("Der Anbieter bestätigt, wer die De-Mail abgeschickt hat.")

    clerk.goto(f"/buero/vorgang/{number}")
    clerk.fill("[name=text]", "Wir prüfen Ihren Widerspruch.")
    press(clerk, "Antwort senden")
    wait_for(lambda: "eingegangen" in state_of_answers(clerk, number), 60, "the confirmations of the answer")
    clerk.goto(f"/buero/vorgang/{number}")
    expect(clerk.locator("main")).to_contain_text("Versandbestätigung des De-Mail-Anbieters")
    person.goto(provider)
    expect(person.locator("main")).to_contain_text("Wir prüfen Ihren Widerspruch.")
    person.context.close()
    clerk.context.close()


def test_a_changed_copy_is_refused_without_javascript_and_everybody_is_told(
    stage: Stage, browser: Browser, tmp_path: Path, provider: str
) -> None:
    person = context_of(browser, stage, width=PHONE, script=False).new_page()
    subject, letter = freezes(person, tmp_path)
    sends(person, provider, subject, letter, how="tampered")

    comes_to(person, TAMPERED)
    clerk = context_of(browser, stage, "kim").new_page()
    clerk.goto("/buero/de-mail?stand=refused")
    expect(clerk.locator("main")).to_contain_text(TAMPERED)
    click(clerk, subject)
    click(clerk, clerk.locator("main a[href^='/buero/vorgang/']").first.inner_text())
    expect(clerk.locator("main")).to_contain_text(f"Kein Nachweis: {TAMPERED}")
    wait_for(lambda: stage.house.mails_to("robin@example.org"), 30, "the mail that tells the person")

    sends(person, provider, subject, letter)
    comes_to(person, "Ihr Antrag ist eingegangen")
    person.context.close()
    clerk.context.close()


def test_the_pages_are_accessible_and_narrow(stage: Stage, browser: Browser, tmp_path: Path, provider: str) -> None:
    person = context_of(browser, stage, width=NARROW).new_page()
    subject, letter = freezes(person, tmp_path)
    found = problems(person, person.reload())
    page = person.url
    sends(person, provider, subject, letter, how="stripped")
    person.goto(page)
    comes_to(person, "keine Signatur eines De-Mail-Anbieters")
    found += problems(person, person.reload())
    clerk = context_of(browser, stage, "kim", width=NARROW).new_page()
    for address in ("/buero/de-mail", "/buero/de-mail/gesendet"):
        found += problems(clerk, clerk.goto(address))

    assert found == []
    person.context.close()
    clerk.context.close()


def freezes(page: Page, folder: Path) -> tuple[str, Path]:
    """Fill in, choose De-Mail; the subject to send, and the downloaded declaration."""
    objects(page)
    press(page, "Weiter zur Unterschrift")
    click(page, "Mit De-Mail")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mit De-Mail unterschreiben")
    expect(page.locator("main")).to_contain_text("Noch ist nichts angekommen")
    with page.expect_download() as download:
        page.locator("main").get_by_role("link", name="Laden Sie die Erklärung herunter (PDF).").click()
    letter = folder / "erklaerung.pdf"
    download.value.save_as(letter)
    return page.inner_text("#betreff"), letter


def sends(page: Page, provider: str, subject: str, letter: Path, *, how: str = "") -> None:
    """Write the De-Mail at the provider, as robin, and come back."""
    back = page.url
    page.goto(provider)
    page.fill("[name=subject]", subject)
    page.fill("[name=text]", "Guten Tag")
    page.set_input_files("[name=file]", letter)
    page.select_option("[name=fault]", how)
    press(page, "Senden")
    expect(page.get_by_role("status")).to_have_text("Gesendet.")
    page.goto(back)


def comes_to(page: Page, words: str) -> None:
    """Reload, as a person does, until the worker is done."""

    def shown() -> bool:
        page.reload()
        return words in page.inner_text("main")

    wait_for(shown, 60, words)


def state_of_answers(clerk: Page, number: str) -> str:
    """What the list of sent De-Mails says."""
    clerk.goto("/buero/de-mail/gesendet")
    text = clerk.inner_text("main")
    return text if number in text else ""
