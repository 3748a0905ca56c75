"""One signature, looked at from every side: each side is a check with its own answer (ETSI EN 319 102-1, 5)."""

from dataclasses import dataclass
from datetime import datetime

from asn1crypto import core, x509
from pyhanko.sign.general import check_ess_certid
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, get_signing_cert_attr, validate_sig_integrity

from direktdraht.foundation.verdicts import Check
from direktdraht.writtenform.checks import Signer
from direktdraht.writtenform.signatures.algorithms import AcceptedAlgorithms
from direktdraht.writtenform.signatures.certificates import pseudonym_of, subject_of, usage_problem
from direktdraht.writtenform.signatures.faults import FOREIGN
from direktdraht.writtenform.signatures.paths import Chain, Material, Revocation, chain_of, revocation_of
from direktdraht.writtenform.signatures.qualification import NAMES as QUALIFICATION
from direktdraht.writtenform.signatures.qualification import qualification_checks
from direktdraht.writtenform.signatures.reading import Signature
from direktdraht.writtenform.signatures.timestamps import Stamp, check_signature_stamps
from direktdraht.writtenform.signatures.trust import Trust

ESSENTIAL = (
    "structure",
    "integrity",
    "coverage",
    "changes",
    "signing-certificate",
    "algorithms",
    "certificate-chain",
    "certificate-validity",
    "key-usage",
)
"""Checks that must be true for a valid signature."""
HARMFUL = ("revocation", "timestamp")
"""Checks that must not be false: they may be unknown, and are then reported as not checked."""


@dataclass(frozen=True)
class Circumstances:
    """What is known besides the signature: trust, material for chains, time of checking, and the proven time so far."""

    trust: Trust
    material: Material
    at: datetime
    proof: datetime
    proof_by_document: bool
    store: bool
    archived: bool


@dataclass(frozen=True)
class Verdict:
    """The answer for one signature; checks of the file itself are added where the file is known."""

    signer: Signer
    level: str
    checks: tuple[Check, ...]


async def evaluate(signature: Signature, known: Circumstances) -> Verdict:
    """Look at one signature. Nothing raises: what cannot be taken apart is a failed check."""
    if signature.problem or signature.signed_data is None or signature.digest is None:
        return _broken(signature.problem or "Die Unterschrift ist unvollständig oder beschädigt.")
    try:
        signer_info = signature.signer_info
        certificate = _signer_certificate(signature)
        certificate.native  # noqa: B018  # parses all of it, so that nothing fails later
        integrity = _integrity(signature, certificate)
    except FOREIGN:
        return _broken("Die Unterschrift ist unvollständig oder beschädigt.")
    stamp = await check_signature_stamps(signer_info, known.material, known.proof)
    moment = stamp.moment if stamp and stamp.ok and stamp.moment else known.proof
    proven = bool(stamp and stamp.ok) or known.proof_by_document
    chain = await chain_of(certificate, known.material, moment)
    revocation = (
        await revocation_of(chain.path, known.material, moment)
        if chain.path
        else Revocation(None, "Ohne bekannte ausstellende Stelle lässt sich die Sperrung nicht prüfen.")
    )
    checks = [
        integrity,
        _signing_certificate(signature, certificate),
        _algorithms(signature, certificate, moment),
        _chain(chain),
        _validity(certificate, moment, proven=proven),
        _usage(certificate),
        Check("revocation", revocation.ok, revocation.detail),
        _timestamp(stamp, known),
        _pseudonym(certificate),
        *qualification_checks(certificate, chain.path, known.trust, moment, known.at),
    ]
    signed_at = moment if proven else signature.claimed
    return Verdict(Signer(subject_of(certificate), signed_at), _level(checks, revocation, known, proven=proven), tuple(checks))


def is_qualified(checks: tuple[Check, ...]) -> bool:
    """Whether every check of the qualification is true."""
    found = {check.name: check.ok for check in checks}
    return all(found.get(name) is True for name in QUALIFICATION)


def _broken(sentence: str) -> Verdict:
    rest = (*ESSENTIAL[4:], *HARMFUL, "pseudonym", *QUALIFICATION)
    return Verdict(
        Signer("unbekannt", None), "none", (Check("integrity", False, sentence), *(Check(name, None, "Nicht geprüft.") for name in rest))
    )


def _signer_certificate(signature: Signature) -> x509.Certificate:
    """The certificate that the signer names; also if the attribute names another one, which is a check of its own."""
    try:
        return extract_certs_for_validation(signature.signed_data).signer_cert
    except SignatureValidationError:
        wanted = signature.signer_info["sid"]
        for one in signature.signed_data["certificates"]:  # type: ignore[index]  # looked at by the caller
            certificate = one.chosen
            if wanted.name == "issuer_and_serial_number" and (
                certificate.issuer == wanted.chosen["issuer"] and certificate.serial_number == wanted.chosen["serial_number"].native
            ):
                return certificate
        raise


