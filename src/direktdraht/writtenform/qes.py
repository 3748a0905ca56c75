"""Signing with a qualified electronic signature (qeS, § 3a (2) VwVfG): the very document comes back signed, with any product."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from asn1crypto import x509
from cryptography.x509 import load_der_x509_certificate
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as N_

from direktdraht.foundation import clock
from direktdraht.foundation.verdicts import Check, failed
from direktdraht.people.models import Level
from direktdraht.writtenform import queries, readiness, trusting
from direktdraht.writtenform.actions import Evidence, Outcome
from direktdraht.writtenform.checks import CheckResult
from direktdraht.writtenform.errors import ProofRefused
from direktdraht.writtenform.models import Proof
from direktdraht.writtenform.signatures import evidence as kept
from direktdraht.writtenform.signatures.asking import ask_web
from direktdraht.writtenform.signatures.faults import FOREIGN, UnreadableSignature
from direktdraht.writtenform.signatures.limits import check_limited
from direktdraht.writtenform.signatures.reading import read_document
from direktdraht.writtenform.signatures.revocation import Ask, ask_revocation
from direktdraht.writtenform.signatures.trust import read_trust

OTHER_DOCUMENT = N_("Das ist eine andere Datei. Bitte unterschreiben Sie genau die Erklärung, die Sie hier herunterladen.")
SAME_DOCUMENT = N_("Unterschrieben ist genau diese Erklärung.")
MAYBE_REVOKED = N_("Ob Ihr Zertifikat gesperrt ist, ließ sich gerade nicht prüfen. Bitte versuchen Sie es später noch einmal.")
NOT_QUALIFIED = N_("Die Signatur ist nicht als qualifiziert bestätigt.")


class QualifiedSignature:
    """A qualified electronic signature on the PDF of the declaration, or in a file of its own beside it."""

    label = gettext_lazy("Mit qualifizierter elektronischer Signatur")
    hint = gettext_lazy("Sie laden das PDF herunter, unterschreiben es und laden es wieder hoch.")
    fact = gettext_lazy("mit qualifizierter Signatur")

    def problems(self) -> Sequence[str]:
        """Trusted lists must be there and current, the services that are asked must answer, and our clock must be right."""
        now = clock.now()
        return [*trusting.problems(now), *readiness.problems(now)]

    def recheck(self, proof: Proof) -> Sequence[Check]:
        """The same check from the kept evidence, as of the day of signing."""
        pieces = queries.evidence_bytes(proof)
        blobs = {hashlib.sha256(content).hexdigest(): content for content in pieces.values()}
        try:
            return kept.recheck(proof.manifest, blobs).checks
        except (kept.EvidenceProblem, UnreadableSignature) as problem:
            return [Check("integrity", False, str(problem))]


def signed_document(data: bytes, *, original: bytes, at: datetime, ask: Ask = ask_web) -> Outcome:
    """The outcome of a signed file that somebody uploaded; ``original`` is the declaration's PDF.

    A signed PDF begins with the bytes of the original; any other file is taken as a detached CMS signature over it.
    Services are asked whether certificates are revoked where the file does not say so itself.

    Raises:
        ProofRefused: not this document, unreadable, not valid, not qualified, or nobody says whether the certificate is
            revoked; with the sentence for the person.
    """
    content = None if is_pdf(data) else original
    if content is None and not (data.startswith(original) and len(data) > len(original)):
        raise ProofRefused(OTHER_DOCUMENT)
    files = trusting.trust_files()
    try:
        result = check_limited(data, files, at=at, content=content)
        # Only a certificate below a trusted body may name an address that this house then visits.
        if result.outcome("certificate-chain") and result.outcome("revocation") is None:
            files |= asked(data, content, files, at, ask)
            result = check_limited(data, files, at=at, content=content)
    except UnreadableSignature as problem:
        raise ProofRefused(str(problem)) from problem
    if not (result.valid and result.qualified):
        raise ProofRefused(why_not(result))
    if not result.outcome("revocation"):
        raise ProofRefused(MAYBE_REVOKED)
    evidence = kept.collect(data, read_trust(files), at=at, content=content)
    return outcome_of(result, evidence, at)


def is_pdf(data: bytes) -> bool:
    """Whether a file begins as a PDF does."""
    return data.startswith(b"%PDF-")


def asked(data: bytes, content: bytes | None, files: Mapping[str, bytes], at: datetime, ask: Ask) -> dict[str, bytes]:
    """What services say about the certificates of the file, as files of trust."""
    trust = read_trust(files)
    anchors = trust.anchors(at)
    below = trusted_below(anchors, [*read_document(data, content).certificates, *trust.others])
    crls, answers = ask_revocation(below, [*anchors, *below], ask)
    return {f"asked-{number}.der": one.dump() for number, one in enumerate([*crls, *answers], 1)}


def trusted_below(anchors: Sequence[x509.Certificate], others: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    """Those certificates that really were issued by an anchor, or by another one of them; a mere name is not enough."""
    known, found = list(anchors), list[x509.Certificate]()
    rest = [one for one in others if one.dump() not in {anchor.dump() for anchor in anchors}]
    while issued := [one for one in rest if any(issued_by(one, issuer) for issuer in known)]:
        found += issued
        known = issued
        rest = [one for one in rest if one not in issued]
    return found


def issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the issuer's key signed the certificate."""
    try:
        load_der_x509_certificate(certificate.dump()).verify_directly_issued_by(load_der_x509_certificate(issuer.dump()))
    except FOREIGN:
        return False
    return True


def why_not(result: CheckResult) -> str:
    """The sentence of the first check that does not hold."""
    broken = failed(result.checks)
    return broken[0].detail if broken else NOT_QUALIFIED


def outcome_of(result: CheckResult, evidence: kept.Evidence, at: datetime) -> Outcome:
    """A check that holds, as an outcome with everything that it rests on."""
    signer = result.signers[0]
    manifest: dict[str, Any] = evidence.manifest
    names = {manifest["file"]: "signed", **({manifest["content"]: "content"} if manifest["content"] else {})}
    pieces = [
        Evidence(names.get(digest, digest[:32]), f"{names.get(digest, digest[:16])}{suffix_of(content)}", content)
        for digest, content in evidence.blobs.items()
    ]
    return Outcome(
        way="qes",
        level=Level.HIGH,
        signer=", ".join(one.subject for one in result.signers),
        given_at=signer.signed_at or at,
        checks=[Check("document", True, SAME_DOCUMENT), *result.checks],
        facts={"person": {"name": signer.subject}, "level": result.level},
        manifest=manifest,
        evidence=pieces,
    )


def suffix_of(content: bytes) -> str:
    """A file name's ending that fits the content."""
    if is_pdf(content):
        return ".pdf"
    return ".xml" if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else ".der"
