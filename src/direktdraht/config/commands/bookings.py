"""``direktdraht bookings allocate``: recompute who gets which place, from the published files and the published seed alone."""

import argparse
import io
import json
import sys
from pathlib import Path

from direktdraht.bookings.allocation import ALGORITHM, Allocation, UnreadableFile, allocate, read_places, read_wishes

MOST_BYTES = 500 * 1024 * 1024


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("bookings", help="registrations and places")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    allocating = actions.add_parser("allocate", help="give out places by wishes in order and a drawn order; same seed, same result")
    allocating.add_argument("file", metavar="WISHES.csv", help="columns id, rank, offer and, if wanted, group")
    allocating.add_argument("--places", required=True, metavar="FILE.csv", help="columns offer and places")
    allocating.add_argument("--seed", required=True, metavar="TEXT", help="the published seed")
    allocating.add_argument("--explain", action="store_true", help="also why each got what they got")
    allocating.add_argument("--json", action="store_true", help="print one JSON document")
    allocating.set_defaults(run=execute, needs_database=False)


def execute(options: argparse.Namespace) -> int:
    """Print the result; exit status 1 and one sentence for a file that cannot be used."""
    try:
        places = read_places(lines_of(options.places))
        result = allocate(read_wishes(lines_of(options.file), places), places, options.seed)
    except UnreadableFile as problem:
        print(f"direktdraht: {problem}", file=sys.stderr)
        return 1
    print(json.dumps(document(result, explain=options.explain), ensure_ascii=False) if options.json else "\n".join(said(result)))
    return 0


def lines_of(name: str) -> io.StringIO:
    """The lines of a file in UTF-8, ended as CSV ends them and by nothing else. Raises UnreadableFile."""
    path = Path(name)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableFile(f"{name} ist zu groß.")
        with path.open(encoding="utf-8-sig", newline="") as file:
            return io.StringIO(file.read(), newline="")
    except OSError as problem:
        raise UnreadableFile(f"{name} lässt sich nicht lesen.") from problem
    except UnicodeDecodeError as problem:
        raise UnreadableFile(f"{name} ist kein Text in UTF-8.") from problem


def document(result: Allocation, *, explain: bool) -> dict[str, object]:
    """The result as JSON."""
    found: dict[str, object] = {"allocated": result.allocated, "waiting": result.waiting, "algorithm": ALGORITHM}
    if explain:
        found["reasons"] = {person: {"turn": reason.turn, "wish": reason.wish} for person, reason in sorted(result.reasons.items())}
    return found


def said(result: Allocation) -> list[str]:
    """The result in lines."""
    got = [f"{person}: {offer} (Wunsch {result.reasons[person].wish})" for person, offer in result.allocated.items()]
    waits = [f"Warteliste {offer}: {', '.join(people)}" for offer, people in result.waiting.items() if people]
    return [*got, *waits]
