"""Timestamps of a time-stamping service (RFC 3161; ETSI EN 319 422; checked after ETSI EN 319 102-1, 5.4)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, tsp, x509
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_tst_data_iter,
    get_signing_cert_attr,
    message_imprint_checker,
    validate_sig_integrity,
)

from direktdraht.writtenform.signatures.algorithms import AcceptedAlgorithms
from direktdraht.writtenform.signatures.faults import FOREIGN
from direktdraht.writtenform.signatures.paths import Material, chain_of, revocation_of
from direktdraht.writtenform.signatures.reading import certificates_in, digest_of


@dataclass(frozen=True)
class Stamp:
    """What became of a timestamp: only with ``ok`` True its ``moment`` proves anything."""

    ok: bool | None
    detail: str
    moment: datetime | None = None


def stamps_in(signer_info: cms.SignerInfo) -> list[cms.SignedData]:
    """The signature timestamps of a signer. Raises one of ``faults.FOREIGN``."""
    return list(extract_tst_data_iter(signer_info, signed=False))


async def check_signature_stamps(signer_info: cms.SignerInfo, material: Material, proof: datetime) -> Stamp | None:
    """The earliest good timestamp over a signature; the first bad one if there is a bad one; None without timestamps."""
    try:
        tokens = stamps_in(signer_info)
        imprint = message_imprint_checker(signer_info)
    except FOREIGN:
        return Stamp(False, "Der Zeitstempel ist unvollständig oder beschädigt.")
    stamps = [await check_stamp(token, imprint, material, proof) for token in tokens]
    if not stamps:
        return None
    bad = next((stamp for stamp in stamps if not stamp.ok), None)
    return bad or min(stamps, key=lambda stamp: stamp.moment or proof)


async def check_stamp(token: cms.SignedData, imprint: Callable[[str], bytes], material: Material, proof: datetime) -> Stamp:
    """One timestamp: over the right bytes, whole, by a trusted service that was valid at ``proof``.

    ``proof`` is the instant at which the token is known to have existed: a later trusted timestamp, or now.
    """
    try:
        return await _checked(token, imprint, material, proof)
    except FOREIGN:
        return Stamp(False, "Der Zeitstempel ist unvollständig oder beschädigt.")


@dataclass(frozen=True)
class WholeToken:
    """A timestamp whose signature holds and that was made over the right bytes; nobody vouches for its service yet."""

    info: tsp.TSTInfo
    signer: cms.SignerInfo
    certificate: x509.Certificate

    @property
    def moment(self) -> datetime:
        """When the service says that it was made."""
        moment: datetime = self.info["gen_time"].native
        return moment


def whole_token(token: cms.SignedData, imprint: Callable[[str], bytes]) -> WholeToken | Stamp:
    """The token, or what is wrong with it; ``imprint`` gives the digest by the name of its algorithm. Raises one of ``faults.FOREIGN``."""
    info = token["encap_content_info"]["content"].parsed
    if not isinstance(info, tsp.TSTInfo):
        return Stamp(False, "Der Zeitstempel ist unvollständig oder beschädigt.")
    signer = extract_signer_info(token)
    certificate = extract_certs_for_validation(token).signer_cert
    digest = digest_of(signer["digest_algorithm"]["algorithm"].native, bytes(token["encap_content_info"]["content"]))
    intact, valid = validate_sig_integrity(signer, certificate, "tst_info", digest)
    mark = info["message_imprint"]
    if not (intact and valid) or get_signing_cert_attr(signer["signed_attrs"]) is None:
        return Stamp(False, "Die Unterschrift des Zeitstempels ist falsch.")
    if imprint(mark["hash_algorithm"]["algorithm"].native) != mark["hashed_message"].native:
        return Stamp(False, "Der Zeitstempel gehört zu einer anderen Unterschrift.")
    return WholeToken(info, signer, certificate)


async def _checked(token: cms.SignedData, imprint: Callable[[str], bytes], material: Material, proof: datetime) -> Stamp:
    found = whole_token(token, imprint)
    if isinstance(found, Stamp):
        return found
    signer, certificate, moment = found.signer, found.certificate, found.moment
    mark = found.info["message_imprint"]
    if moment > proof:
        return Stamp(False, "Der Zeitstempel liegt in der Zukunft.")
    policy = AcceptedAlgorithms()
    if not (
        policy.digest_algorithm_allowed(mark["hash_algorithm"], moment)
        and policy.digest_algorithm_allowed(signer["digest_algorithm"], proof)
        and policy.signature_algorithm_allowed(signer["signature_algorithm"], proof, certificate.public_key)
    ):
        return Stamp(False, "Der Zeitstempel benutzt ein zu schwaches Verfahren.")
    purposes = certificate.extended_key_usage_value
    if purposes is None or purposes.native != ["time_stamping"]:
        return Stamp(False, "Das Zertifikat des Zeitstempels ist nicht für Zeitstempel bestimmt.")
    material = material.with_more(certificates_in(token))
    chain = await chain_of(certificate, material, proof)
    if chain.path is None:
        return Stamp(False, f"Dem Zeitstempeldienst wird nicht vertraut. {chain.problem}")
    if not certificate.not_valid_before <= moment <= certificate.not_valid_after:
        return Stamp(False, "Das Zertifikat des Zeitstempeldienstes war damals nicht gültig.")
    if proof > certificate.not_valid_after:
        return Stamp(None, "Das Zertifikat des Zeitstempeldienstes ist abgelaufen, der Zeitstempel beweist nichts mehr.")
    if (await revocation_of(chain.path, material, proof)).ok is False:
        return Stamp(False, "Das Zertifikat des Zeitstempeldienstes war gesperrt.")
    return Stamp(True, f"Ein vertrauter Dienst bezeugt den Zeitpunkt {moment:%d.%m.%Y %H:%M:%S} UTC.", moment)
