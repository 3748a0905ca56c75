"""A family registers three children with wishes; the draw is recomputed in the terminal; they pay; one cancels; the line moves."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from direktdraht.foundation import clock
from tests.journeys.people import click, press
from tests.journeys.stage import Stage, context_of
from tests.payments.bank import day, movement

pytestmark = pytest.mark.browser
SERIES = "sommerpass"
PREPARE = """
from datetime import date, timedelta
from direktdraht.bookings.registrations import actions
from direktdraht.bookings.registrations.models import Mode
from direktdraht.bookings.registrations.refunds import Rule
from direktdraht.foundation import clock
from tests import cast
now = clock.now()
words = actions.SeriesWords("Sommerpass", Mode.DRAW, now - timedelta(hours=1), now + timedelta(days=1),
                            rules=[Rule(14, 100), Rule(3, 50)], revenue_account="442100")
series = actions.create_series(key="sommerpass", unit=cast.abfall(), words=words, by=cast.kim())
day = now + timedelta(days=60)
for title in ("Kanutour", "Zirkus"):
    made = actions.OfferWords(title, 3, price_cents=2000, sessions=[(day, day + timedelta(hours=2))])
    actions.save_offer(series=series, words=made, by=cast.kim())
series = actions.publish_series(series=series, by=cast.kim())
guarding = actions.Guarding(True, "Kim", "1", "")
for number in range(6):
    one = actions.begin(series=series, account=None, language="de")
    actions.save_contact(registration=one, contact=actions.Contact("Andere", f"andere{number}@example.org"), guarding=guarding)
    position = actions.save_participant(registration=one, person=actions.Person(f"Kind {number}", date(2016, 5, 5))).position
    for offer in series.offers.order_by("number"):
        actions.add_wish(registration=one, position=position, offer=offer)
    actions.send(registration=one)
"""
# The family's lots are drawn so that they come first, whatever the seed: the test must not depend on luck.
LUCK = """
from direktdraht.bookings.allocation import Party
from direktdraht.bookings.registrations.models import Participant, Registration
from direktdraht.bookings.registrations.numbers import new_lot
from direktdraht.bookings.registrations.models import Series
from direktdraht.foundation import clock
from datetime import timedelta
series = Series.objects.get(pk="sommerpass")
mine = Registration.objects.get(contact_email="familie@example.org")
others = [Party(one.lot, False, (one.lot,), ()).lot(series.seed) for one in Participant.objects.exclude(registration=mine)]
lots = []
while len(lots) < 3:
    lot = new_lot()
    if Party(lot, False, (lot,), ()).lot(series.seed) < min(others):
        lots.append(lot)
for child, lot in zip(mine.participants.order_by("position"), lots):
    child.lot = lot
    child.save()
Series.objects.filter(pk="sommerpass").update(closes_at=clock.now() - timedelta(seconds=1))
"""
# The house's clock cannot be moved, so the deadline is: it was yesterday.
DEADLINE = """
from datetime import datetime, timedelta
from direktdraht.bookings.registrations.fees import LAST_MOMENT
from direktdraht.foundation import clock
from direktdraht.payments.models import Order
yesterday = clock.today() - timedelta(days=1)
over = datetime.combine(yesterday, LAST_MOMENT, clock.BERLIN)
order = Order.objects.filter(title__startswith="Sommerpass", payer_email="familie@example.org")
assert order.update(due_on=yesterday, expires_at=over) == 1
"""
# A city of its own: what other journeys leave behind would stand in the nightly proof.
SEED = """
import json
from pathlib import Path
from django.test import Client
from tests import cast
from tests.payments.bank import own_account
for key in cast.UNITS:
    cast.unit(key)
