"""A clerk publishes a new version while somebody is filling in the old one."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from direktdraht.foundation import clock
from tests.journeys.designers import Designer
from tests.journeys.people import Resident, click, press
from tests.journeys.stage import Stage, context_of

pytestmark = pytest.mark.browser
WISH = "Bitte eine Bank unter die Linde stellen."
NEW_QUESTION = "Wie erreichen wir Sie?"
PUBLISH = """
from direktdraht.forms import actions
from direktdraht.forms.editing import blank
actions.publish(blank.new_form(key=%r, title="Eine Bank vorschlagen", unit="abfall", service=%r), by=None)
"""
END_YESTERDAY = """
from direktdraht.forms.models import FormVersion
FormVersion.objects.filter(form_id=%r, number=1).update(drafts_until=%r)
"""


def test_the_old_version_stays_valid_and_the_person_finishes_on_it(stage: Stage, browser: Browser, tmp_path: Path) -> None:
    form = published_form(stage, "bank_alt")
    robin = begins_to_fill_in(browser, stage, form, tmp_path)

    a_clerk_adds_a_question(browser, stage, form)

    robin.page.reload()
    expect(robin.page.locator("main")).to_contain_text("Von diesem Formular gibt es eine neue Fassung.")
    click(robin.page, "Ansehen, was sich geändert hat")
    expect(robin.page.locator("main")).to_contain_text("Ihre alte Fassung gilt weiter.")
    click(robin.page, "Bei der alten Fassung bleiben")
    expect(robin.page.locator("main")).not_to_contain_text(NEW_QUESTION)
    press(robin.page, "Weiter")
    expect(robin.page.locator("main")).to_contain_text(WISH)
    press(robin.page, "Verbindlich absenden")

    robin.keeps_the_receipt()
    robin.page.context.close()


def test_the_old_version_ends_and_the_person_moves_to_the_new_one(stage: Stage, browser: Browser, tmp_path: Path) -> None:
    form = published_form(stage, "bank_neu")
    robin = begins_to_fill_in(browser, stage, form, tmp_path)
    press(robin.page, "Weiter")

    a_clerk_adds_a_question(browser, stage, form, until=clock.today())
    stage.house.execute(END_YESTERDAY % (form, (clock.today() - timedelta(days=1)).isoformat()))
    press(robin.page, "Verbindlich absenden")

    expect(robin.page.locator("h1")).to_have_text("Das Formular hat sich geändert")
    expect(robin.page.locator("main")).to_contain_text("Ihre alte Fassung gilt nicht mehr.")
    expect(robin.page.get_by_role("listitem").filter(has_text=NEW_QUESTION)).to_be_visible()
    expect(robin.page.locator("main")).to_contain_text("Alle Ihre Antworten bleiben erhalten.")
    press(robin.page, "Mit der neuen Fassung weitermachen")
    expect(robin.page.locator("[name=anliegen]")).to_have_value(WISH)
    robin.page.get_by_label(NEW_QUESTION).fill("Am Brunnen 4")
    press(robin.page, "Weiter")
    expect(robin.page.locator("main")).to_contain_text("Am Brunnen 4")
    press(robin.page, "Verbindlich absenden")

    robin.keeps_the_receipt()
    robin.page.context.close()


def published_form(stage: Stage, key: str) -> str:
    """A published form of one page with one question; returns its key."""
    stage.house.execute(PUBLISH % (key, stage.values["service"]))
    return key


def begins_to_fill_in(browser: Browser, stage: Stage, form: str, folder: Path) -> Resident:
    """Robin has written the wish, and it is kept."""
    page: Page = context_of(browser, stage).new_page()
    page.goto(f"/formulare/{form}")
    press(page, "Beginnen")
    address = page.url
    page.fill("[name=anliegen]", WISH)
    press(page, "Weiter")
    page.goto(address)
    return Resident(page, folder)


def a_clerk_adds_a_question(browser: Browser, stage: Stage, form: str, until: date | None = None) -> None:
    """Toni changes the published form and publishes it again."""
    toni = Designer(context_of(browser, stage, "toni").new_page())
    toni.begins_to_change(form)
    toni.adds_a_question(NEW_QUESTION, "Kurzer Text")
    toni.publishes(until)
    toni.page.context.close()
