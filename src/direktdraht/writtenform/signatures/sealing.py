"""The seal of the city on a PDF: PAdES B-B, with a timestamp B-T, with revocation data B-LT (ETSI EN 319 142-1, 6)."""

import asyncio
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from asn1crypto import algos, keys, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from direktdraht.writtenform.signatures.certificates import is_self_signed
from direktdraht.writtenform.signatures.faults import FOREIGN
from direktdraht.writtenform.signatures.reading import certificates_in, read_document
from direktdraht.writtenform.signatures.revocation import Ask, ask_revocation, is_named_revoked
from direktdraht.writtenform.signatures.timestamps import stamps_in

FIELD = "Siegel"
DIGEST = "sha256"
STAMP_TYPE = "application/timestamp-query"


class SealProblem(ValueError):
    """The seal could not be made; the message is one German sentence."""


class SealKey(Protocol):
    """Where the key of the seal lies: a PKCS#12 file now; a card or HSM (PKCS#11) signs behind the same two properties."""

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate of the seal."""
        ...

    @property
    def chain(self) -> Sequence[x509.Certificate]:
        """The certificates above it, issuer first."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The signature over data with SHA-256: RSA PKCS#1 v1.5 or ECDSA as DER, as the certificate's key wants it."""
        ...


class Pkcs12Key:
    """A key from a PKCS#12 file."""

    def __init__(self, data: bytes, password: str) -> None:
        """Open the file. Raises SealProblem: wrong password, no key or no certificate inside, an unknown kind of key."""
        try:
            key, certificate, others = pkcs12.load_key_and_certificates(data, password.encode())
        except ValueError as error:
            raise SealProblem("Die Schlüsseldatei lässt sich mit diesem Kennwort nicht öffnen.") from error
        if certificate is None or not isinstance(key, (rsa.RSAPrivateKey, ec.EllipticCurvePrivateKey)):
            raise SealProblem("Die Schlüsseldatei enthält kein Zertifikat mit passendem Schlüssel.")
        self._key = key
        self.certificate = x509.Certificate.load(certificate.public_bytes(Encoding.DER))
        self.chain = tuple(x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in others)

    def sign(self, data: bytes) -> bytes:
        """Sign with the key in memory."""
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


