"""A clerk brings a schema of the state and makes a form of it that people can use."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.forms.xdatenfelder.documents import code_list, facts, field, group, part, schema
from tests.journeys.designers import Designer
from tests.journeys.people import click, press
from tests.journeys.stage import Stage, context_of

pytestmark = pytest.mark.browser
LIST = "urn:de:journey:anzeigeart"
KINDS = (("neu", "Neuerrichtung"), ("um", "Umwandlung"), ("zu", "Übernahme"))
ONLY_IF = "Die frühere Rechtsform ist nur bei einer Umwandlung anzugeben."
NOT_NEEDED = "Der Name muss so geschrieben sein wie im Register."


def test_a_clerk_makes_a_form_of_a_schema(stage: Stage, browser: Browser, tmp_path: Path) -> None:
    page = context_of(browser, stage, "toni").new_page()
    toni = Designer(page)

    toni.imports(*files(tmp_path))
    report = page.get_by_role("table", name="Bericht des Einlesens")
    expect(report.get_by_role("row")).to_have_count(1 + len(("schema", "group", "field", "field", "field", "rule", "rule", "list")))
    expect(report.get_by_role("row", name="Anlass der Anzeige")).to_contain_text("Frage")
    expect(report.get_by_role("row", name="Regel zur Rechtsform")).to_contain_text("Vorschlag")

    click(page, "2 Vorschläge ansehen")
    proposal = page.get_by_role("listitem").filter(has_text=ONLY_IF)
    proposal.get_by_role("link", name="Bedingung schreiben").click()
    toni.writes_a_condition("Anlass der Anzeige", "ist", "Umwandlung")
    expect(page.locator("main")).to_contain_text("„Anlass der Anzeige“ ist „Umwandlung“.")
    toni.opens("Vorschläge")
    proposal.get_by_role("button", name="Ist umgesetzt").click()
    expect(page.locator("main")).to_contain_text("1 offen, 1 umgesetzt, 0 verworfen")

    other = page.get_by_role("listitem").filter(has_text=NOT_NEEDED)
    other.get_by_label("Begründung, wenn die Regel nicht gebraucht wird").fill("Das prüft das Register selbst.")
    other.get_by_role("button", name="Wird nicht gebraucht").click()
    expect(page.locator("main")).to_contain_text("0 offen, 1 umgesetzt, 1 verworfen")
    expect(other).to_contain_text("Das prüft das Register selbst.")

    toni.opens("Angaben zum Recht")
    set_the_legal_facts(toni, stage)
    toni.publishes()

    page.get_by_role("link", name="Ausfüllen und ansehen").click()
    press(page, "Beginnen")
    expect(page.get_by_label("Umwandlung")).to_be_attached()
    expect(page.locator("main")).not_to_contain_text("Frühere Rechtsform")
    page.context.close()


def files(folder: Path) -> list[Path]:
    """A small Gewerbeanmeldung in XDatenfelder 2.0 with a group, three fields and two rules in prose, and its list."""
    reference = (
        f"<x:codelisteReferenz><x:identifikation><x:id>C1</x:id></x:identifikation><x:genericodeIdentification>"
        f"<x:canonicalIdentification>{LIST}</x:canonicalIdentification><x:version>1</x:version>"
        f"</x:genericodeIdentification></x:codelisteReferenz>"
    )
    business = group(
        "G1",
        "Angaben zum Betrieb",
        part(field("F1", "Name des Betriebs", more=rule("R1", "Regel zum Namen", NOT_NEEDED))),
        part(field("F2", "Anlass der Anzeige", art="select", more=reference)),
        part(field("F3", "Frühere Rechtsform", more=rule("R2", "Regel zur Rechtsform", ONLY_IF))),
    )
    found = {
        "S1_gewerbeanmeldung.xdf2.xml": schema(part(business), version="2").replace(b"Hund anmelden", b"Gewerbeanmeldung"),
        "C1_genericode.xml": code_list(LIST, "1", *KINDS),
    }
    for name, content in found.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in found]


def rule(own: str, name: str, text: str) -> str:
    """A rule in prose as XDatenfelder 2.0 writes it."""
    return f"<x:regel>{facts(own, name)}<x:definition>{text}</x:definition></x:regel>"


def set_the_legal_facts(toni: Designer, stage: Stage) -> None:
    """What no schema says: service, unit, answer time, legal basis, how long it is kept."""
    page = toni.page
    page.get_by_label("Dienstleistung").select_option(str(stage.values["service"]))
    page.get_by_label("Zuständige Stelle").select_option(label="Ordnungsamt")
    page.get_by_label("Erste Antwort nach höchstens").fill("3")
    page.get_by_label("Rechtsgrundlage").fill("§ 14 GewO")
    page.get_by_label("Aufbewahrung in Monaten").fill("36")
    page.get_by_label("Grundlage der Aufbewahrung").fill("§ 14 (5) GewO")
    press(page, "Angaben speichern")
    expect(page.get_by_role("status")).to_contain_text("Angaben zum Formular geändert")
