"""``direktdraht identity saml-check``: a SAML response is examined, without a database."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from direktdraht.people.bundid.checking import Verdict, check_response
from direktdraht.people.bundid.judging import Expected
from direktdraht.people.bundid.metadata import UnreadableMetadata, read_provider
from direktdraht.people.bundid.reading import MOST_BYTES


class BadOption(Exception):
    """An option cannot be used; the message says why, in German."""


def add(subparsers: Any) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser("identity", help="answers of identity providers as files")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser("saml-check", help="examine a SAML response; exit status 0 only when every check holds")
    check.add_argument("file", type=Path, metavar="FILE", help="the response, XML or base64")
    check.add_argument("--metadata", type=Path, required=True, metavar="IDP.xml", help="metadata of the identity provider")
    check.add_argument("--audience", required=True, metavar="ID", help="the service provider's entity ID")
    check.add_argument("--acs", required=True, metavar="URL", help="the service provider's address for answers")
    check.add_argument("--request-id", metavar="ID", help="ID of the request that was sent; without it any is taken")
    check.add_argument("--at", required=True, metavar="TIME", help="the instant of the check, as 2026-11-23T14:07:00Z")
    check.add_argument("--key", type=Path, metavar="PEM", help="private key that opens an encrypted assertion")
    check.add_argument("--json", action="store_true", help="print one JSON document")
    check.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what was found; exit status 1 when a check does not hold, 2 when a file or option cannot be used."""
    try:
        verdict = _verdict(options)
    except (UnreadableMetadata, BadOption) as problem:
        print(f"direktdraht: {problem}", file=sys.stderr)
        return 2
    except OSError as problem:
        print(f"direktdraht: Die Datei {problem.filename} lässt sich nicht lesen: {problem.strerror}.", file=sys.stderr)
        return 2
    checks = [check.to_json() for check in verdict.checks]
    if options.json:
        document = {"valid": verdict.valid, "level": verdict.level, "attributes": verdict.attributes, "checks": checks}
        print(json.dumps(document, ensure_ascii=False))
    else:
        marks = {True: "ja", False: "NEIN", None: "offen"}
        print("gültig" if verdict.valid else "nicht gültig", f"Vertrauensniveau: {verdict.level}", sep="\n")
        print(*(f"{marks[check.ok]:5} {check.name}: {check.detail}" for check in verdict.checks), sep="\n")
    return 0 if verdict.valid else 1


def _verdict(options: argparse.Namespace) -> Verdict:
    with options.file.open("rb") as file:
        message = file.read(2 * MOST_BYTES + 1)
    expected = Expected(
        provider=read_provider(options.metadata.read_bytes()),
        audience=options.audience,
        acs=options.acs,
        request_id=options.request_id,
        at=_instant(options.at),
        key=_key(options.key),
    )
    return check_response(message, expected)


def _instant(text: str) -> datetime:
    try:
        read = datetime.fromisoformat(text)
    except ValueError as problem:
        raise BadOption(f"„{text}“ ist kein Zeitpunkt in der Form 2026-11-23T14:07:00Z.") from problem
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def _key(path: Path | None) -> RSAPrivateKey | None:
    if path is None:
        return None
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as problem:
        raise BadOption(f"Die Datei {path} enthält keinen lesbaren privaten Schlüssel.") from problem
    if not isinstance(key, RSAPrivateKey):
        raise BadOption(f"Die Datei {path} enthält keinen RSA-Schlüssel.")
    return key
