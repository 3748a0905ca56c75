"""The people of the journeys, and what they do with their browser."""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from direktdraht.foundation import clock
from tests import cast
from tests.journeys.stage import app_code

PLACE = {"place.street": "Lange Straße", "place.number": "12", "place.postal_code": "26121", "place.city": "Musterstadt"}


@dataclass(frozen=True)
class Receipt:
    """What the person keeps."""

    number: str
    key: str
    pdf: Path


def pictures(folder: Path) -> list[Path]:
    """Two photos as a phone takes them."""
    found = [folder / "sofa.jpg", folder / "schrank.jpg"]
    for path, colour in zip(found, ("navy", "darkred"), strict=True):
        Image.new("RGB", (640, 480), colour).save(path, "JPEG")
    return found


def a_monday() -> dict[str, str]:
    """A Monday about two weeks ahead, as three fields."""
    day = clock.today() + timedelta(days=14 - clock.today().weekday())
    return {"day.day": str(day.day), "day.month": str(day.month), "day.year": str(day.year)}


def press(page: Page, name: str) -> None:
    """Press a button of the page by its words."""
    page.locator("main").get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def click(page: Page, name: str) -> None:
    """Follow a link of the page by its words."""
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_load_state()


class Resident:
    """A person without account."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self.folder = folder

    def finds_the_form(self) -> None:
        """From the first page to the form."""
        self.page.goto("/dienste")
        click(self.page, "Sperrmüll abholen lassen")
        self.page.locator("main a[href='/formulare/sperrmuell']").first.click()
        press(self.page, "Beginnen")

    def fills_in_the_form(self) -> None:
        """All pages, with two pictures."""
        page = self.page
        for name, value in PLACE.items():
            page.fill(f"[name='{name}']", value)
        press(page, "Weiter")
        page.check("[name=kind][value=furniture]")
        for name, value in {"count": "3", **a_monday()}.items():
            page.fill(f"[name='{name}']", value)
        page.check("[name=express][value=false]")
        page.set_input_files("[name=photos]", pictures(self.folder))
        press(page, "Weiter")
        page.fill("[name=contact_name]", "Robin Weber")
        page.fill("[name=email]", "robin@example.org")
        press(page, "Weiter")

    def reviews_and_sends(self) -> None:
        """The last page of the form."""
        expect(self.page.locator("main")).to_contain_text("sofa.jpg")
        expect(self.page.locator("main")).to_contain_text("verbindliche Erklärung")
        press(self.page, "Verbindlich absenden")

    def keeps_the_receipt(self) -> Receipt:
        """Number, key and PDF from the receipt's page."""
        page = self.page
        expect(page.locator("main")).to_contain_text("Ihr Antrag ist eingegangen")
        with page.expect_download() as download:
            click(page, "Quittung herunterladen (PDF)")
        pdf = self.folder / "quittung.pdf"
        download.value.save_as(pdf)
        return Receipt(page.inner_text("#vorgangsnummer"), page.inner_text("#schluessel"), pdf)

    def opens_the_case(self, receipt: Receipt) -> None:
        """With number and key, in any browser."""
        self.page.goto("/vorgang")
        self.page.get_by_label("Vorgangsnummer").fill(receipt.number)
        self.page.get_by_label("Schlüssel").fill(receipt.key)
        press(self.page, "Vorgang öffnen")
        expect(self.page).to_have_url(re.compile(rf"/vorgang/{receipt.number}$"))

    def answers(self, text: str) -> None:
        """Write a message with a picture."""
        self.page.get_by_label("Nachricht").fill(text)
        self.page.set_input_files("[name=uploads]", pictures(self.folder)[0])
        press(self.page, "Nachricht senden")
        expect(self.page.locator("main")).to_contain_text(text)

    def agrees_to_electronic_decisions(self) -> None:
        """Consent (§ 41 (2a) VwVfG)."""
        press(self.page, "Elektronischen Bescheiden zustimmen")
        expect(self.page.locator("main")).to_contain_text("Sie bekommen Bescheide auf dieser Seite")

    def retrieves_the_decision(self) -> None:
        """Open what lies in the inbox."""
        click(self.page, "Zum Bescheid")
        press(self.page, "Bescheid öffnen")


class Clerk:
    """Somebody of the waste unit."""

    def __init__(self, page: Page, email: str) -> None:
        self.page = page
        self.email = email

    def signs_in(self) -> None:
        """With password and the code of the app."""
        page = self.page
        page.goto("/konto/anmelden")
        page.get_by_label("E-Mail").fill(self.email)
        page.get_by_label("Passwort", exact=True).fill(cast.PASSWORD)
        press(page, "Anmelden")
        page.get_by_label("Code").fill(app_code(cast.TOTP_SECRET))
        press(page, "Anmelden")
        expect(page).to_have_url(re.compile(r"/buero$"))

    def opens(self, number: str) -> None:
        """Find the case on the desk."""
        self.page.goto("/buero/eingang?liste=abfall")
        self.page.locator("tbody tr", has_text=number).get_by_role("link").first.click()
        expect(self.page).to_have_url(re.compile(number))

    def asks_back(self, text: str) -> None:
        """Ask the person; the clock rests."""
        self.page.get_by_label("Nachricht").fill(text)
        press(self.page, "Als Rückfrage senden")
        expect(self.page.locator("main")).to_contain_text(text)

    def drafts_a_decision(self, text: str) -> None:
        """Write the decision with its remedy."""
        self.page.goto(f"{self.page.url.split('?')[0].split('#')[0]}/bescheid")
        self.page.fill("[name=title]", "Bescheid über Sperrmüll")
        self.page.fill("[name=text]", text)
        self.page.fill("[name=remedy_text]", "Sie können binnen eines Monats Widerspruch erheben.")
        press(self.page, "Entwurf speichern")

    def releases(self) -> None:
        """The second pair of eyes."""
        self.page.goto(f"{self.page.url.split('?')[0].split('#')[0]}/bescheid")
        press(self.page, "Gespeicherten Entwurf freigeben")

    def provides_it_for_retrieval(self) -> None:
        """Into the person's inbox."""
        press(self.page, "Zum Abruf bereitstellen")
        expect(self.page.locator("main")).to_contain_text("Abrufbar bis")
