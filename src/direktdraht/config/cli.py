"""The command line ``direktdraht``: one program, subcommands, errors in one sentence on standard error."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType

import django
from django.core.exceptions import ImproperlyConfigured

from direktdraht.config.commands import check, deadlines, forms, identity, journal, migrate, run, seed, staff, verify, web, worker
from direktdraht.config.environment import EnvironmentProblem, read
from direktdraht.config.processes.embedded import reachable_database
from direktdraht.config.processes.postgres import DatabaseProblem

COMMANDS: tuple[ModuleType, ...] = (run, web, worker, migrate, seed, staff, check, deadlines, forms, identity, journal, verify)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser with every subcommand that exists."""
    parser = argparse.ArgumentParser(prog="direktdraht", description="One front door between a city's people and its administration.")
    subparsers = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(subparsers)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; exit status 0 fine, 1 a finding, 2 it could not be done."""
    options = build_parser().parse_args(arguments)
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