def _integrity(signature: Signature, certificate: x509.Certificate) -> Check:
    info = signature.signer_info
    digest = signature.digest(info["digest_algorithm"]["algorithm"].native)  # type: ignore[misc]  # looked at by the caller
    try:
        intact, valid = validate_sig_integrity(info, certificate, "data", digest)
    except SignatureValidationError as problem:
        if "igning certificate" in problem.failure_message:
            return Check("integrity", False, "Die Unterschrift nennt ein anderes Zertifikat als das, mit dem sie geprüft wird.")
        return Check("integrity", False, "Die Unterschrift ist nicht nach der Norm aufgebaut.")
    if not intact:
        return Check("integrity", False, "Das Dokument wurde nach der Unterschrift verändert.")
    if not valid:
        return Check("integrity", False, "Die Unterschrift passt nicht zum Zertifikat.")
    return Check("integrity", True, "Der unterschriebene Inhalt ist unverändert.")


def _signing_certificate(signature: Signature, certificate: x509.Certificate) -> Check:
    """The signed attribute that binds the certificate (ETSI EN 319 122-1, 5.2.2; EN 319 142-1, 6.3)."""
    name = "signing-certificate"
    attributes = signature.signer_info["signed_attrs"]
    if attributes is core.VOID or not len(attributes):
        return Check(name, False, "Die Unterschrift hat keine unterschriebenen Angaben über sich selbst.")
    try:
        attribute = get_signing_cert_attr(attributes)
        if attribute is None:
            return Check(name, False, "Die Unterschrift legt nicht fest, zu welchem Zertifikat sie gehört.")
        if not check_ess_certid(certificate, attribute["certs"][0]):
            return Check(name, False, "Die Unterschrift nennt ein anderes Zertifikat.")
    except FOREIGN:
        return Check(name, False, "Die Angabe des Zertifikats in der Unterschrift ist nicht lesbar.")
    return Check(name, True, "Die Unterschrift ist fest mit dem Zertifikat verbunden.")


def _algorithms(signature: Signature, certificate: x509.Certificate, moment: datetime) -> Check:
    policy, info = AcceptedAlgorithms(), signature.signer_info
    digest, scheme = info["digest_algorithm"], info["signature_algorithm"]
    for outcome in (
        policy.digest_algorithm_allowed(digest, moment),
        policy.signature_algorithm_allowed(scheme, moment, certificate.public_key),
        policy.digest_combination_allowed(scheme, digest, None),
    ):
        if not outcome:
            return Check("algorithms", False, f"Das Verfahren der Unterschrift ist zu schwach. {outcome.failure_reason or ''}".strip())
    return Check("algorithms", True, "Die Verfahren der Unterschrift sind stark genug.")


def _chain(chain: Chain) -> Check:
    return Check("certificate-chain", chain.path is not None, chain.problem or "Die ausstellende Stelle ist bekannt und vertraut.")


def _validity(certificate: x509.Certificate, moment: datetime, *, proven: bool) -> Check:
    name = "certificate-validity"
    if moment < certificate.not_valid_before:
        return Check(name, False, f"Das Zertifikat galt erst ab {certificate.not_valid_before:%d.%m.%Y}.")
    if moment > certificate.not_valid_after:
        since = f"Das Zertifikat war am {certificate.not_valid_after:%d.%m.%Y} abgelaufen."
        return Check(name, False, since if proven else f"{since} Dass vorher unterschrieben wurde, beweist kein Zeitstempel.")
    return Check(name, True, "Das Zertifikat war gültig.")


def _usage(certificate: x509.Certificate) -> Check:
    problem = usage_problem(certificate)
    return Check("key-usage", problem is None, problem or "Das Zertifikat ist zum Unterschreiben bestimmt.")


def _timestamp(stamp: Stamp | None, known: Circumstances) -> Check:
    if stamp is not None:
        return Check("timestamp", stamp.ok, stamp.detail)
    if known.proof_by_document:
        return Check("timestamp", True, f"Ein Zeitstempel über das Dokument bezeugt den Zeitpunkt {known.proof:%d.%m.%Y %H:%M:%S} UTC.")
    return Check("timestamp", None, "Es gibt keinen Zeitstempel. Der genannte Zeitpunkt ist nicht bewiesen.")


def _pseudonym(certificate: x509.Certificate) -> Check:
    pseudonym = pseudonym_of(certificate)
    if pseudonym is None:
        return Check("pseudonym", True, "Das Zertifikat nennt die Person.")
    return Check("pseudonym", False, f"Das Zertifikat nennt nur das Pseudonym „{pseudonym}“ (§ 3a Abs. 2 VwVfG).")


def _level(checks: list[Check], revocation: Revocation, known: Circumstances, *, proven: bool) -> str:
    """The level that could be confirmed (ETSI EN 319 142-1, 6): what is there but does not hold counts as absent."""
    found = {check.name: check.ok for check in checks}
    if not found["signing-certificate"]:
        return "none"
    if not proven:
        return "B-B"
    if not (known.store and revocation.ok and revocation.issuers_known):
        return "B-T"
    return "B-LTA" if known.archived else "B-LT"
