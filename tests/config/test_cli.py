"""The command line reads the modules of the command that is asked for, and no others."""

import subprocess
import sys

import pytest

from direktdraht.config.cli import COMMANDS, build_parser, command_modules

HEAVY = ("pydantic", "cryptography", "holidays", "lxml")
STAYING = """
import sys
from direktdraht.config.cli import build_parser
build_parser([{name!r}])
print(sorted({heavy!r} & sys.modules.keys()))
"""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_named_like_its_module(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    parser = build_parser([name])

    with pytest.raises(SystemExit) as ended:
        parser.parse_args([name, "--help"])

    assert ended.value.code == 0
    assert f"usage: direktdraht {name}" in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["--help"], ["formz"]])
def test_help_and_a_word_that_is_no_command_know_all_of_them(words: list[str]) -> None:
    assert [module.__name__.rpartition(".")[2] for module in command_modules(words)] == list(COMMANDS)


@pytest.mark.parametrize("name", ["run", "web"])
def test_processes_that_stay_do_not_carry_what_other_commands_need(name: str) -> None:
    program = STAYING.format(name=name, heavy=set(HEAVY))

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
