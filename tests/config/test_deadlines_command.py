"""The command line computes legal dates without Django and says in one sentence what is wrong."""

import argparse
import json
import subprocess
import sys

import pytest

from direktdraht.config.commands import deadlines


def run(*words: str) -> int:
    """The command as the main program calls it."""
    parser = argparse.ArgumentParser()
    deadlines.add(parser.add_subparsers(required=True))
    arguments = parser.parse_args(["deadlines", "compute", *words])
    return int(arguments.run(arguments))


def test_a_date_comes_with_its_reasons_as_one_json_document(capsys: pytest.CaptureFixture[str]) -> None:
    code = run("--law", "vwvfg", "--rule", "objection", "--from", "2026-11-22", "--json")

    document = json.loads(capsys.readouterr().out)
    assert code == 0
    assert document["day"] == "2026-12-22"
    assert all("§" in step for step in document["steps"])


def test_without_json_the_reasons_are_lines_and_the_day_is_the_last(capsys: pytest.CaptureFixture[str]) -> None:
    code = run("--law", "ao", "--rule", "period", "--from", "2026-11-22", "--days", "14", "--state", "BY", "--language", "en")

    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    assert lines[0].startswith("Sunday, 22 November 2026")
    assert lines[-1] == "2026-12-07"


@pytest.mark.parametrize(
    ("law", "day", "sentence"),
    [("vwvfg", "22.11.2026", "kein Tag in der Form"), ("bgb", "2026-11-22", "Verfahrensrecht „bgb“ ist unbekannt")],
)
def test_what_is_wrong_is_one_sentence_on_standard_error(capsys: pytest.CaptureFixture[str], law: str, day: str, sentence: str) -> None:
    code = run("--law", law, "--rule", "post", "--from", day, "--json")

    printed = capsys.readouterr()
    assert code == 1
    assert printed.out == ""
    assert sentence in printed.err
    assert len(printed.err.splitlines()) == 1


def test_no_django_is_loaded() -> None:
    program = "import sys; import direktdraht.config.commands.deadlines; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
