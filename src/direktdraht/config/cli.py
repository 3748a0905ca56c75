"""The command line ``direktdraht``: one program, subcommands, errors in one sentence on standard error."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType

import django
from django.core.exceptions import ImproperlyConfigured

from direktdraht.config.environment import EnvironmentProblem, read
from direktdraht.config.processes.embedded import reachable_database
from direktdraht.config.processes.postgres import DatabaseProblem

COMMANDS = (
    "run",
    "web",
    "worker",
    "migrate",
    "seed",
    "staff",
    "check",
    "deadlines",
    "forms",
    "bookings",
    "bank",
    "signature",
    "demail",
    "identity",
    "eid",
    "journal",
    "verify",
)


def command_modules(arguments: Sequence[str]) -> list[ModuleType]:
    """The module of the command that is asked for, all of them for help or a word that names none.

    ``run`` and ``web`` stay in memory as long as the house runs; what only ``forms`` or ``verify`` need is 45 MB.
    """
    asked = [arguments[0]] if arguments and arguments[0] in COMMANDS else COMMANDS
    return [importlib.import_module(f"direktdraht.config.commands.{name}") for name in asked]


def build_parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser with the subcommands of ``command_modules``."""
    parser = argparse.ArgumentParser(prog="direktdraht", description="One front door between a city's people and its administration.")
    subparsers = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in command_modules(arguments):
        command.add(subparsers)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; exit status 0 fine, 1 a finding, 2 it could not be done."""
    words = sys.argv[1:] if arguments is None else arguments
    options = build_parser(words).parse_args(words)
    os.environ["DJANGO_SETTINGS_MODULE"] = "direktdraht.config.settings"
    try:
        if "operation" not in options:
            return int(options.run(options))
        with reachable_database(read()):
            if getattr(options, "models", True):
                django.setup()
            return int(importlib.import_module(options.operation).execute(options))
    except (EnvironmentProblem, DatabaseProblem, ImproperlyConfigured) as problem:
        print(f"direktdraht: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
