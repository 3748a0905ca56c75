"""The door: a file with its signatures in, a result out. Pure: trust and time are given, nothing is fetched."""

import asyncio
from datetime import datetime
from typing import NamedTuple

from direktdraht.foundation.verdicts import Check
from direktdraht.writtenform.checks import CheckResult
from direktdraht.writtenform.signatures.coverage import Changes, Extent, changes_after, end_of, extent_of
from direktdraht.writtenform.signatures.evaluation import ESSENTIAL, HARMFUL, Circumstances, Verdict, evaluate, is_qualified
from direktdraht.writtenform.signatures.faults import FOREIGN, UnreadableSignature
from direktdraht.writtenform.signatures.paths import Material
from direktdraht.writtenform.signatures.reading import Document, Signature, read_document
from direktdraht.writtenform.signatures.structure import structure_problem
from direktdraht.writtenform.signatures.timestamps import Stamp, check_stamp
from direktdraht.writtenform.signatures.trust import Trust

LEVELS = ("none", "B-B", "B-T", "B-LT", "B-LTA")


class _Judged(NamedTuple):
    """A signature with its reach and its checks."""

    signature: Signature
    extent: Extent
    changes: Changes
    verdict: Verdict


def check_signature(data: bytes, trust: Trust, *, at: datetime, content: bytes | None = None) -> CheckResult:
    """Check every signature of a PDF, or of a CMS file over ``content``, as of the instant ``at``.

    Source: ETSI EN 319 102-1, 5 (validation), EN 319 142-1 (PAdES), EN 319 122-1 (CAdES), TS 119 615 (qualified or not).

    Raises:
        UnreadableSignature: there is no signature, or the file cannot be read.
    """
    document = read_document(data, content)
    if all(signature.is_timestamp for signature in document.signatures):
        raise UnreadableSignature("Das Dokument trägt nur Zeitstempel, aber keine elektronische Unterschrift.")
    return asyncio.run(_check(document, trust, at))


async def _check(document: Document, trust: Trust, at: datetime) -> CheckResult:
    material = Material(
        tuple(trust.anchors(at)),
        (*trust.others, *document.certificates),
        (*trust.crls, *document.crls),
        (*trust.ocsps, *document.ocsps),
    )
    structure = _structure(document)
    extents = {id(one): _extent(one, document) for one in document.signatures}
    stamps, proofs = await _document_stamps(document, material, at, extents)
    judged = []
    for signature in document.signatures:
        if signature.is_timestamp:
            continue
        proof = proofs.get(id(signature))
        known = Circumstances(
            trust,
            material,
            at,
            proof or at,
            proof is not None,
            store=document.has_store and bool(document.crls or document.ocsps),
            archived=proof is not None,
        )
        extent = extents[id(signature)]
        judged.append(_Judged(signature, extent, _changes(signature, extent), await evaluate(signature, known)))
    return _result(document, structure, judged, stamps)


def _structure(document: Document) -> Check:
    if document.reader is None:
        return Check("structure", True, "Die Unterschrift liegt in einer eigenen Datei.")
    ends = [end_of(one.embedded) for one in document.signatures if one.embedded]
    problem = structure_problem(document.data, ends, None if document.lenient else document.reader)
    try:
        if problem is None and "/XFA" in document.reader.root["/AcroForm"]:
            problem = "Das PDF enthält ein XFA-Formular; sein Aussehen steht nicht fest."
    except FOREIGN:
        problem = problem or "Das PDF ist nicht nach der Norm aufgebaut; Programme können es verschieden lesen."
    return Check("structure", problem is None, problem or "Zwei verschiedene Programme lesen im PDF dasselbe.")


def _extent(signature: Signature, document: Document) -> Extent:
    if document.reader is None:
        return Extent(True, True)
    if signature.embedded is None:
        return Extent(False, False, "Es lässt sich nicht feststellen, welche Teile unterschrieben sind.")
    return extent_of(signature.embedded, document.data)


def _changes(signature: Signature, extent: Extent) -> Changes:
    if signature.embedded is None:
        return Changes(extent.file, not extent.file, "Der Inhalt liegt in einer eigenen Datei." if extent.file else "Nicht prüfbar.")
    return changes_after(signature.embedded, extent)


async def _document_stamps(
    document: Document, material: Material, at: datetime, extents: dict[int, Extent]
) -> tuple[list[Check], dict[int, datetime]]:
    """Timestamps over the document, from the last to the first: each good one proves that what lies before it existed.

    Returns the checks and, by the identity of a signature, the earliest proven instant after it.
    """
    checks: list[Check] = []
    proofs: dict[int, datetime] = {}
    proof: datetime | None = None
    for signature in reversed(document.signatures):
        if not signature.is_timestamp:
            if proof is not None:
                proofs[id(signature)] = proof
            continue
        stamp = await _document_stamp(signature, material, proof or at, extents[id(signature)])
        checks.append(Check("document-timestamp", stamp.ok, stamp.detail))
        if stamp.ok and stamp.moment:
            proof = stamp.moment
    return checks[::-1], proofs


async def _document_stamp(signature: Signature, material: Material, proof: datetime, extent: Extent) -> Stamp:
    if signature.problem or signature.signed_data is None or signature.digest is None or not extent.revision:
        return Stamp(False, signature.problem or extent.problem or "Der Zeitstempel ist unvollständig oder beschädigt.")
    return await check_stamp(signature.signed_data, signature.digest, material, proof)


def _result(document: Document, structure: Check, judged: list[_Judged], stamps: list[Check]) -> CheckResult:
    last_reached = max((one.extent.file for one in judged), default=False)
    checks: list[Check] = [structure]
    valid = True
    for number, one in enumerate(judged, 1):
        mine = (
            Check("coverage", one.extent.revision, one.extent.problem or "Die Unterschrift deckt das Dokument vollständig ab."),
            Check("changes", one.changes.ok, one.changes.detail),
            *one.verdict.checks,
        )
        found = {check.name: check.ok for check in (structure, *mine)}
        valid &= all(found.get(name) is True for name in ESSENTIAL) and not any(found.get(name) is False for name in HARMFUL)
        label = f"Unterschrift {number}: " if len(judged) > 1 else ""
        checks.extend(Check(check.name, check.ok, label + check.detail) for check in mine)
    checks.extend(stamps)
    valid &= all(stamp.ok is not False for stamp in stamps)
    whole = all(one.extent.revision and one.changes.ok for one in judged) and (
        last_reached or not any(one.changes.content for one in judged[-1:])
    )
    return CheckResult(
        valid=valid,
        qualified=valid and all(is_qualified(one.verdict.checks) for one in judged),
        signers=tuple(one.verdict.signer for one in judged),
        coverage="whole" if whole else "partial",
        level=min((one.verdict.level for one in judged), key=LEVELS.index),
        checks=tuple(checks),
    )