own_account()
people = {"kim": cast.kim, "mika": cast.mika, "charlie": cast.charlie}
sessions = {name: cast.signed_in(Client(SERVER_NAME="127.0.0.1"), make()).cookies["sitzung"].value for name, make in people.items()}
Path(%r).write_text(json.dumps({"world": {}, "sessions": {"anonymous": "", **sessions}}))
"""
PROVE = "from direktdraht.payments.jobs import prove; prove.defer(timestamp=0)"
STATES = "SELECT state FROM bookings_booking b JOIN bookings_participant p ON p.id = b.participant_id JOIN bookings_registration r"
STATES += " ON r.id = p.registration_id WHERE r.contact_email = 'familie@example.org' ORDER BY b.id"
OFFERED = "SELECT count(*) FROM bookings_booking WHERE state = 'offered'"


@pytest.fixture(scope="module")
def town() -> Iterator[Stage]:
    """A house with staff and nothing else."""
    own = Stage(SEED)
    own.open()
    yield own
    own.close()


def test_a_family_in_the_draw(town: Stage, browser: Browser, tmp_path: Path) -> None:
    town.house.execute(PREPARE)
    family = context_of(browser, town, width=390, script=False).new_page()
    registers_three_children(family)
    status = family.url
    town.house.execute(LUCK)

    kim = context_of(browser, town, "kim").new_page()
    draws_and_publishes(kim)
    recomputes(town, tmp_path, family, status)
    finds_the_result_in_the_conversation(family, status)
    asks_and_is_answered(family, kim, status)

    mika = context_of(browser, town, "mika").new_page()
    pays_by_transfer(town, mika, tmp_path, reference_on(family, status))
    until(family, status, lambda: family.get_by_text("Der Platz ist sicher.").count() == 3)

    cancels_one_child(family)
    charlie = context_of(browser, town, "charlie")
    two_people_refund(mika, charlie.new_page(), charlie.new_page())
    assert sorted(state for (state,) in town.house.ask(STATES)) == ["cancelled", "confirmed", "confirmed"]
    until(kim, f"/buero/anmeldungen/{SERIES}/angebot/1?stand=offered", lambda: town.house.ask(OFFERED)[0][0] == 1)

    town.house.execute(PROVE)
    until(mika, "/buero/kasse/nachweis", lambda: mika.get_by_text("Alles stimmt").count() == 1)
    for page in (family, kim, mika):
        page.context.close()
    charlie.close()


def until(page: Page, address: str, reached: Callable[[], bool]) -> None:
    """Look at a page again and again until something is reached; half a minute at most."""
    for _look in range(60):
        page.goto(address)
        if reached():
            return
        page.wait_for_timeout(500)
    raise AssertionError(page.inner_text("main"))


def finds_the_result_in_the_conversation(page: Page, status: str) -> None:
    """From the registration to its case and back, without a key."""
    page.goto(status)
    press(page, "Zu unserem Gespräch")
    expect(page.locator("main")).to_contain_text("Die Plätze sind verlost.")
    expect(page.locator("main")).to_contain_text("Läuft von selbst")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    click(page, "Anmeldung ansehen")
    assert page.url == status


def asks_and_is_answered(page: Page, kim: Page, status: str) -> None:
    """Nothing lies at the desk until the family writes; the answer clears it again."""
    kim.goto("/buero/eingang?liste=abfall")
    expect(kim.locator("main")).to_contain_text("Hier liegt nichts.")
    page.goto(status)
    press(page, "Zu unserem Gespräch")
    page.locator("main textarea").fill("Brauchen die Kinder Schwimmwesten?")
    press(page, "Nachricht senden")
    kim.goto("/buero/eingang?liste=abfall")
    click(kim, "Anmeldung: Sommerpass")
    kim.locator("main textarea").fill("Nein, Westen sind da.")
    press(kim, "Antwort senden")
    kim.goto("/buero/eingang?liste=abfall")
    expect(kim.locator("main")).to_contain_text("Hier liegt nichts.")


def reference_on(page: Page, status: str) -> str:
    """What the family writes into the transfer."""
    page.goto(status)
    found = re.search(r"Kassenzeichen: ([\w.-]*\w)", page.inner_text("main"))
    assert found is not None
    return found.group(1)


def pays_by_transfer(town: Stage, mika: Page, folder: Path, reference: str) -> None:
    """The bank's file comes a day after the deadline; its value date was in time."""
    town.house.execute(DEADLINE)
    in_time = (clock.today() - timedelta(days=1)).isoformat()
    file = folder / "auszug.xml"
    file.write_bytes(day(movement(6000, f"Ferien {reference}", value=in_time), total=6000, name="Auszug 1"))
    mika.goto("/buero/kasse/bankdateien")
    mika.set_input_files("input[type=file]", file)
    press(mika, "Datei einlesen")
    expect(mika.get_by_text("Die Datei ist eingelesen")).to_be_visible()


def cancels_one_child(page: Page) -> None:
    """The family gives up one place, and reads before what goes back."""
    page.get_by_role("link", name=re.compile("^Absagen")).first.click()
    expect(page.locator("main")).to_contain_text(re.compile(r"20,00\s€ von 20,00\s€ zurück"))
    press(page, "Verbindlich absagen")
    expect(page.locator("main")).to_contain_text("Der Platz ist abgesagt.")