class HttpTimestamper(TimeStamper):  # type: ignore[misc]  # pyHanko's types are not used
    """A time-stamping service behind an address (RFC 3161, 3.4)."""

    def __init__(self, address: str, ask: Ask) -> None:
        super().__init__()
        self.address = address
        self._ask = ask

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Post a request. Raises SealProblem if there is no readable answer."""
        try:
            return tsp.TimeStampResp.load(self._ask(self.address, req.dump(), STAMP_TYPE), strict=True)
        except (OSError, *FOREIGN) as error:
            raise SealProblem("Der Zeitstempeldienst antwortet nicht oder nicht lesbar.") from error


class _KeySigner(Signer):  # type: ignore[misc]  # pyHanko's types are not used
    """pyHanko's view of a seal key."""

    def __init__(self, key: SealKey) -> None:
        store = SimpleCertificateStore()
        store.register_multiple(key.chain)
        super().__init__(signing_cert=key.certificate, cert_registry=store, signature_mechanism=_mechanism(key.certificate.public_key))
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Sign; a dry run gives as many bytes as a signature may have."""
        if digest_algorithm != DIGEST:
            raise SealProblem("Das Siegel benutzt nur SHA-256.")
        return bytes(_most_signature_bytes(self._key.certificate.public_key)) if dry_run else self._key.sign(data)


def _mechanism(public_key: keys.PublicKeyInfo) -> algos.SignedDigestAlgorithm:
    names = {"rsa": "sha256_rsa", "ec": "sha256_ecdsa"}
    if public_key.algorithm not in names:
        raise SealProblem("Mit dieser Art von Schlüssel wird nicht gesiegelt.")
    return algos.SignedDigestAlgorithm({"algorithm": names[public_key.algorithm]})


def _most_signature_bytes(public_key: keys.PublicKeyInfo) -> int:
    size = (int(public_key.bit_size) + 7) // 8
    return size if public_key.algorithm == "rsa" else 2 * size + 16


@dataclass(frozen=True)
class Sealed:
    """A sealed PDF and the level that was reached; ``shortfall`` says in German why it is not the highest one."""

    data: bytes
    level: str
    shortfall: str = ""


def seal_pdf(
    data: bytes, key: SealKey, *, reason: str, at: datetime, timestamper: TimeStamper | None = None, ask: Ask | None = None
) -> Sealed:
    """Seal a PDF as an appended revision; what was there before stays byte by byte.

    ``at`` is the claimed time. With a ``timestamper`` the level is B-T; with ``ask`` as well, revocation data of the seal and of the
    time-stamping service are fetched and stored with it: B-LT, if a service answered for every certificate below a root.

    Raises:
        SealProblem: the PDF cannot be sealed, the certificate is not valid at ``at`` or was revoked, or the time-stamping service failed.
    """
    if not key.certificate.not_valid_before <= at <= key.certificate.not_valid_after:
        raise SealProblem("Das Zertifikat des Siegels ist zu dieser Zeit nicht gültig.")
    try:
        sealed = asyncio.run(_signed(data, key, reason, at, timestamper))
        if timestamper is None:
            return Sealed(sealed, "B-B", "Es ist kein Zeitstempeldienst eingerichtet.")
        if ask is None:
            return Sealed(sealed, "B-T", "Es wurden keine Auskünfte zur Sperrung geholt.")
        return _with_revocation(sealed, key, ask)
    except SealProblem:
        raise
    except FOREIGN as error:
        raise SealProblem("Das PDF lässt sich nicht siegeln.") from error


class _TimedSigner(PdfSigner):  # type: ignore[misc]  # pyHanko's types are not used
    """pyHanko's signer with a claimed time that is given, not read from a clock."""

    def __init__(self, metadata: PdfSignatureMetadata, key: SealKey, timestamper: TimeStamper | None, at: datetime) -> None:
        super().__init__(metadata, signer=_KeySigner(key), timestamper=timestamper)
        self._at = at

    def init_signing_session(self, pdf_out: IncrementalPdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        """Begin, with the given time."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


async def _signed(data: bytes, key: SealKey, reason: str, at: datetime, timestamper: TimeStamper | None) -> bytes:
    reader = PdfFileReader(io.BytesIO(data), strict=True)
    metadata = PdfSignatureMetadata(field_name=_free_name(reader), md_algorithm=DIGEST, subfilter=SigSeedSubFilter.PADES, reason=reason)
    signer = _TimedSigner(metadata, key, timestamper, at)
    output: io.BytesIO = await signer.async_sign_pdf(IncrementalPdfFileWriter.from_reader(reader))
    return output.getvalue()


def _free_name(reader: PdfFileReader) -> str:
    """A name of a signature field that the document does not have yet."""
    taken = {str(name) for name, _, _ in enumerate_sig_fields(reader)}
    return next(name for name in (FIELD, *(f"{FIELD}{number}" for number in range(2, 1000))) if name not in taken)


def _with_revocation(sealed: bytes, key: SealKey, ask: Ask) -> Sealed:
    """The sealed PDF with revocation data in its document security store (EN 319 142-1, 5.4)."""
    own = read_document(sealed).signatures[-1]
    tokens = [certificate for token in stamps_in(own.signer_info) for certificate in certificates_in(token)]
    certificates = _distinct([key.certificate, *key.chain, *tokens])
    below_roots = [one for one in certificates if not is_self_signed(one)]
    crls, ocsps = ask_revocation(below_roots, certificates, ask)
    if any(is_named_revoked(one, crls, ocsps) for one in (key.certificate, *key.chain)):
        raise SealProblem("Das Zertifikat des Siegels oder eine ausstellende Stelle ist gesperrt.")
    if not crls and not ocsps:
        return Sealed(sealed, "B-T", "Kein Dienst gab Auskunft zur Sperrung.")
    output = io.BytesIO(sealed)
    DocumentSecurityStore.add_dss(output, sig_contents=None, certs=certificates, ocsps=ocsps, crls=crls)
    if len(crls) + len(ocsps) < len(below_roots):
        return Sealed(output.getvalue(), "B-T", "Nicht zu jedem Zertifikat gab es eine Auskunft zur Sperrung.")
    return Sealed(output.getvalue(), "B-LT")


def _distinct(certificates: Iterable[x509.Certificate]) -> list[x509.Certificate]:
    return list({one.dump(): one for one in certificates}.values())
