"""``direktdraht signature``: electronic signatures of files. No database and no environment is needed."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from direktdraht.foundation import clock
from direktdraht.writtenform.checks import CheckResult
from direktdraht.writtenform.signatures.faults import UnreadableSignature
from direktdraht.writtenform.signatures.limits import check_limited
from direktdraht.writtenform.signatures.reading import MOST_BYTES

MOST_TRUST_FILES = 500
MOST_TRUST_BYTES = 150 * 1024 * 1024
DETACHED = {".p7s", ".p7m", ".p7c", ".cms", ".sig"}


def add(subparsers: Any) -> None:
    """Register the subcommands."""
    parser = subparsers.add_parser("signature", help="electronic signatures of files")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    checked = actions.add_parser("check", help="check PAdES and CMS signatures; exit status 0 valid, 1 not valid, 2 unreadable")
    checked.add_argument("file", type=Path, metavar="FILE", help="the PDF, or a CMS signature (x.p7s) with the signed file x beside it")
    checked.add_argument(
        "--trust", type=Path, required=True, metavar="DIR", help="certificates (PEM, DER), revocation data, trusted lists (*.xml)"
    )
    checked.add_argument("--content", type=Path, metavar="FILE", help="the file that a CMS signature signs")
    checked.add_argument("--at", metavar="TIME", help="time of checking, ISO 8601, as 2026-11-25T12:00:00Z; default now")
    checked.add_argument("--json", action="store_true", help="print one JSON document")
    checked.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    try:
        result = check_limited(
            bytes_of(options.file, MOST_BYTES),
            trust_of(options.trust),
            at=moment_of(options.at),
            content=_content(options.file, options.content),
        )
    except UnreadableSignature as problem:
        return _unreadable(str(problem))
    except OSError as problem:
        return _unreadable(f"Die Datei {problem.filename} lässt sich nicht lesen: {problem.strerror}.")
    _print(result, as_json=options.json)
    return 0 if result.valid else 1


def _unreadable(sentence: str) -> int:
    print(f"direktdraht: {' '.join(sentence.split())}", file=sys.stderr)
    return 2


def _print(result: CheckResult, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(result.as_json(), ensure_ascii=False))
        return
    print(f"{'gültig' if result.valid else 'nicht gültig'}{', qualifiziert' if result.qualified else ''}, {result.level}")
    print(*(f"Unterschrieben von {one.subject}, {one.signed_at or 'ohne Zeitpunkt'}" for one in result.signers), sep="\n")
    marks = {True: "ja", False: "nein", None: "nicht geprüft"}
    print(*(f"{marks[check.ok]:13} {check.name}: {check.detail}" for check in result.checks), sep="\n")


def moment_of(text: str | None) -> datetime:
    """The time of checking; without a zone it is UTC."""
    if text is None:
        return clock.now()
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnreadableSignature(f"„{text}“ ist kein Zeitpunkt in der Form 2026-11-25T12:00:00Z.") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def bytes_of(path: Path, most: int) -> bytes:
    """The content of a file, one byte more than is allowed at most."""
    with path.open("rb") as file:
        return file.read(most + 1)


def _content(path: Path, named: Path | None) -> bytes | None:
    """What a detached signature signs: the named file, else the one of the same name without the ending."""
    if named is not None:
        return bytes_of(named, MOST_BYTES)
    beside = path.with_suffix("")
    return bytes_of(beside, MOST_BYTES) if path.suffix.lower() in DETACHED and beside.is_file() else None


def trust_of(folder: Path) -> dict[str, bytes]:
    """The files of the folder, not those of folders inside. Raises UnreadableSignature for a folder that is too large."""
    found: dict[str, bytes] = {}
    size = 0
    for path in sorted(folder.iterdir()):
        if not path.is_file():
            continue
        found[path.name] = bytes_of(path, MOST_TRUST_BYTES)
        size += len(found[path.name])
        if len(found) > MOST_TRUST_FILES or size > MOST_TRUST_BYTES:
            raise UnreadableSignature("Der Ordner der vertrauten Zertifikate ist zu groß.")
    return found