def two_people_refund(mika: Page, window: Page, other_window: Page) -> None:
    """Who enters the account cannot release, also not in a window that was open before; somebody else does."""
    mika.goto("/buero/kasse/erstattungen")
    click(mika, "Robin Weber")
    refund = mika.url
    enters_account(mika, refund, "DE02120300000000202051")
    expect(mika.locator("main")).to_contain_text("Eine andere Person muss sie freigeben.")
    expect(mika.get_by_role("button", name="Erstattung freigeben")).to_have_count(0)

    window.goto(refund)
    enters_account(other_window, refund, "DE89370400440532013000")
    press(window, "Erstattung freigeben")
    expect(window.locator("main")).to_contain_text("Sie haben diese Erstattung selbst angeordnet.")

    mika.goto(refund)
    press(mika, "Erstattung freigeben")
    expect(mika.get_by_role("button", name="Ist überwiesen")).to_be_visible()


def enters_account(page: Page, refund: str, iban: str) -> None:
    """Say where the money goes."""
    page.goto(refund)
    click(page, "Konto eintragen")
    page.fill("[name=name]", "Robin Weber")
    page.fill("[name=iban]", iban)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(refund)


def registers_three_children(page: Page) -> None:
    """On a phone without JavaScript: contact, three children, wishes in order, review, send."""
    page.goto(f"/anmeldungen/{SERIES}")
    click(page, "Jetzt anmelden")
    press(page, "Beginnen")
    page.get_by_label("Ihr Name").fill("Robin Weber")
    page.get_by_label("E-Mail-Adresse").fill("familie@example.org")
    page.get_by_label("Notfallkontakt: Name").fill("Kim Weber")
    page.get_by_label("Notfallkontakt: Telefon").fill("0441 1234")
    page.get_by_label("Ich bin sorgeberechtigt").check()
    press(page, "Weiter")
    for number in range(1, 4):
        page.get_by_label("Name", exact=True).fill(f"Kind {number} Weber")
        page.get_by_label("Geburtsdatum").fill(f"2016-0{number}-01")
        press(page, "Person speichern")
        if number < 3:
            click(page, "Noch eine Person")
    click(page, "Weiter zu den Wünschen")
    for number in range(1, 4):
        for title in ("Zirkus", "Kanutour"):
            page.locator(f"#angebot-{number}").select_option(label=title)
            page.get_by_role("button", name=f"Wunsch hinzufügen: Kind {number} Weber").click()
        page.get_by_role("button", name=f"nach oben: Kanutour, Kind {number} Weber").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    click(page, "Weiter zur Prüfung")
    expect(page.locator("main")).to_contain_text("1. Kanutour")
    press(page, "Verbindlich anmelden")
    expect(page.locator("main")).to_contain_text("Ihre Anmeldung ist eingegangen")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    click(page, "Anmeldung ansehen")


def draws_and_publishes(page: Page) -> None:
    """The clerk draws once and publishes."""
    page.goto(f"/buero/anmeldungen/{SERIES}/verlosung")
    expect(page.locator("main")).to_contain_text("Probe mit einem anderen Startwert")
    press(page, "Jetzt verlosen")
    press(page, "Ergebnis veröffentlichen")
    expect(page.locator("main")).to_contain_text("veröffentlicht")


def recomputes(stage: Stage, folder: Path, page: Page, status: str) -> None:
    """Anybody downloads the files and runs the real command; it says of the family's lots what their page says."""
    page.goto(f"/anmeldungen/{SERIES}")
    seed = page.inner_text("#startwert")
    files = {}
    for name, label in (("wuensche", "Wünsche (CSV)"), ("plaetze", "Plätze (CSV)")):
        with page.expect_download() as download:
            page.get_by_role("link", name=label).click()
        files[name] = folder / f"{name}.csv"
        download.value.save_as(files[name])
    command = ["bookings", "allocate", str(files["wuensche"]), "--places", str(files["plaetze"]), "--seed", seed, "--explain", "--json"]
    done = stage.house.run(*command)
    result = json.loads(done.stdout)
    page.goto(status)
    lots = [page.inner_text(f"#los-{number}") for number in range(1, 4)]
    assert [result["allocated"][lot] for lot in lots] == ["A1", "A1", "A1"]
    for number, lot in enumerate(lots, start=1):
        section = page.locator(f"section[aria-labelledby=person-{number}]")
        expect(section).to_contain_text(f"Ihr Los kam als Nummer {result['reasons'][lot]['turn']} von 9 an die Reihe.")
        expect(section).to_contain_text("Der erste Wunsch war noch frei.")
