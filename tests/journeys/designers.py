"""Somebody who designs forms, and what they do in the editor with the mouse."""

from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.people import click, press


class Designer:
    """A clerk who may write forms; signed in already."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def imports(self, *files: Path) -> None:
        """Read a schema and the lists beside it."""
        self.page.goto("/buero/formulare")
        click(self.page, "Neues Formular")
        self.page.set_input_files("[name=datei]", list(files))
        press(self.page, "Datei einlesen")

    def opens(self, part: str) -> None:
        """Go to a part of the form in the list at the side."""
        self.page.get_by_role("navigation", name="Teile des Formulars").get_by_role("link", name=part).click()
        self.page.wait_for_load_state()

    def writes_a_condition(self, question: str, comparison: str, answer: str) -> None:
        """Let what is open depend on the answer to another question."""
        page = self.page
        page.get_by_label("Wovon hängt es ab?").select_option(label=question)
        press(page, "Weiter")
        page.get_by_label("Vergleich").select_option(label=comparison)
        page.get_by_label(answer, exact=True).check()
        press(page, "Bedingung hinzufügen")

    def begins_to_change(self, form: str) -> None:
        """Take the published version of a form as the working draft."""
        self.page.goto(f"/buero/formulare/{form}")
        press(self.page, "Bearbeiten")

    def adds_a_question(self, label: str, kind: str) -> None:
        """Add a question at the end of the page that is open."""
        self.page.get_by_label("Wie lautet die Frage?").fill(label)
        self.page.get_by_label("Was wird geantwortet?").select_option(label=kind)
        press(self.page, "Frage hinzufügen")
        expect(self.page.get_by_role("status")).to_contain_text(f"Frage „{label}“ hinzugefügt")

    def publishes(self, until: date | None = None) -> None:
        """Look at every warning, then publish; ``until`` is the last day of drafts that people have begun."""
        self.opens("Prüfen und veröffentlichen")
        expect(self.page.get_by_role("button", name="Veröffentlichen", exact=True)).to_be_visible()
        for box in self.page.locator("[name=gesehen]").all():
            box.check()
        if until is not None:
            self.page.fill("[name=bis]", until.isoformat())
        press(self.page, "Veröffentlichen")
        expect(self.page.locator("main")).to_contain_text("ist veröffentlicht")
