"""Before any PIN: whether everything is ready, each obstacle with its own sentence, for people and for operators."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.test import Client
from sandbox.eid_messages import new_holder
from tests.people.eid.counterpart import Counterpart, write_city
from tests.people.eid.persons import way
from tests.submissions import objection

from direktdraht.foundation import checks
from direktdraht.foundation.checks import Finding, Level
from direktdraht.people import methods
from direktdraht.people.eid import asking, own
from direktdraht.people.eid.answers import ServerInfo
from direktdraht.people.eid.demo import DemoCard
from direktdraht.people.eid.method import look_at_connection
from direktdraht.people.eid.transport import Reply, Unreachable, ask
from direktdraht.people.models import IdentificationRequest

pytestmark = pytest.mark.django_db
SENTENCES = {
    "reachable": "Der eID-Server antwortet nicht.",
    "clock": "Unsere Uhr und die des eID-Servers weichen voneinander ab.",
    "database": "Die Uhren unserer Rechner gehen auseinander.",
    "own-certificate": "Das Zertifikat der Stadt ist abgelaufen oder noch nicht gültig.",
    "server-certificate": "Das Zertifikat des eID-Servers ist abgelaufen oder noch nicht gültig.",
    "believed": "Die Auskunft des eID-Servers ist nicht richtig signiert.",
    "version": "Der eID-Server spricht eine zu alte Fassung der Schnittstelle.",
    "rights": "Die Stadt darf nicht alle Angaben lesen, die sie braucht.",
}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with nothing in it."""
    monkeypatch.setattr(own, "folder", lambda: tmp_path / "eid")
    monkeypatch.setattr(own, "key_file", lambda name="eid.key": tmp_path / "keys" / name)
    return tmp_path


def set_up(house: Path, text: str = 'address = "http://127.0.0.1:9/"') -> None:
    """Key, certificates, settings."""
    write_city(house)
    (house / "eid" / "server.pem").write_bytes((house / "eid" / "city.pem").read_bytes())
    (house / "eid" / "service.toml").write_text(text)


