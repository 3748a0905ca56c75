"""``direktdraht eid``: files in, one document out, without database and environment."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sandbox import eid_messages as server
from tests.people.eid.city import AT, KEY, SESSION, World
from tests.people.eid.corpus import HOSTILE, Row

from direktdraht.config import cli


@pytest.fixture(scope="module")
def world() -> World:
    """City and eID server."""
    return World()


@pytest.fixture
def folder(tmp_path: Path, world: World) -> Path:
    """Keys and certificates as files."""
    (tmp_path / "server.pem").write_bytes(world.server.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "city.pem").write_bytes(world.city.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "city.key").write_bytes(world.city.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (tmp_path / "request.xml").write_bytes(world.request)
    return tmp_path


def run(folder: Path, action: str, *words: str) -> int:
    return cli.main(["eid", action, *(word.replace("@", f"{folder}/") for word in words), "--at", AT.isoformat()])


def check(folder: Path, answer: bytes, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    (folder / "answer.xml").write_bytes(answer)
    status = run(folder, "check", "@answer.xml", "--server-certificate", "@server.pem", "--request", "@request.xml", "--json", *words)
    return status, json.loads(capsys.readouterr().out)


def test_a_good_answer_is_printed_with_its_law(folder: Path, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    status, printed = check(folder, world.answer(world.result()), capsys)

    assert list(printed) == ["valid", "level", "law", "failure", "attributes", "checks"]
    assert (status, printed["valid"], printed["level"], printed["law"]) == (0, True, "high", "§ 18 PAuswG")
    assert printed["attributes"] == {"birth_date": "1964-08-12", "family_name": "BEISPIEL", "given_name": "ROBIN"}


@pytest.mark.parametrize(
    "row", [row for row in HOSTILE if row.wanted.age is None and "pseudonym" not in row.wanted.attributes][::5], ids=lambda row: row.name
)
def test_a_hostile_answer_has_exit_status_one(folder: Path, world: World, row: Row, capsys: pytest.CaptureFixture[str]) -> None:
    status, printed = check(folder, row.make(world), capsys)

    assert (status, printed["valid"], printed["attributes"]) == (1, False, {})
    assert tuple(check["name"] for check in printed["checks"] if not check["ok"]) == row.broken


def test_without_json_each_check_is_a_line(folder: Path, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "answer.xml").write_bytes(world.answer(world.result(level="http://bsi.bund.de/eID/LoA/normal")))

    status = run(folder, "check", "@answer.xml", "--server-certificate", "@server.pem")

    lines = capsys.readouterr().out.splitlines()
    assert (status, lines[0]) == (1, "nicht gültig")
    assert "NEIN  level: Das verlangte Vertrauensniveau ist nicht erreicht." in lines


QUESTIONS = {
    "getServerInfoRequest": ["server-info"],
    "useIDRequest": ["use-id", "--text", "Widerspruch", "--attributes", "given_name"],
    "getResultRequest": ["result", "--session", SESSION, "--counter", "3"],
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_signed(folder: Path, world: World, capsys: pytest.CaptureFixture[str], name: str) -> None:
    status = run(folder, "request", *QUESTIONS[name], "--key", "@city.key", "--certificate", "@city.pem")

    message, _ = server.verified_request(capsys.readouterr().out.encode(), world.city.certificate)
    assert (status, message.tag) == (0, f"{{{server.EID}}}{name}")


def test_a_token_leads_the_app_to_the_server(folder: Path, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "session.xml").write_bytes(world.answer(server.use_id_response(SESSION, "p" * 32, KEY)))
    here = "https://stadt.example/"
    ours = ["--token-address", here, "--refresh-address", f"{here}zurueck", "--error-address", f"{here}fehler"]

    status = run(folder, "token", "@session.xml", "--server-certificate", "@server.pem", "--server-address", "https://eid.example/", *ours)

    printed = capsys.readouterr().out
    assert status == 0
    assert "<ServerAddress>https://eid.example/</ServerAddress><SessionIdentifier>" + "p" * 32 in printed


@pytest.mark.parametrize(
    "words",
    [
        ["check", "@gone.xml", "--server-certificate", "@server.pem"],
        ["check", "@request.xml", "--server-certificate", "@city.key"],
        ["check", "@request.xml", "--server-certificate", "@server.pem", "--attributes", "religion"],
        ["request", "result", "--key", "@city.key", "--certificate", "@city.pem"],
        ["request", "use-id", "--key", "@city.pem", "--certificate", "@city.pem"],
        ["request", "use-id", "--key", "@city.key", "--certificate", "@city.pem", "--age", "200"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_used_is_said_in_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    status = run(folder, *words)

    printed = capsys.readouterr()
    assert (status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert printed.err.startswith("direktdraht: ")
    assert printed.err.rstrip().endswith(".")


def test_a_time_that_is_none_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.main(["eid", "check", f"{folder}/request.xml", "--server-certificate", f"{folder}/server.pem", "--at", "gestern"])

    assert status == 2
    assert "gestern" in capsys.readouterr().err


def test_a_refused_session_gives_no_token(folder: Path, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "session.xml").write_bytes(world.answer(server.use_id_response("", "", "", minor=server.FAILURES["busy"])))
    here = ["--token-address", "https://a.example", "--refresh-address", "https://a.example", "--error-address", "https://a.example"]

    status = run(folder, "token", "@session.xml", "--server-certificate", "@server.pem", *here)

    assert (status, "ausgelastet" in capsys.readouterr().err) == (2, True)
