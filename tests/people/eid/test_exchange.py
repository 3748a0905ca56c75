"""A whole exchange with the counterpart over the network: every state of the switch, readiness, TLS."""

import json
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree
from sandbox.eid_messages import FAILURES, Holder, new_holder
from sandbox.eid_server import STATES, EidServer
from tests.people.eid.city import WANTED

from direktdraht.config import cli
from direktdraht.people.eid import requests, wss
from direktdraht.people.eid.addresses import BadAddress
from direktdraht.people.eid.checking import Expected, Verdict, check_result, check_session
from direktdraht.people.eid.readiness import Side, readiness
from direktdraht.people.eid.requests import Wanted
from direktdraht.people.eid.results import failure_of
from direktdraht.people.eid.sentences import READY, Refused
from direktdraht.people.eid.transport import Reply, Unreachable, ask, tls

EXPECTED_FAILURES = {
    "ok": "",
    "attribute-missing": "attribute_missing",
    "wrong-signature": "not_trusted",
    "broken": "not_trusted",
    "few-rights": "",
    **dict.fromkeys(("deactivated", "blocked-pin", "transport-pin", "abort"), "cancelled"),
    "timeout": "timeout",
    "locked": "invalid_document",
    "denied": "denied_document",
    "busy": "busy",
    "no-rights": "not_allowed",
    "session-over": "session_over",
    "counter": "session_over",
    "internal": "server_error",
    "channel": "channel",
    "waiting": "waiting",
}


