"""``direktdraht eid``: messages between the city and an eID server as files. No database and no environment is needed."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from ssl import SSLError
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import Certificate, load_pem_x509_certificate
from lxml import etree

from direktdraht.foundation import clock
from direktdraht.foundation.verdicts import failed
from direktdraht.people.eid import requests, wss
from direktdraht.people.eid.addresses import BadAddress
from direktdraht.people.eid.checking import Expected, Verdict, check_result, check_session
from direktdraht.people.eid.readiness import Side, readiness
from direktdraht.people.eid.requests import Unaskable, Wanted
from direktdraht.people.eid.results import failure_of
from direktdraht.people.eid.sentences import FAILURES, REFUSED, Refused
from direktdraht.people.eid.tctoken import Addresses, token
from direktdraht.people.eid.transport import Unreachable, ask, tls

PERSON = "given_name,family_name,birth_date"


class BadOption(Exception):
    """An option cannot be used; the message says why, in German."""


def add(subparsers: Any) -> None:
    """Register the subcommands."""
    parser = subparsers.add_parser("eid", help="messages between the city and an eID server as files")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _add_check(actions.add_parser("check", help="examine the answer to getResult; exit status 0 only when every check holds"))
    _add_request(actions.add_parser("request", help="write a signed question to standard output"))
    _add_ready(actions.add_parser("ready", help="ask the eID server whether the online ID card can work; exit status 0 only if it can"))
    _add_token(actions.add_parser("token", help="write the tcToken for an answer to useID to standard output"))


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the SOAP answer as it came")
    _add_server(parser)
    _add_wanted(parser)
    parser.add_argument("--request", type=Path, metavar="FILE", help="our own question; an answer that confirms another one is refused")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=_run(_check))


def _add_request(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=("server-info", "use-id", "result"), help="getServerInfo, useID or getResult")
    parser.add_argument("--key", type=Path, required=True, metavar="PEM", help="the city's private key")
    parser.add_argument("--certificate", type=Path, required=True, metavar="PEM", help="the city's certificate")
    _add_wanted(parser)
    parser.add_argument("--session", default="", metavar="ID", help="session of the answer to useID, for result")
    parser.add_argument("--counter", type=int, default=1, metavar="N", help="grows by one with each question for a result")
    parser.add_argument("--at", metavar="TIME", help="instant of the signature, ISO 8601; default now")
    parser.set_defaults(run=_run(_request))


def _add_ready(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("address", metavar="URL", help="address of the eID server's SOAP interface")
    parser.add_argument("--key", type=Path, required=True, metavar="PEM", help="the city's private key, for signatures")
    parser.add_argument("--certificate", type=Path, required=True, metavar="PEM", help="the city's certificate, for signatures")
    parser.add_argument("--server-certificate", type=Path, required=True, metavar="PEM", help="certificate with which the eID server signs")
    parser.add_argument("--tls-key", type=Path, metavar="PEM", help="the city's private key for the connection; default that of --key")
    parser.add_argument("--tls-certificate", type=Path, metavar="PEM", help="its certificate; default that of --certificate")
    parser.add_argument("--authorities", type=Path, metavar="PEM", help="who may vouch for the connection; default the system's")
    parser.add_argument("--attributes", default=PERSON, metavar="NAMES", help=f"what will be asked of the card; default {PERSON}")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=_run(_ready))


def _add_token(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the SOAP answer to useID as it came")
    _add_server(parser)
    for name, what in (("token", "the tcToken"), ("refresh", "the way back"), ("error", "the way back after an error")):
        parser.add_argument(f"--{name}-address", required=True, metavar="URL", help=f"our address of {what}")
    parser.add_argument(
        "--server-address", default="", metavar="URL", help="address of the eID server for the app, where its answer names none"
    )
    parser.set_defaults(run=_run(_token))


def _add_server(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--server-certificate", type=Path, required=True, metavar="PEM", help="certificate with which the eID server signs")
    parser.add_argument("--at", metavar="TIME", help="time of checking, ISO 8601, as 2026-11-25T12:00:00Z; default now")


def _add_wanted(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--attributes", default=PERSON, metavar="NAMES", help=f"what is asked for, by comma; default {PERSON}")
    parser.add_argument("--level", choices=("low", "substantial", "high"), default="high", help="least level of assurance; default high")
    parser.add_argument("--text", default="", metavar="TEXT", help="text of the declaration, shown before the PIN")
    parser.add_argument("--age", type=int, metavar="YEARS", help="age that must be completed")
    parser.add_argument("--community", default="", metavar="KEY", help="residence that must be fulfilled, as on the card")


def _run(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """The command with its problems as one sentence on standard error, exit status 2."""

    def run(options: argparse.Namespace) -> int:
        try:
            return command(options)
        except OSError as problem:
            sentence = f"Die Datei {problem.filename} lässt sich nicht lesen: {problem.strerror}."
        except Refused as problem:
            sentence = REFUSED[problem.check, problem.case]
        except (BadOption, Unaskable, BadAddress) as problem:
            sentence = str(problem)
        print(f"direktdraht: {sentence}", file=sys.stderr)
        return 2

    return run


def _check(options: argparse.Namespace) -> int:
    wanted = _wanted(options)
    requests.use_id(wanted)  # raises for what no card can answer
    request = b"" if options.request is None else options.request.read_bytes()
    expected = Expected(_certificate(options.server_certificate), _moment(options.at), wanted, request)
    with options.file.open("rb") as file:
        verdict = check_result(file.read(wss.MOST_BYTES + 1), expected)
    _print(verdict, as_json=options.json)
    return 0 if verdict.valid else 1


def _print(verdict: Verdict, *, as_json: bool) -> None:
    if as_json:
        law = "" if verdict.document is None else verdict.document.law
        checks = [check.to_json() for check in verdict.checks]
        facts = {
            "valid": verdict.valid,
            "level": verdict.level,
            "law": law,
            "failure": verdict.failure,
            "attributes": dict(verdict.attributes),
        }
        print(json.dumps({**facts, "checks": checks}, ensure_ascii=False))
        return
    print("gültig" if verdict.valid else "nicht gültig", f"Vertrauensniveau: {verdict.level}", sep="\n")
    print(*(f"{'ja' if check.ok else 'NEIN':5} {check.name}: {check.detail}" for check in verdict.checks), sep="\n")


def _request(options: argparse.Namespace) -> int:
    questions: dict[str, Callable[[], etree._Element]] = {
        "server-info": requests.get_server_info,
        "use-id": lambda: requests.use_id(_wanted(options)),
        "result": lambda: requests.get_result(options.session, options.counter),
    }
    message = questions[options.kind]()
    key, certificate = _key(options.key), _certificate(options.certificate)
    print(wss.sealed(message, key=key, certificate=certificate, at=_moment(options.at)).decode())
    return 0


def _ready(options: argparse.Namespace) -> int:
    names = frozenset(name.strip() for name in options.attributes.split(",") if name.strip())
    wanted, at, own = Wanted(names), clock.now(), _certificate(options.certificate)
    requests.use_id(wanted)  # raises for what no card can answer
    question = wss.sealed(requests.get_server_info(), key=_key(options.key), certificate=own, at=at)
    side = Side(own, _certificate(options.server_certificate), at, wanted, question)
    context = None
    if options.address.startswith("https:"):
        authorities = None if options.authorities is None else str(options.authorities)
        shown, key = options.tls_certificate or options.certificate, options.tls_key or options.key
        try:
            context = tls(certificate=str(shown), key=str(key), authorities=authorities)
        except SSLError as problem:
            raise BadOption("Zertifikat und Schlüssel für die Verbindung sind nicht lesbar oder passen nicht zusammen.") from problem
    try:
        reply = ask(options.address, question, context)
    except Unreachable as problem:
        print(f"direktdraht: {problem}", file=sys.stderr)
        reply = None
    checks = readiness(side, reply)
    ready = not failed(checks)
    if options.json:
        print(json.dumps({"ready": ready, "checks": [check.to_json() for check in checks]}, ensure_ascii=False))
    else:
        marks = {True: "ja", False: "NEIN", None: "offen"}
        print("bereit" if ready else "nicht bereit", *(f"{marks[check.ok]:5} {check.name}: {check.detail}" for check in checks), sep="\n")
    return 0 if ready else 1


def _token(options: argparse.Namespace) -> int:
    expected = Expected(_certificate(options.server_certificate), _moment(options.at), Wanted(frozenset()))
    session = check_session(options.file.read_bytes(), expected)
    failure = failure_of(session.result.major, session.result.minor)
    if failure:
        raise BadOption(FAILURES.get(failure, FAILURES["unknown"]))
    addresses = Addresses(options.token_address, options.refresh_address, options.error_address)
    print(token(session, addresses, server=options.server_address).decode())
    return 0


def _wanted(options: argparse.Namespace) -> Wanted:
    names = frozenset(name.strip() for name in options.attributes.split(",") if name.strip())
    return Wanted(names, options.level, options.text, options.age, options.community)


def _moment(text: str | None) -> datetime:
    """The time of checking; without a zone it is UTC."""
    if text is None:
        return clock.now()
    try:
        found = datetime.fromisoformat(text)
    except ValueError as problem:
        raise BadOption(f"„{text}“ ist kein Zeitpunkt in der Form 2026-11-25T12:00:00Z.") from problem
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _certificate(path: Path) -> Certificate:
    try:
        return load_pem_x509_certificate(path.read_bytes())
    except ValueError as problem:
        raise BadOption(f"Die Datei {path} enthält kein lesbares Zertifikat (PEM).") from problem


def _key(path: Path) -> wss.PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as problem:
        raise BadOption(f"Die Datei {path} enthält keinen lesbaren privaten Schlüssel.") from problem
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise BadOption(f"Die Datei {path} enthält weder einen RSA- noch einen EC-Schlüssel.")
    return key