def bring_about(obstacle: str, counterpart: Counterpart, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one thing be wrong."""
    known = own.service()
    assert known is not None
    now = datetime.now(UTC)

    def silent(*_given: object, **_more: object) -> Reply:
        raise Unreachable("nobody")

    def late(*given: Any, **more: Any) -> Reply:
        return Reply(ask(*given, **more).body, now + timedelta(minutes=3))

    if obstacle in {"reachable", "clock"}:
        monkeypatch.setattr(asking, "ask", silent if obstacle == "reachable" else late)
    elif obstacle == "database":
        monkeypatch.setattr(asking, "database_clock", lambda: now - timedelta(minutes=3))
    elif obstacle.endswith("certificate"):
        part = "certificate" if obstacle == "own-certificate" else "server"
        old = new_holder("Stadt", since=now - timedelta(days=40), days=30)
        changed = own.Service(**{**vars(known), part: old.certificate})
        monkeypatch.setattr(own, "service", lambda: changed)
    elif obstacle == "version":
        rights = dict.fromkeys(("DocumentType", "GivenNames", "FamilyNames", "DateOfBirth"), "ALLOWED")
        monkeypatch.setattr("direktdraht.people.eid.readiness.check_server_info", lambda *_: ServerInfo("1.4", rights))
    else:
        counterpart.switch({"believed": "wrong-signature", "rights": "few-rights"}[obstacle])


def test_everything_is_ready(client: Client, counterpart: Counterpart) -> None:
    declaration = objection.frozen(client)

    page = client.get(way(declaration)).content.decode()

    assert "Das geht gerade nicht" not in page
    assert [word in page for word in ("Vornamen", "Familienname", "Art des Ausweises", "Geburtsdatum")] == [True, True, True, False]


@pytest.mark.parametrize("obstacle", SENTENCES)
def test_each_obstacle_is_told_before_any_pin(
    client: Client, counterpart: Counterpart, monkeypatch: pytest.MonkeyPatch, obstacle: str
) -> None:
    declaration = objection.frozen(client)
    bring_about(obstacle, counterpart, monkeypatch)

    pages = [client.get(way(declaration)), client.post(way(declaration))]

    assert [page.status_code for page in pages] == [200, 200]
    assert all(SENTENCES[obstacle] in page.content.decode() for page in pages)
    assert "Anders unterschreiben" in pages[1].content.decode()
    assert not IdentificationRequest.objects.exists()


@pytest.mark.parametrize("obstacle", SENTENCES)
def test_the_doctor_names_each_obstacle(counterpart: Counterpart, monkeypatch: pytest.MonkeyPatch, obstacle: str) -> None:
    bring_about(obstacle, counterpart, monkeypatch)

    found = list(look_at_connection())

    assert (found[0].level, found[0].text[:5]) == (Level.WARNING if obstacle == "reachable" else Level.ERROR, "eID: ")
    assert len(found) == (2 if obstacle == "server-certificate" else 1)  # another certificate made the signature


def test_the_doctor_says_nothing_where_all_is_well_or_nothing_is_set_up(counterpart: Counterpart, monkeypatch: pytest.MonkeyPatch) -> None:
    well = list(look_at_connection())
    monkeypatch.setattr(own, "service", lambda: None)

    assert (well, list(look_at_connection())) == ([], [])
    assert "eid" in checks.registry


@pytest.mark.parametrize("part", ["certificate", "server"])
def test_the_doctor_warns_before_a_certificate_ends(counterpart: Counterpart, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    known = own.service()
    soon = new_holder("bald", since=datetime.now(UTC) - timedelta(days=10), days=20).certificate
    monkeypatch.setattr(asking, "ready", lambda *_: asking.certificate_checks(own.Service(**{**vars(known), part: soon})))

    found = list(look_at_connection())

    assert [(finding.level, "expires within 30 days" in finding.text) for finding in found] == [(Level.WARNING, True)]


def test_a_server_that_tells_no_time_is_only_a_warning(counterpart: Counterpart, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "ask", lambda *given, **more: Reply(ask(*given, **more).body, None))

    assert list(look_at_connection()) == [Finding(Level.WARNING, "eID: the eID server does not tell the time.")]


def test_the_list_of_ways_asks_nobody(client: Client, counterpart: Counterpart, monkeypatch: pytest.MonkeyPatch) -> None:
    declaration = objection.frozen(client)

    def nobody(*_given: object, **_more: object) -> Reply:
        raise AssertionError("somebody was asked")

    monkeypatch.setattr(asking, "ask", nobody)
    page = client.get(f"/antrag/{declaration.draft_id}/unterschreiben").content.decode()

    assert page.index("Online-Ausweis") < page.index("BundID")
    assert "am schnellsten" in page


def test_where_nothing_is_set_up_the_way_is_closed_with_the_reason(client: Client, house: Path) -> None:
    declaration = objection.frozen(client)

    pages = [client.get(f"/antrag/{declaration.draft_id}/unterschreiben"), client.get(way(declaration))]

    assert all("Der Online-Ausweis ist hier noch nicht eingerichtet." in page.content.decode() for page in pages)


@pytest.mark.parametrize(
    "text",
    [
        "address",
        "",
        'address = "http://eid.example/"',
        'address = "https://eid.example/"\nport = 9',
        'address = "https://eid.example/"\napp_address = "ftp://eid.example/"',
        'address = "https://eid.example/"\nexample_app = "https://eid.example/"',
        'address = "https://eid.example/"\nexample_app = "http://["',
    ],
)
def test_settings_that_cannot_be_used_are_named(client: Client, house: Path, text: str) -> None:
    set_up(house, text)

    assert methods.REMOTE.get("eid").problems() == ["Die Einrichtung des Online-Ausweises ist fehlerhaft. Wir kümmern uns darum."]
    found = list(look_at_connection())
    assert [finding.level for finding in found] == [Level.ERROR]
    assert "service.toml" in found[0].text


@pytest.mark.parametrize(
    ("file", "content"), [("eid/server.pem", b""), ("eid/city.pem", b"x"), ("keys/eid.key", b""), ("keys/eid.key", None)]
)
def test_a_file_that_is_missing_or_broken_is_named(house: Path, file: str, content: bytes | None) -> None:
    set_up(house)
    (house / file).unlink()
    if content is not None:
        (house / file).write_bytes(content)

    assert file in next(iter(look_at_connection())).text


def test_the_connections_own_certificate_must_be_usable(house: Path) -> None:
    set_up(house, 'address = "https://127.0.0.1:9/"')
    (house / "eid" / "connection.pem").write_text("x")
    unreadable = next(iter(look_at_connection())).text
    other = new_holder("Verbindung", since=datetime.now(UTC) - timedelta(days=40), days=30)
    (house / "eid" / "connection.pem").write_bytes(other.certificate.public_bytes(Encoding.PEM))

    without_key = next(iter(look_at_connection())).text

    assert ("connection.pem cannot be read" in unreadable, "eid-connection.key" in without_key) == (True, True)
    assert methods.REMOTE.get("eid").problems() == [SENTENCES["own-certificate"]]


def test_a_service_that_people_reach_without_encryption_cannot_use_the_card(house: Path, settings: Any) -> None:
    set_up(house)
    settings.BASE_URL = "http://stadt.example"

    assert "fehlerhaft" in methods.REMOTE.get("eid").problems()[0]


def test_the_example_is_never_used_in_production(counterpart: Counterpart, settings: Any) -> None:
    settings.MODE = "production"

    assert "fehlerhaft" in methods.REMOTE.get("eid").problems()[0]
    assert "belongs to the demo" in next(iter(look_at_connection())).text


def test_the_demo_makes_a_key_that_is_private_and_fits(house: Path) -> None:
    entry = DemoCard()
    before = entry.is_seeded()
    entry.seed(1)
    (house / "eid" / "server.pem").write_bytes((house / "eid" / "city.pem").read_bytes())
    (house / "eid" / "service.toml").write_text('address = "http://127.0.0.1:9/"')

    known = own.service()

    assert known is not None
    assert (before, entry.is_seeded(), own.key_file().stat().st_mode & 0o777) == (False, True, 0o600)
    assert known.certificate.public_key() == known.key.public_key()
    assert methods.REMOTE.get("eid").problems() == []
