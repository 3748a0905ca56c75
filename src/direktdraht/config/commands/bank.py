"""``direktdraht bank check``: read and check a bank file. No database and no environment is needed."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from direktdraht.payments.camt.checking import CheckedStatement, check_path
from direktdraht.payments.camt.sentences import UnreadableBankFile


def add(subparsers: Any) -> None:
    """Register the subcommands."""
    parser = subparsers.add_parser("bank", help="bank files")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    checked = actions.add_parser("check", help="read a camt.053 or camt.054 file; exit status 1 if it cannot be trusted")
    checked.add_argument("file", type=Path, metavar="FILE", help="the bank's XML file, or a ZIP archive of such files")
    checked.add_argument("--json", action="store_true", help="print one JSON document")
    checked.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    try:
        statements = check_path(options.file)
    except UnreadableBankFile as problem:
        print(f"direktdraht: {' '.join(str(problem).split())}", file=sys.stderr)
        return 1
    for doubt in (doubt for statement in statements for doubt in statement.doubts):
        print(f"direktdraht: {doubt}", file=sys.stderr)
    if options.json:
        print(json.dumps({"statements": [statement.as_json() for statement in statements]}, ensure_ascii=False))
    else:
        _print(statements)
    return 0


def _print(statements: list[CheckedStatement]) -> None:
    for statement in statements:
        end = statement.closing
        verdict = "stimmt" if statement.balanced else "stimmt nicht"
        print(f"{statement.header.id} {statement.header.account}: {len(statement.entries)} Umsätze, {verdict}")
        print(f"  von {end.opening.amount if end.opening else '–'} bis {end.closing.amount if end.closing else '–'} {end.currency}")
        for entry in statement.entries:
            print(
                f"  {entry.value_date or entry.booked} {entry.amount:>12} {entry.currency} {entry.name} {entry.reference} {entry.purpose}"
            )
