"""What is kept of an identification by the online ID card, and its examination years later without any network. Pure.

Kept are the signed answer as it came, our request with the declaration's text, the server's certificate, what was asked
and when it was checked. ``recheck`` starts from these alone.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate

from direktdraht.foundation.safe_xml import UnsafeXml, read_xml
from direktdraht.foundation.verdicts import Check
from direktdraht.people.eid.checking import Expected, Verdict, check_result
from direktdraht.people.eid.names import EID, tag
from direktdraht.people.eid.requests import Wanted
from direktdraht.people.eid.sentences import broken, holds

ROLES = {
    "answer": ("getResult-Antwort.xml", "application/xml"),
    "request": ("getResult-Anfrage.xml", "application/xml"),
    "session": ("useID-Anfrage.xml", "application/xml"),
    "certificate": ("eID-Server.pem", "application/x-pem-file"),
    "asked": ("Verlangt.json", "application/json"),
}


def evidence_of(*, answer: bytes, session_request: bytes, expected: Expected, verdict: Verdict) -> dict[str, Any]:
    """The evidence of a valid verdict: ``checks``, ``files`` (role → name, content_type, base64), and the card's ``law``."""
    wanted = expected.wanted
    asked = {
        "at": expected.at.isoformat(),
        "attributes": sorted(wanted.attributes),
        "level": wanted.level,
        "text": wanted.text,
        "age": wanted.age,
        "community": wanted.community,
        "document": "" if verdict.document is None else verdict.document.code,
    }
    contents = {
        "answer": answer,
        "request": expected.request,
        "session": session_request,
        "certificate": expected.certificate.public_bytes(Encoding.PEM),
        "asked": json.dumps(asked, ensure_ascii=False, sort_keys=True, indent=1).encode(),
    }
    files = {
        role: {"name": name, "content_type": kind, "base64": base64.b64encode(contents[role]).decode()}
        for role, (name, kind) in ROLES.items()
    }
    law = "" if verdict.document is None else verdict.document.law
    return {"checks": [check.to_json() for check in verdict.checks], "files": files, "law": law}


def recheck(evidence: Mapping[str, Any], *, attributes: Mapping[str, str], level: str) -> list[Check]:
    """The checks of then, made again from the files, and whether attributes and level are those that were signed."""
    try:
        contents = {role: base64.b64decode(evidence["files"][role]["base64"], validate=True) for role in ROLES}
        asked = json.loads(contents["asked"])
        wanted = Wanted(frozenset(asked["attributes"]), asked["level"], asked["text"], asked["age"], asked["community"])
        certificate = load_pem_x509_certificate(contents["certificate"])
        expected = Expected(certificate, datetime.fromisoformat(asked["at"]), wanted, contents["request"])
    except (KeyError, TypeError, ValueError, binascii.Error):
        return [broken("evidence", "missing")]
    if not all(contents.values()):
        return [broken("evidence", "missing")]
    verdict = check_result(contents["answer"], expected)
    same = verdict.valid and dict(verdict.attributes) == dict(attributes) and verdict.level == level
    return [*verdict.checks, holds("evidence") if same and _text_in(contents["session"]) == wanted.text else broken("evidence")]


def _text_in(request: bytes) -> str | None:
    """The declaration's text in our own useID request."""
    try:
        return read_xml(request).findtext(f".//{tag(EID, 'TransactionInfo')}", "")
    except UnsafeXml:
        return None
