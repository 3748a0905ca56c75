"""Invented certificate authorities, people, services and their revocation data. Keys are drawn anew in every run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from asn1crypto import core
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
END = datetime(2030, 1, 1, tzinfo=UTC)
AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""When the cases are checked."""

SIGNING = ("digital_signature", "content_commitment")
AUTHORITY = ("key_cert_sign", "crl_sign", "digital_signature")
_BITS = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)
QC_COMPLIANCE, QC_SSCD, QC_TYPE = "0.4.0.1862.1.1", "0.4.0.1862.1.4", "0.4.0.1862.1.6"
ESIGN, ESEAL = "0.4.0.1862.1.6.1", "0.4.0.1862.1.6.2"
LIST_SIGNING = x509.ObjectIdentifier("0.4.0.2231.3.0")
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Holder:
    """A key with its certificate, and those above it."""

    key: Any
    certificate: x509.Certificate
    above: tuple["Holder", ...] = ()

    @property
    def der(self) -> bytes:
        """The certificate."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        """The certificate as text."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def asn1(self) -> asn1.Certificate:
        """The certificate as asn1crypto reads it."""
        return asn1.Certificate.load(self.der)


def sign_sha256(holder: Holder, data: bytes) -> bytes:
    """The holder's signature over data: ECDSA, or RSA with PKCS#1 v1.5."""
    if isinstance(holder.key, ec.EllipticCurvePrivateKey):
        return holder.key.sign(data, ec.ECDSA(hashes.SHA256()))
    signature: bytes = holder.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    return signature


def ec_key() -> ec.EllipticCurvePrivateKey:
    """A new key on P-256."""
    return ec.generate_private_key(ec.SECP256R1())


@cache
def rsa_key(bits: int) -> rsa.RSAPrivateKey:
    """A key of this size, one a session: they take long to make."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def name(common: str, **more: str) -> x509.Name:
    """A name; more attributes by their names in ``NameOID``."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common),
            *(x509.NameAttribute(getattr(NameOID, key.upper()), value) for key, value in more.items()),
        ]
    )


def qc_statements(*statements: str, kind: str | None = None) -> x509.UnrecognizedExtension:
    """The extension by which a certificate says that it is qualified (ETSI EN 319 412-5), put together from its parts."""

    class Statement(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
        _fields = [("id", core.ObjectIdentifier), ("info", core.Any, {"optional": True})]

    class Statements(core.SequenceOf):  # type: ignore[misc]  # asn1crypto has no types
        _child_spec = Statement

    class Types(core.SequenceOf):  # type: ignore[misc]  # asn1crypto has no types
        _child_spec = core.ObjectIdentifier

    found = [Statement({"id": one}) for one in statements]
    if kind:
        found.append(Statement({"id": QC_TYPE, "info": core.Any(Types([core.ObjectIdentifier(kind)]))}))
    return x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3"), Statements(found).dump())


QUALIFIED = qc_statements(QC_COMPLIANCE, QC_SSCD, kind=ESIGN)


def issue(
    issuer: Holder | None,
    subject: x509.Name,
    *,
    key: PrivateKey | None = None,
    authority: bool = False,
    usage: Sequence[str] | None = SIGNING,
    purposes: Sequence[x509.ObjectIdentifier] = (),
    critical_purposes: bool = False,
    begin: datetime = BEGIN,
    end: datetime = END,
    extensions: Sequence[x509.ExtensionType] = (),
) -> Holder:
    """A certificate; without issuer it is signed by its own key."""
    key = key or ec_key()
    signing_key = issuer.key if issuer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False)
    )
    if usage is not None:
        builder = builder.add_extension(x509.KeyUsage(**{bit: bit in usage for bit in _BITS}), critical=True)
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(list(purposes)), critical=critical_purposes)
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    certificate = builder.sign(signing_key, hashes.SHA256())
    return Holder(key, certificate, (issuer, *issuer.above) if issuer else ())


def authority(common: str, issuer: Holder | None = None, **more: Any) -> Holder:
    """A certificate authority."""
    return issue(issuer, name(common), authority=True, usage=AUTHORITY, **more)


def person(issuer: Holder, common: str = "Robin Beispiel", **more: Any) -> Holder:
    """A person who signs."""
    return issue(issuer, more.pop("subject", None) or name(common), **more)


def timestamp_service(issuer: Holder, common: str = "Zeitstempel Musterstadt", **more: Any) -> Holder:
    """A time-stamping service."""
    return issue(
        issuer, name(common), usage=("digital_signature",), purposes=[ExtendedKeyUsageOID.TIME_STAMPING], critical_purposes=True, **more
    )


def list_signer(common: str, **more: Any) -> Holder:
    """Someone who signs trusted lists (ETSI TS 119 612, 5.7.1)."""
    return issue(None, name(common), usage=("digital_signature",), purposes=[LIST_SIGNING], **more)


def crl_of(
    issuer: Holder,
    *revoked: tuple[Holder, datetime],
    this_update: datetime = AT - timedelta(hours=1),
    next_update: datetime = AT + timedelta(days=7),
) -> bytes:
    """A revocation list."""
    builder = (
        x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject).last_update(this_update).next_update(next_update)
    )
    for holder, since in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(holder.certificate.serial_number).revocation_date(since).build()
        builder = builder.add_revoked_certificate(entry)
    builder = builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
    return builder.add_extension(x509.CRLNumber(1), critical=False).sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def ocsp_of(
    holder: Holder,
    *,
    revoked_at: datetime | None = None,
    this_update: datetime = AT - timedelta(hours=1),
    next_update: datetime = AT + timedelta(days=7),
    signer: Holder | None = None,
) -> bytes:
    """An OCSP answer of the issuer, or of another signer."""
    issuer = holder.above[0]
    by = signer or issuer
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=holder.certificate,
        issuer=issuer.certificate,
        algorithm=hashes.SHA256(),
        cert_status=ocsp.OCSPCertStatus.REVOKED if revoked_at else ocsp.OCSPCertStatus.GOOD,
        this_update=this_update,
        next_update=next_update,
        revocation_time=revoked_at,
        revocation_reason=None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, by.certificate)
    return builder.certificates([by.certificate]).sign(by.key, hashes.SHA256()).public_bytes(Encoding.DER)
