"""``direktdraht demail``: De-Mails as files, without database and environment; and the receiver, which needs both."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from direktdraht.config.commands.signature import bytes_of, moment_of, trust_of
from direktdraht.writtenform.demail.checking import Verdict, check_demail
from direktdraht.writtenform.demail.faults import UnreadableMail
from direktdraht.writtenform.demail.fields import MOST_BYTES
from direktdraht.writtenform.signatures.faults import UnreadableSignature
from direktdraht.writtenform.signatures.trust import read_trust


def add(subparsers: Any) -> None:
    """Register the subcommands."""
    parser = subparsers.add_parser("demail", help="check De-Mails; take them in")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    checked = actions.add_parser("check", help="check a De-Mail; exit status 0 sender confirmed, 1 not confirmed, 2 unreadable")
    checked.add_argument("file", type=Path, metavar="FILE", help="the mail with all its header fields (.eml)")
    checked.add_argument("--trust", type=Path, required=True, metavar="DIR", help="certificates (PEM, DER) and revocation data")
    checked.add_argument("--at", metavar="TIME", help="time of checking, ISO 8601, as 2026-11-25T12:00:00Z; default now")
    checked.add_argument("--json", action="store_true", help="print one JSON document")
    checked.set_defaults(run=_check)
    intake = actions.add_parser("receive", help="take mails in over LMTP; needs the database")
    intake.add_argument("--host", metavar="H", help="address to listen on; default the one in demail/service.toml")
    intake.add_argument("--port", type=int, metavar="P", help="port to listen on; default the one in demail/service.toml")
    intake.set_defaults(operation="direktdraht.config.operations.demail_receive")


def _check(options: argparse.Namespace) -> int:
    try:
        verdict = check_demail(bytes_of(options.file, MOST_BYTES), read_trust(trust_of(options.trust)), at=moment_of(options.at))
    except (UnreadableMail, UnreadableSignature) as problem:
        return _unreadable(str(problem))
    except OSError as problem:
        return _unreadable(f"Die Datei {problem.filename} lässt sich nicht lesen: {problem.strerror}.")
    _print(verdict, as_json=options.json)
    return 0 if verdict.sender_confirmed else 1


def _unreadable(sentence: str) -> int:
    print(f"direktdraht: {' '.join(sentence.split())}", file=sys.stderr)
    return 2


def _print(verdict: Verdict, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(verdict.as_json(), ensure_ascii=False))
        return
    kind = "De-Mail" if verdict.demail else "keine nachgewiesene De-Mail"
    print(f"{kind}, {'absenderbestätigt' if verdict.sender_confirmed else 'nicht absenderbestätigt'}")
    if verdict.sender:
        print(f"Von {verdict.sender}{f' ({verdict.holder})' if verdict.holder else ''}")
    marks = {True: "ja", False: "nein", None: "nicht geprüft"}
    print(*(f"{marks[check.ok]:13} {check.name}: {check.detail}" for check in verdict.checks), sep="\n")
