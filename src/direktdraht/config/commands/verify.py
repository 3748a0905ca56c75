"""``direktdraht verify``: recompute journal, seals, contents and receipts.

With ``--key`` a file is checked on any machine, without database and without the city's data.
"""

import argparse
import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any, Protocol

import django

from direktdraht.config.commands.signature import trust_of
from direktdraht.config.environment import read
from direktdraht.config.processes.embedded import reachable_database
from direktdraht.foundation import clock
from direktdraht.foundation.journal.receipts import verify_receipt
from direktdraht.foundation.journal.signing import KeyProblem
from direktdraht.foundation.journal.verification import UnreadableExport, verify_export
from direktdraht.writtenform import root_stamps
from direktdraht.writtenform.signatures.faults import UnreadableSignature
from direktdraht.writtenform.signatures.trust import read_trust

LARGEST_RECEIPT_BYTES = 1_000_000


class Found(Protocol):
    """What a check found; both reports have this form."""

    @property
    def ok(self) -> bool:
        """Whether everything holds."""

    @property
    def lines(self) -> list[str]:
        """The result in sentences."""

    def to_json(self) -> dict[str, Any]:
        """The result as a JSON document."""


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("verify", help="recompute journal, seals and receipts; exit status 0 only when everything holds")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--all", action="store_true", help="also every content behind a digest")
    what.add_argument("--receipt", type=Path, metavar="FILE", help="check this receipt (JSON)")
    what.add_argument("--export", type=Path, metavar="FILE", help="check this export of a journal; needs --key")
    parser.add_argument("--key", type=Path, metavar="FILE", help="the public key (PEM), from /journal/schluessel")
    parser.add_argument("--trust", type=Path, metavar="DIR", help="certificates and trusted lists, for timestamps in an export")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=execute)


def execute(options: argparse.Namespace) -> int:
    """Check files with the given key alone, or else with the database and its key."""
    if options.export and not options.key:
        return refuse("--export needs the public key: --key FILE.")
    if options.key and not (options.export or options.receipt):
        return refuse("--key belongs to --export or --receipt.")
    if options.trust and not options.export:
        return refuse("--trust belongs to --export.")
    if options.key:
        return check_file(options)
    with reachable_database(read()):
        os.environ["DJANGO_SETTINGS_MODULE"] = "direktdraht.config.settings"
        django.setup()
        return int(importlib.import_module("direktdraht.config.operations.verify").execute(options))


def check_file(options: argparse.Namespace) -> int:
    """Check an export or a receipt with a public key alone."""
    try:
        key = options.key.read_text(encoding="utf-8")
        if options.export:
            examine = root_stamps.examiner(lambda: read_trust(trust_of(options.trust) if options.trust else {}), clock.now())
            return tell(verify_export(options.export, key, examine=examine), as_json=options.json)
        return tell(verify_receipt(read_receipt(options.receipt), key), as_json=options.json)
    except (OSError, UnicodeDecodeError, KeyProblem, UnreadableExport, UnreadableSignature) as problem:
        return refuse(str(problem))


def read_receipt(path: Path) -> dict[str, Any]:
    """The receipt document in a file; raises UnreadableExport, OSError."""
    if path.stat().st_size > LARGEST_RECEIPT_BYTES:
        raise UnreadableExport(f"{path} is too large for a receipt.")
    try:
        document = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise UnreadableExport(f"{path} is not JSON.") from error
    if not isinstance(document, dict):
        raise UnreadableExport(f"{path} is no receipt.")
    return document


def tell(found: Found, *, as_json: bool) -> int:
    """Print what was found; exit status 0 only when everything holds."""
    print(json.dumps(found.to_json(), ensure_ascii=False) if as_json else "\n".join(found.lines))
    return 0 if found.ok else 1


def refuse(sentence: str) -> int:
    """Say in one sentence why nothing could be checked."""
    print(f"direktdraht: {sentence}", file=sys.stderr)
    return 2
