"""An objection is signed with a user account and with a qualified signature; both end in the same kind of proof."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from direktdraht.foundation import clock
from tests.journeys.people import click, press
from tests.journeys.stage import Stage, context_of
from tests.journeys.test_an_objection_is_signed import objects
from tests.processes.house import ROOT, free_port, wait_for
from tests.writtenform import pki
from tests.writtenform.lists import Listed, Plan
from tests.writtenform.papers import signed_by
from tests.writtenform.pki import Holder
from tests.writtenform.world import World

pytestmark = pytest.mark.browser
PHONE = 390


@pytest.fixture(scope="module")
def account(stage: Stage) -> Iterator[None]:
    """An example of a user account beside the house, in a process of its own."""
    known = stage.house.data / "bundid" / "provider.xml"
    words = [sys.executable, "-m", "sandbox.identity_provider", str(stage.folder / "identity"), "--web", str(free_port())]
    words += ["--service", f"{stage.url}/bundid/metadata", "--metadata", str(known)]
    process = subprocess.Popen(words, cwd=ROOT)
    wait_for(known.exists, 20, "the example account")
    yield
    process.terminate()
    process.wait(10)
    known.unlink()


@pytest.fixture(scope="module")
def signer(stage: Stage) -> Iterator[Holder]:
    """Robin Weber's qualified certificate, below a body that the house knows from a trusted list."""
    world, now = World(), clock.now()
    files = world.with_list(Plan([Listed(world.issuer)], next_update=now + timedelta(days=100)))
    for number, authority in enumerate((world.root, world.issuer)):
        files[f"{number}.crl"] = pki.crl_of(authority, this_update=now - timedelta(hours=1), next_update=now + timedelta(days=7))
    folder = stage.house.data / "trust" / "certificates"
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    yield pki.person(world.issuer, "Robin Weber", extensions=[pki.QUALIFIED])
    for name in files:
        (folder / name).unlink()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.usefixtures("account")
def test_a_user_account_signs(stage: Stage, browser: Browser, script: bool) -> None:
    person = context_of(browser, stage, width=PHONE, script=script).new_page()
    reaches_the_ways(person)
    click(person, "BundID")
    press(person, "Jetzt unterschreiben und absenden")

    person.get_by_role("button", name="Online-Ausweis (hoch)").first.click()
    if not script:
        person.get_by_role("button", name="Weiter").click()

    number = has_a_receipt(person)
    click(person, "Zum Abmelden")
    click(person, "Jetzt bei BundID abmelden")
    expect(person.locator("main")).to_contain_text("Sie sind bei BundID abgemeldet.")
    looks_at_the_proof(context_of(browser, stage, "kim", script=script).new_page(), number, "mit BundID")
    person.context.close()


@pytest.mark.usefixtures("account")
def test_too_low_a_level_leads_back_to_the_other_ways(stage: Stage, browser: Browser) -> None:
    person = context_of(browser, stage).new_page()
    reaches_the_ways(person)
    click(person, "BundID")
    press(person, "Jetzt unterschreiben und absenden")

    person.get_by_role("button", name="Benutzername und Passwort (niedrig)").first.click()

    expect(person.get_by_role("heading", level=1)).to_have_text("So können Sie unterschreiben")
    expect(person.locator("main")).to_contain_text("Das hat nicht geklappt")
    click(person, "Auf Papier")
    expect(person.locator("#code")).to_be_visible()
    person.context.close()


def test_a_qualified_signature_signs_and_a_changed_file_is_refused(stage: Stage, browser: Browser, signer: Holder, tmp_path: Path) -> None:
    person = context_of(browser, stage).new_page()
    reaches_the_ways(person)
    click(person, "Mit qualifizierter elektronischer Signatur")
    with person.expect_download() as download:
        person.get_by_role("link", name="Laden Sie die Erklärung herunter (PDF).").click()
    signed = signed_by(signer, download.value.path().read_bytes())
    right, changed = tmp_path / "signed.pdf", tmp_path / "changed.pdf"
    right.write_bytes(signed)
    changed.write_bytes(signed.replace(b"/Type /Page", b"/Type /Bage", 1))

    person.set_input_files("[name=file]", changed)
    press(person, "Prüfen und absenden")
    expect(person.locator("main")).to_contain_text("Das Dokument wurde nach der Unterschrift verändert.")
    person.set_input_files("[name=file]", right)
    press(person, "Prüfen und absenden")

    number = has_a_receipt(person)
    looks_at_the_proof(context_of(browser, stage, "kim").new_page(), number, "mit qualifizierter Signatur")
    person.context.close()


def reaches_the_ways(person: Page) -> None:
    """The objection is filled in and frozen."""
    objects(person)
    press(person, "Weiter zur Unterschrift")
    expect(person.get_by_role("heading", level=1)).to_have_text("So können Sie unterschreiben")


def has_a_receipt(person: Page) -> str:
    """The receipt is there; returns the number of the case."""
    expect(person.locator("main")).to_contain_text("Ihr Antrag ist eingegangen")
    return person.inner_text("#vorgangsnummer")


def looks_at_the_proof(clerk: Page, number: str, fact: str) -> None:
    """The clerk sees one line, opens the report and examines the evidence again."""
    clerk.goto(f"/buero/vorgang/{number}")
    expect(clerk.locator("main")).to_contain_text(fact)
    click(clerk, "Unterschrift")
    expect(clerk.locator("main")).to_contain_text("Diese Erklärung ist gültig unterschrieben.")
    press(clerk, "Belege noch einmal prüfen")
    expect(clerk.locator("main")).to_contain_text("Die aufbewahrten Belege sind unverändert.")
    clerk.context.close()
