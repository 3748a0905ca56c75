"""The receiver of De-Mails starts with the house where its settings ask for one, and says in one sentence why it cannot."""

import argparse
from pathlib import Path

import pytest

from direktdraht.config.commands import run
from direktdraht.config.environment import EnvironmentProblem
from direktdraht.config.operations import demail_receive
from direktdraht.writtenform import demail_connection

NO_DEMO = argparse.Namespace(demo=False)
ACCOUNT = 'addresses = ["a@b.example"]\nunit = "x"\n'


def set_up(data: Path, text: str) -> None:
    (data / "demail").mkdir()
    (data / "demail" / "service.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("text", "children"), [(ACCOUNT, 0), (f"{ACCOUNT}[lmtp]\nport = 2424\n", 1)])
def test_it_is_started_where_it_is_asked_for(tmp_path: Path, text: str, children: int) -> None:
    assert run.demail_receiver(tmp_path, NO_DEMO, {}) == []
    set_up(tmp_path, text)

    assert len(run.demail_receiver(tmp_path, NO_DEMO, {})) == children
    assert run.demail_receiver(tmp_path, argparse.Namespace(demo=True), {}) == []


def test_broken_settings_stop_the_start_with_their_name(tmp_path: Path) -> None:
    set_up(tmp_path, "kaputt")

    with pytest.raises(EnvironmentProblem, match=r"service\.toml"):
        run.demail_receiver(tmp_path, NO_DEMO, {})


@pytest.mark.parametrize("text", ["kaputt", ACCOUNT])
def test_without_an_address_to_listen_on_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    set_up(tmp_path, text)
    monkeypatch.setattr(demail_connection, "folder", lambda: tmp_path / "demail")

    with pytest.raises(EnvironmentProblem, match=r"service\.toml"):
        demail_receive.execute(argparse.Namespace(host=None, port=None))