class Sides:
    """Certificates that hold now."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)
        since = self.now - timedelta(days=1)
        self.city, self.server, self.forger = (new_holder(name, since=since) for name in ("Stadt", "eID-Server", "eID-Server"))
        self.question = wss.sealed(requests.get_server_info(), key=self.city.key, certificate=self.city.certificate, at=self.now)

    def side(self, wanted: Wanted = WANTED) -> Side:
        return Side(self.city.certificate, self.server.certificate, self.now, wanted, self.question)


def write(holder: Holder, folder: Path, name: str) -> list[str]:
    """Certificate and key as files."""
    files = [folder / f"{name}.pem", folder / f"{name}.key"]
    files[0].write_bytes(holder.certificate.public_bytes(Encoding.PEM))
    files[1].write_bytes(holder.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return [str(file) for file in files]


@pytest.fixture(scope="module")
def sides() -> Sides:
    return Sides()


@pytest.fixture
def server(sides: Sides) -> Iterator[EidServer]:
    with EidServer(sides.server, sides.forger, sides.city.certificate) as running:
        yield running


def asked(server: EidServer, sides: Sides, message: bytes) -> tuple[bytes, Expected]:
    """An answer and what it is measured by."""
    reply = ask(server.address, message, None)
    return reply.body, Expected(sides.server.certificate, datetime.now(UTC), WANTED, message)


def sealed(sides: Sides, message: etree._Element) -> bytes:
    return wss.sealed(message, key=sides.city.key, certificate=sides.city.certificate, at=datetime.now(UTC))


def signed_in(server: EidServer, sides: Sides, counter: int = 1) -> Verdict | str:
    """Ask for a session, then for its result; the failure if there is no session."""
    try:
        session = check_session(*asked(server, sides, sealed(sides, requests.use_id(WANTED))))
    except Refused:
        return "not_trusted"
    failure = failure_of(session.result.major, session.result.minor)
    return failure or check_result(*asked(server, sides, sealed(sides, requests.get_result(session.session, counter))))


@pytest.mark.parametrize("state", STATES)
def test_every_state_of_the_switch_ends_as_it_should(server: EidServer, sides: Sides, state: str) -> None:
    server.state = state

    found = signed_in(server, sides)

    assert (found if isinstance(found, str) else found.failure) == EXPECTED_FAILURES[state]
    assert set(FAILURES) <= set(STATES)


def test_a_result_is_given_once(server: EidServer, sides: Sides) -> None:
    session = check_session(*asked(server, sides, sealed(sides, requests.use_id(WANTED)))).session
    first = check_result(*asked(server, sides, sealed(sides, requests.get_result(session, 1))))

    second = check_result(*asked(server, sides, sealed(sides, requests.get_result(session, 2))))

    assert (first.valid, second.failure) == (True, "session_over")


def test_waiting_ends_when_the_counter_grows(server: EidServer, sides: Sides) -> None:
    server.state = "waiting"
    session = check_session(*asked(server, sides, sealed(sides, requests.use_id(WANTED)))).session
    found = [check_result(*asked(server, sides, sealed(sides, requests.get_result(session, 1)))).failure]

    server.state = "ok"
    found += [check_result(*asked(server, sides, sealed(sides, requests.get_result(session, number)))).failure for number in (1, 2)]

    assert found == ["waiting", "session_over", ""]


def test_another_answer_of_the_same_server_is_refused(server: EidServer, sides: Sides) -> None:
    body, expected = asked(server, sides, sealed(sides, requests.use_id(WANTED)))

    with pytest.raises(Refused) as caught:
        check_session(body, replace(expected, request=sides.question))

    assert caught.value.check == "confirmation"


def test_everything_is_ready(server: EidServer, sides: Sides) -> None:
    checks = readiness(sides.side(), ask(server.address, sides.question, None))

    assert [check.name for check in checks] == [
        "own-certificate",
        "server-certificate",
        "reachable",
        "clock",
        "believed",
        "version",
        "rights",
    ]
    assert [check for check in checks if check.ok is not True] == []


@pytest.mark.parametrize(("state", "name"), [("few-rights", "rights"), ("wrong-signature", "believed"), ("broken", "believed")])
def test_what_the_server_gets_wrong_has_its_own_sentence(server: EidServer, sides: Sides, state: str, name: str) -> None:
    server.state = state

    checks = readiness(sides.side(), ask(server.address, sides.question, None))

    assert [(check.name, check.detail) for check in checks if check.ok is False] == [(name, READY[name, False])]


def test_a_server_that_is_away_has_its_own_sentence(sides: Sides) -> None:
    with EidServer(sides.server, sides.forger, sides.city.certificate) as running:
        address = running.address

    with pytest.raises(Unreachable):
        ask(address, sides.question, None)
    assert [check.name for check in readiness(sides.side(), None) if check.ok is False] == ["reachable"]


@pytest.mark.parametrize(("seconds", "ok"), [(0, True), (119, True), (121, False), (-121, False), (None, None)])
def test_a_wrong_clock_has_its_own_sentence(sides: Sides, seconds: int | None, ok: bool | None) -> None:
    theirs = None if seconds is None else sides.now + timedelta(seconds=seconds)

    found = {check.name: check.ok for check in readiness(sides.side(), Reply(b"", theirs))}

    assert found["clock"] is ok


@pytest.mark.parametrize(("days", "ok"), [(10, True), (340, None), (370, False), (-10, False)])
def test_a_certificate_that_ends_has_its_own_sentence(sides: Sides, days: int, ok: bool | None) -> None:
    later = replace(sides.side(), at=sides.now + timedelta(days=days))

    found = {check.name: check.ok for check in readiness(later, None)}

    assert (found["own-certificate"], found["server-certificate"]) == (ok, ok)


@pytest.mark.parametrize(
    "address",
    ["http://eid.example/", "ftp://127.0.0.1/", "https://u@127.0.0.1/", "http://127.0.0.1:x/", "http://127.0.0.1/ä", "", "http:// "],
)
def test_an_address_that_must_not_be_asked_is_not_asked(address: str) -> None:
    with pytest.raises(BadAddress, match=r"\.$"):
        ask(address, b"", None)


def test_both_sides_show_a_certificate(sides: Sides, tmp_path: Path) -> None:
    theirs, ours = write(sides.server, tmp_path, "server"), write(sides.city, tmp_path, "city")
    strangers = write(sides.forger, tmp_path, "forger")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*theirs)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(ours[0])

    with EidServer(sides.server, sides.forger, sides.city.certificate, context) as running:
        good = ask(running.address, sides.question, tls(certificate=ours[0], key=ours[1], authorities=theirs[0]))
        with pytest.raises(Unreachable):
            ask(running.address, sides.question, tls(certificate=strangers[0], key=strangers[1], authorities=theirs[0]))
        with pytest.raises(Unreachable):
            ask(running.address, sides.question, tls(certificate=ours[0], key=ours[1], authorities=strangers[0]))

    assert readiness(sides.side(), good)[2].ok is True


@pytest.mark.parametrize("state", ["ok", "few-rights"])
def test_the_command_says_whether_the_card_can_work(
    server: EidServer, sides: Sides, tmp_path: Path, capsys: pytest.CaptureFixture[str], state: str
) -> None:
    status, word = {"ok": (0, "bereit"), "few-rights": (1, "nicht bereit")}[state]
    server.state = state
    (certificate, key), theirs = write(sides.city, tmp_path, "city"), write(sides.server, tmp_path, "server")[0]
    words = ["eid", "ready", server.address, "--key", key, "--certificate", certificate, "--server-certificate", theirs]

    plain, printed = cli.main(words), capsys.readouterr().out
    as_json, document = cli.main([*words, "--json"]), json.loads(capsys.readouterr().out)

    assert (plain, as_json, printed.splitlines()[0], document["ready"]) == (status, status, word, status == 0)
    assert [check["name"] for check in document["checks"] if not check["ok"]] == ([] if status == 0 else ["rights"])


def test_the_command_says_that_nobody_answers(sides: Sides, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (certificate, key), theirs = write(sides.city, tmp_path, "city"), write(sides.server, tmp_path, "server")[0]

    status = cli.main(["eid", "ready", "http://127.0.0.1:9/", "--key", key, "--certificate", certificate, "--server-certificate", theirs])

    printed = capsys.readouterr()
    assert (status, "ConnectionRefusedError" in printed.err) == (1, True)
    assert "NEIN  reachable: Der eID-Server antwortet nicht." in printed.out


def test_a_key_that_does_not_fit_is_said_in_one_sentence(sides: Sides, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (certificate, key), other = write(sides.city, tmp_path, "city"), write(sides.forger, tmp_path, "forger")[1]
    words = ["eid", "ready", "https://127.0.0.1:9/", "--key", key, "--certificate", certificate, "--server-certificate", certificate]

    status = cli.main([*words, "--tls-key", other])

    assert (status, capsys.readouterr().err.count("passen nicht zusammen.")) == (2, 1)
