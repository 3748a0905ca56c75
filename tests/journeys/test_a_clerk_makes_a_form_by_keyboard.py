"""A clerk who uses no mouse, in a browser without JavaScript, writes a form from empty up to its publication."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.keyboard import Keyboard
from tests.journeys.people import press
from tests.journeys.stage import Stage, context_of

pytestmark = pytest.mark.browser
FORM = "stand_auf_dem_wochenmarkt"


def test_a_form_is_written_proved_and_published_by_keyboard_alone(stage: Stage, browser: Browser) -> None:
    page = context_of(browser, stage, "toni", script=False).new_page()
    keys = Keyboard(page)
    page.goto("/buero/formulare")

    begin_from_empty(keys)
    a_choice_on_the_first_page(keys)
    two_questions_on_a_second_page(keys)
    a_condition_on_the_choice(keys)
    a_fee_for_each_metre(keys)
    expect(page.locator("main")).to_contain_text("4,50")
    try_it_and_keep_the_answers(keys)
    expect(page.locator("main")).to_contain_text("13,50")
    look_at_the_warnings_and_publish(keys)
    expect(page.locator("main")).to_contain_text("Fassung 1 ist veröffentlicht")

    a_resident_can_begin(context_of(browser, stage).new_page())
    page.context.close()


def begin_from_empty(keys: Keyboard) -> None:
    """From the list of forms to an empty one."""
    keys.reach_and_press("a", "Neues Formular")
    keys.type_into("title", "Stand auf dem Wochenmarkt")
    keys.pick("unit", "ordnung")
    keys.reach_and_press("button", "Formular beginnen")


def a_choice_on_the_first_page(keys: Keyboard) -> None:
    """A question with three answers."""
    add_question(keys, "Was verkaufen Sie?", "choice")
    keys.reach_and_press("a", "Was verkaufen Sie?")
    keys.type_into("options_de", "Blumen\nWarmes Essen\nKleidung")
    keys.reach_and_press("button", "Frage speichern")


def two_questions_on_a_second_page(keys: Keyboard) -> None:
    """A page with a number and a question with yes or no, instead of the question that a new page comes with."""
    keys.type_into("title", "Ihr Stand")
    keys.reach_and_press("button", "Seite hinzufügen")
    add_question(keys, "Wie viele Meter?", "integer")
    add_question(keys, "Brauchen Sie Gas?", "yesno")
    keys.reach_and_press("button", "löschen: Was möchten Sie uns sagen?")


def add_question(keys: Keyboard, label: str, kind: str) -> None:
    """One more question on the page that is open."""
    keys.type_into("label", label)
    keys.pick("kind", kind)
    keys.reach_and_press("button", "Frage hinzufügen")


def a_condition_on_the_choice(keys: Keyboard) -> None:
    """Gas is asked about only if the food is warm."""
    keys.reach_and_press("a", "Brauchen Sie Gas?")
    keys.reach_and_press("a", "Bedingung ändern")
    keys.pick("frage", "field::was_verkaufen_sie")
    keys.reach_and_press("button", "Weiter")
    keys.pick("vergleich", "is")
    keys.tick("wert", "warmes_essen")
    keys.reach_and_press("button", "Bedingung hinzufügen")
    expect(keys.page.locator("main")).to_contain_text("„Was verkaufen Sie?“ ist „Warmes Essen“.")


def a_fee_for_each_metre(keys: Keyboard) -> None:
    """So much for each metre, on the basis of a statute."""
    keys.reach_and_press("a", "Gebühr")
    keys.pick("art", "unit")
    keys.reach_and_press("button", "Weiter")
    keys.pick("question", "wie_viele_meter")
    keys.type_into("amount", "4,50")
    keys.reach_and_press("button", "Speichern")
    keys.type_into("basis", "§ 3 Marktgebührensatzung")
    keys.reach_and_press("button", "Rechtsgrundlage speichern")


def try_it_and_keep_the_answers(keys: Keyboard) -> None:
    """Fill in both pages as people will, then keep what came out as a test."""
    keys.reach_and_press("a", "Ausprobieren")
    keys.type_into("anliegen", "Ich möchte jeden Samstag kommen.")
    keys.choose("was_verkaufen_sie", "warmes_essen")
    keys.reach_and_press("button", "Weiter")
    keys.type_into("wie_viele_meter", "3")
    keys.choose("brauchen_sie_gas", "true")
    keys.reach_and_press("button", "Weiter")
    keys.type_into("name", "Drei Meter mit Gas")
    keys.reach_and_press("button", "Antworten als Test merken")


def look_at_the_warnings_and_publish(keys: Keyboard) -> None:
    """Every warning is ticked; the test inside holds."""
    keys.reach_and_press("a", "Prüfen und veröffentlichen")
    expect(keys.page.locator("main")).to_contain_text("Drei Meter mit Gas bestanden")
    assert keys.tick_all("gesehen") == keys.page.locator("[name=gesehen]").count() > 0
    keys.reach_and_press("button", "Veröffentlichen")


def a_resident_can_begin(page: Page) -> None:
    """The form is there for everybody."""
    page.goto(f"/formulare/{FORM}")
    press(page, "Beginnen")
    expect(page.locator("main")).to_contain_text("Was verkaufen Sie?")
    page.context.close()
