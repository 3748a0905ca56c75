"""``direktdraht deadlines compute``: a legal date with its reasons, without a database."""

import argparse
import json
import sys
from datetime import date
from typing import Any

from direktdraht.foundation import deadlines


def add(subparsers: Any) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser("deadlines", help="compute legal dates")
    actions = parser.add_subparsers(dest="action", required=True)
    compute = actions.add_parser("compute", help="one legal date with its reasons")
    compute.add_argument("--law", required=True, help="law of procedure: vwvfg, ao or sgb")
    compute.add_argument("--rule", required=True, help="post, electronic, own-inbox, nutzerkonto, period, objection, ...")
    compute.add_argument("--from", dest="start", required=True, metavar="DATE", help="day of the event, as 2026-12-31")
    compute.add_argument("--state", default="NI", help="federal state whose holidays count, default NI")
    length = compute.add_mutually_exclusive_group()
    length.add_argument("--days", type=int, help="length of a period in days")
    length.add_argument("--months", type=int, help="length of a period in months")
    compute.add_argument("--language", choices=["de", "en"], default="de", help="language of the reasons")
    compute.add_argument("--json", action="store_true", help="print one JSON document")
    compute.set_defaults(run=run, needs_database=False)


def run(arguments: argparse.Namespace) -> int:
    """Print the date; one sentence on standard error and exit code 1 when there is none."""
    try:
        deadline = deadlines.compute(
            law=arguments.law,
            rule=arguments.rule,
            start=_day(arguments.start),
            state=arguments.state,
            days=arguments.days,
            months=arguments.months,
            language=arguments.language,
        )
    except deadlines.DeadlineError as error:
        print(error, file=sys.stderr)
        return 1
    if arguments.json:
        print(json.dumps({"day": deadline.day.isoformat(), "steps": list(deadline.steps)}, ensure_ascii=False))
    else:
        print(*deadline.steps, deadline.day.isoformat(), sep="\n")
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise deadlines.DeadlineError(f"„{text}“ ist kein Tag in der Form 2026-12-31.") from error
