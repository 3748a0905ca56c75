"""What is kept so that a check can be repeated years later, offline, with the same answer (preservation, ETSI TS 119 511)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from direktdraht.writtenform.checks import CheckResult, result_from_json
from direktdraht.writtenform.signatures import algorithms
from direktdraht.writtenform.signatures.checking import check_signature
from direktdraht.writtenform.signatures.reading import read_document
from direktdraht.writtenform.signatures.trust import Trust, read_trust

FORMAT = "direktdraht-signature-evidence/1"


class EvidenceProblem(ValueError):
    """Evidence that is not whole; the message is one German sentence."""


@dataclass(frozen=True)
class Evidence:
    """A manifest that can be written as JSON, and the bytes that it names by SHA-256."""

    manifest: dict[str, Any]
    blobs: dict[str, bytes]


def collect(data: bytes, trust: Trust, *, at: datetime, content: bytes | None = None) -> Evidence:
    """Check once and keep all that the answer rests on.

    Kept are the file, certificates, revocation data and the bytes of those trusted lists that name an issuer of this file,
    with the time of checking and the version of the table of algorithms.

    Raises:
        UnreadableSignature: there is nothing to check.
    """
    kept = {name: one for name, one in (trust.files or {}).items() if name not in _needless_lists(data, trust, content)}
    result = check_signature(data, read_trust(kept), at=at, content=content)
    blobs = {_digest(one): one for one in (data, *kept.values(), *([content] if content is not None else []))}
    manifest = {
        "format": FORMAT,
        "checked_at": at.isoformat(),
        "algorithms": algorithms.VERSION,
        "file": _digest(data),
        "content": None if content is None else _digest(content),
        "trust": {name: _digest(one) for name, one in sorted(kept.items())},
        "lists": [
            {"name": one.name, "territory": one.list.territory, "sequence": one.list.sequence, "issued": one.list.issued.isoformat()}
            for one in trust.lists
            if one.name in kept
        ],
        "result": result.as_json(),
    }
    return Evidence(manifest, blobs)


def recheck(manifest: Mapping[str, Any], blobs: Mapping[str, bytes]) -> CheckResult:
    """Check again from kept evidence alone, as of the first time. Nothing is fetched and no clock is read.

    Raises:
        EvidenceProblem: another format, a table of algorithms from a later release, a piece that is missing or changed, or another answer.
        UnreadableSignature: the kept file holds no signature.
    """
    if manifest.get("format") != FORMAT:
        raise EvidenceProblem("Das Format der Belege ist unbekannt.")
    if manifest.get("algorithms") not in algorithms.VERSIONS:
        raise EvidenceProblem("Die Belege nennen eine Liste von Verfahren, die nicht vorliegt.")
    try:
        trust = read_trust({name: _piece(blobs, digest) for name, digest in manifest["trust"].items()})
        content = None if manifest["content"] is None else _piece(blobs, manifest["content"])
        data, at = _piece(blobs, manifest["file"]), datetime.fromisoformat(manifest["checked_at"])
        first = result_from_json(manifest["result"])
    except (KeyError, TypeError, AttributeError) as error:
        raise EvidenceProblem("Die Belege sind unvollständig.") from error
    result = check_signature(data, trust, at=at, content=content)
    if result != first:
        raise EvidenceProblem("Die Prüfung kommt heute zu einem anderen Ergebnis als damals.")
    return result


def _needless_lists(data: bytes, trust: Trust, content: bytes | None) -> set[str]:
    """Lists in which no issuer of the file's certificates stands: the lists of other countries, mostly."""
    issuers = {one.issuer.hashable for one in (*read_document(data, content).certificates, *trust.others)}
    return {
        one.name
        for one in trust.lists
        if not any(certificate.subject.hashable in issuers for service in one.list.services for certificate in service.certificates)
    }


def _piece(blobs: Mapping[str, bytes], digest: str) -> bytes:
    piece = blobs.get(digest)
    if piece is None or _digest(piece) != digest:
        raise EvidenceProblem("Ein Beleg fehlt oder wurde verändert.")
    return piece


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
