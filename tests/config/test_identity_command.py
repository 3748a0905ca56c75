"""``direktdraht identity saml-check``: one JSON document, exit status 0 only when every check holds, no environment needed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.people.bundid.provider import ACS, REQUEST, SP, Provider, Said, response

from direktdraht.config import cli

AT = "2026-11-23T13:07:31Z"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Provider:
    """The identity provider of these tests."""
    return Provider(tmp_path_factory.mktemp("provider"))


def words(folder: Path, provider: Provider, message: str, **options: str) -> list[str]:
    """A command line for a message."""
    (folder / "answer.xml").write_text(message)
    (folder / "idp.xml").write_text(provider.metadata())
    given = {"metadata": str(folder / "idp.xml"), "audience": SP, "acs": ACS, "at": AT, **options}
    flags = [word for name, value in given.items() for word in (f"--{name.replace('_', '-')}", value)]
    return ["identity", "saml-check", str(folder / "answer.xml"), *flags]


def test_a_good_answer_is_one_document_and_status_nought(tmp_path: Path, provider: Provider, capsys: pytest.CaptureFixture[str]) -> None:
    message = provider.sign(response(Said()))

    status = cli.main([*words(tmp_path, provider, message, request_id=REQUEST), "--json"])

    printed = json.loads(capsys.readouterr().out)
    assert (status, list(printed)) == (0, ["valid", "level", "attributes", "checks"])
    assert (printed["valid"], printed["level"]) == (True, "high")
    assert printed["attributes"] == {"given_name": "Robin", "family_name": "Weber", "birth_date": "1984-02-29", "bpk2": "BPK2-4711"}
    assert [list(check) for check in printed["checks"]] == [["name", "ok", "detail"]] * len(printed["checks"])


def test_an_answer_to_another_request_is_status_one(tmp_path: Path, provider: Provider, capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.main(words(tmp_path, provider, provider.sign(response(Said())), request_id="_other"))

    printed = capsys.readouterr().out
    assert status == 1
    assert printed.startswith("nicht gültig")
    assert "NEIN  request" in printed


def test_without_a_request_any_is_taken_and_the_key_opens_what_is_encrypted(
    tmp_path: Path, provider: Provider, capsys: pytest.CaptureFixture[str]
) -> None:
    inside = provider.sign(response(Said()))
    hidden = response(Said(), provider.encrypt(inside[inside.index("<saml:Assertion") : inside.index("</samlp:Response>")]))

    closed = cli.main(words(tmp_path, provider, hidden))
    opened = cli.main(words(tmp_path, provider, hidden, key=str(provider.sp.key)))

    assert (closed, opened) == (1, 0)
    assert "offen decryption" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"at": "gestern"}, "kein Zeitpunkt"),
        ({"metadata": "/nirgends.xml"}, "lässt sich nicht lesen"),
        ({"key": os.devnull}, "keinen lesbaren privaten Schlüssel"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_status_two(
    tmp_path: Path, provider: Provider, capsys: pytest.CaptureFixture[str], options: dict[str, str], sentence: str
) -> None:
    status = cli.main(words(tmp_path, provider, response(Said()), **options))

    assert status == 2
    assert sentence in capsys.readouterr().err


def test_neither_database_nor_environment_is_needed(tmp_path: Path, provider: Provider) -> None:
    command = [sys.executable, "-m", "direktdraht.config.cli", *words(tmp_path, provider, provider.sign(response(Said()))), "--json"]

    done = subprocess.run(command, env={"PATH": os.environ["PATH"]}, capture_output=True, cwd=tmp_path, check=False)

    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["valid"] is True
    assert {path.name for path in tmp_path.iterdir()} == {"answer.xml", "idp.xml"}
