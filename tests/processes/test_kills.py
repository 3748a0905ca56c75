"""Real kills: whatever dies at whatever point, nothing acknowledged is lost and nothing is doubled."""

import io
import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from direktdraht.foundation import clock
from tests.processes.house import Browser, House, wait_for

pytestmark = pytest.mark.processes

WEB_POINTS = [
    "documents.stored",
    "submission.request_read",
    "submission.transaction_begun",
    "submission.case_written",
    "submission.journal_written",
    "submission.record_written",
    "submission.jobs_queued",
    "submission.before_commit",
    "submission.after_commit",
    "response.half_sent",
]
WORKER_POINTS = ["job.taken", "mail.handed_over", "job.done"]
DATABASE_POINTS = ["submission.transaction_begun", "submission.before_commit", "submission.after_commit"]
PREPARE = """
from tests.submissions.way import published_form
published_form()
"""


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    folder = Path(tempfile.mkdtemp(prefix="dd-house-"))
    running = House(folder)
    running.start()
    running.execute(PREPARE)
    yield running
    running.close()
    shutil.rmtree(folder, ignore_errors=True)


def picture() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(target, "JPEG")
    return target.getvalue()


class Sender:
    """A person who sends the bulky waste form and does not give up."""

    def __init__(self, house: House, email: str) -> None:
        self.house = house
        self.email = email
        self.browser = Browser(house)
        self.draft = ""

    def write(self) -> None:
        """Fill in the form up to the review page; each page is tried until it answers."""
        browser = self.browser
        browser.patiently(lambda: browser.get("/formulare/sperrmuell"))
        browser.post("/formulare/sperrmuell", {})
        self.draft = browser.at.split("/")[2]
        self.page(
            "place",
            {"place.street": "Lange Straße", "place.number": "1", "place.postal_code": "26121", "place.city": "Ort", "place.country": "DE"},
        )
        day = clock.today() + timedelta(days=14 - clock.today().weekday())
        dates = {"day.day": str(day.day), "day.month": str(day.month), "day.year": str(day.year)}
        self.page("items", {"kind": "furniture", "count": "2", "express": "false", **dates}, picture())
        self.page("contact", {"contact_name": "Robin Weber", "email": self.email})

    def page(self, key: str, answers: dict[str, str], with_picture: bytes = b"") -> None:
        """Send one page; after an error open it again, as a person would, and send it once more."""
        path = f"/antrag/{self.draft}/seite/{key}"

        def attempt() -> str:
            self.browser.get(path)
            already = b"" if "sofa.jpg" in self.browser.page else with_picture
            return self.browser.post(path, {**answers, "_next": "1"}, already)

        self.browser.patiently(attempt)

    def send(self) -> str:
        """Press the button until the receipt is shown; returns the number on it."""

        def attempt() -> str:
            page = self.browser.get(f"/antrag/{self.draft}/pruefen")
            if "eingegangen" in self.browser.at:
                return page
            seen = page.split('name="seen" value="')[1].split('"')[0]
            self.browser.post(f"/antrag/{self.draft}/absenden", {"seen": seen})
            return self.browser.get(f"/antrag/{self.draft}/eingegangen")

        page = self.browser.patiently(attempt)
        return page.split('id="vorgangsnummer">')[1].split("<")[0]


def everything_is_there_once(house: House, sender: Sender, number: str) -> None:
    """What the person saw as success stands in database, storage and mailbox, once."""
    rows = house.ask(
        "SELECT s.id, s.journal_entry, s.files->0->>'sha256' FROM submissions_submission s"
        " JOIN cases_case c ON c.id = s.case_id WHERE c.number = %s",
        number,
    )
    assert [str(row[0]) for row in rows] == [sender.draft]
    assert house.ask("SELECT count(*) FROM journal_entry WHERE id = %s AND kind = 'submission.received'", rows[0][1]) == [(1,)]
    assert house.ask("SELECT count(*) FROM cases_case WHERE origin_ref = %s", sender.draft) == [(1,)]
    digest = rows[0][2]
    assert (house.data / "documents" / digest[:2] / digest).read_bytes() == picture()
    wait_for(lambda: len(house.mails_to(sender.email)) == 1, 150, f"the mail to {sender.email}: {house.log()[-1500:]}")
    stored = "SELECT count(*) FROM submissions_submission WHERE id = %s AND receipt_pdf_id IS NOT NULL"
    wait_for(lambda: house.ask(stored, sender.draft) == [(1,)], 150, "the receipt's PDF")
    assert len(house.mails_to(sender.email)) == 1


@pytest.mark.parametrize("point", WEB_POINTS)
def test_killing_the_web_process_loses_and_doubles_nothing(house: House, point: str) -> None:
    sender = Sender(house, f"web-{point}@example.org")
    if point != "documents.stored":
        sender.write()
    house.arm(point)
    if point == "documents.stored":
        sender.write()

    number = sender.send()

    assert house.reached() == point
    everything_is_there_once(house, sender, number)


@pytest.mark.parametrize("point", DATABASE_POINTS)
def test_killing_the_database_loses_and_doubles_nothing(house: House, point: str) -> None:
    sender = Sender(house, f"database-{point}@example.org")
    sender.write()
    house.arm(point, house.database_pid())

    number = sender.send()

    assert house.reached() == point
    everything_is_there_once(house, sender, number)


def test_killing_the_worker_loses_and_doubles_nothing(house: House) -> None:
    sent = []
    for point in WORKER_POINTS:
        sender = Sender(house, f"worker-{point}@example.org")
        sender.write()
        house.arm(point)
        sent.append((sender, sender.send()))
        wait_for(house.reached, 60, f"the point {point}")
        assert house.reached() == point

    # What a dead worker held is taken back a minute later; all of it is waited for at once.
    for sender, number in sent:
        everything_is_there_once(house, sender, number)


def test_after_all_kills_the_journal_still_holds(house: House) -> None:
    verified = house.run("verify", "--all")

    assert verified.returncode == 0, verified.stdout + verified.stderr
