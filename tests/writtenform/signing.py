"""Makes CMS signatures and timestamps from their parts, so that every part can also be wrong (RFC 5652, RFC 5035, RFC 3161)."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from asn1crypto import algos, cms, core, tsp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding

from tests.writtenform.pki import AT, Holder

SIGNED = datetime(2026, 5, 1, 10, tzinfo=UTC)
"""When the cases are signed."""

Binding = Literal["v2", "v1", "none", "other"]
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
    "sha1": hashes.SHA1(),
    "md5": hashes.MD5(),
}


def _raw(holder: Holder, data: bytes, digest: str, *, pss: bool) -> bytes:
    if isinstance(holder.key, ec.EllipticCurvePrivateKey):
        return holder.key.sign(data, ec.ECDSA(_HASHES[digest]))
    scheme = padding.PSS(padding.MGF1(_HASHES[digest]), _HASHES[digest].digest_size) if pss else padding.PKCS1v15()
    signature: bytes = holder.key.sign(data, scheme, _HASHES[digest])
    return signature


def _mechanism(holder: Holder, digest: str, *, pss: bool) -> algos.SignedDigestAlgorithm:
    if isinstance(holder.key, ec.EllipticCurvePrivateKey):
        return algos.SignedDigestAlgorithm({"algorithm": f"{digest}_ecdsa"})
    if not pss:
        return algos.SignedDigestAlgorithm({"algorithm": f"{digest}_rsa"})
    hash_algorithm = {"algorithm": digest}
    parameters = algos.RSASSAPSSParams(
        {
            "hash_algorithm": hash_algorithm,
            "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": hash_algorithm},
            "salt_length": _HASHES[digest].digest_size,
        }
    )
    return algos.SignedDigestAlgorithm({"algorithm": "rsassa_pss", "parameters": parameters})


def binding_attribute(certificate: bytes, binding: Binding) -> list[cms.CMSAttribute]:
    """The attribute that ties a signature to a certificate (RFC 5035)."""
    if binding == "none":
        return []
    if binding == "v1":
        value = tsp.SigningCertificate({"certs": [tsp.ESSCertID({"cert_hash": hashlib.sha1(certificate).digest()})]})
        return [cms.CMSAttribute({"type": "signing_certificate", "values": [value]})]
    wrong = b"another" if binding == "other" else b""
    one = tsp.ESSCertIDv2({"hash_algorithm": {"algorithm": "sha256"}, "cert_hash": hashlib.sha256(certificate + wrong).digest()})
    return [cms.CMSAttribute({"type": "signing_certificate_v2", "values": [tsp.SigningCertificateV2({"certs": [one]})]})]


def sign_digest(
    digest_value: bytes,
    holder: Holder,
    *,
    digest: str = "sha256",
    binding: Binding = "v2",
    attributes: bool = True,
    pss: bool = False,
    certificates: Sequence[Holder] | None = None,
    stamp: Callable[[bytes], bytes] | None = None,
    crls: Sequence[bytes] = (),
    content: tuple[str, bytes] | None = None,
) -> bytes:
    """A CMS signature over a digest. ``stamp`` gives a timestamp token over the signature; ``content`` is enclosed."""
    kind = content[0] if content else "data"
    signed = cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": [kind]}),
            cms.CMSAttribute({"type": "message_digest", "values": [digest_value]}),
            *binding_attribute(holder.der, binding),
        ]
    )
    info: dict[str, Any] = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            {
                "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                    {"issuer": holder.asn1.issuer, "serial_number": holder.asn1.serial_number}
                )
            }
        ),
        "digest_algorithm": {"algorithm": digest},
        "signature_algorithm": _mechanism(holder, digest, pss=pss),
    }
    if attributes:
        info["signed_attrs"] = signed
        info["signature"] = _raw(holder, signed.dump(), digest, pss=pss)
    else:
        raise ValueError("a signature over the content itself needs sign_content")
    if stamp is not None:
        token = cms.ContentInfo.load(stamp(info["signature"]))
        info["unsigned_attrs"] = [cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [token]})]
    return _wrapped(
        info, digest, [holder, *(holder.above if certificates is None else certificates)], crls=crls, kind=kind, content=content
    )


def _wrapped(
    info: dict[str, Any],
    digest: str,
    holders: Sequence[Holder],
    *,
    crls: Sequence[bytes] = (),
    kind: str = "data",
    content: tuple[str, bytes] | None = None,
) -> bytes:
    enclosed: dict[str, Any] = {"content_type": kind}
    if content:
        enclosed["content"] = core.ParsableOctetString(content[1])
    signed_data: dict[str, Any] = {
        "version": "v3" if content else "v1",
        "digest_algorithms": [{"algorithm": digest}],
        "encap_content_info": enclosed,
        "certificates": [one.asn1 for one in holders],
        "signer_infos": [info],
    }
    if crls:
        signed_data["crls"] = [cms.RevocationInfoChoice({"certificate_list": cms.CertificateList.load(one)}) for one in crls]
    whole: bytes = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed_data)}).dump()
    return whole


def sign_content_without_attributes(content: bytes, holder: Holder) -> bytes:
    """A CMS signature over the content itself, without signed attributes (RFC 5652, 5.4)."""
    info = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            {
                "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                    {"issuer": holder.asn1.issuer, "serial_number": holder.asn1.serial_number}
                )
            }
        ),
        "digest_algorithm": {"algorithm": "sha256"},
        "signature_algorithm": _mechanism(holder, "sha256", pss=False),
        "signature": _raw(holder, content, "sha256", pss=False),
    }
    return _wrapped(info, "sha256", [holder, *holder.above])


def token_over(data: bytes, service: Holder, *, at: datetime = SIGNED, other: bool = False) -> bytes:
    """A timestamp token over data, at a time of our choice; ``other`` makes it one over something else."""
    imprint = hashlib.sha256(b"something else" if other else data).digest()
    return token_for_digest(imprint, service, at=at)


def token_for_digest(imprint: bytes, service: Holder, *, at: datetime = SIGNED) -> bytes:
    """A timestamp token for a SHA-256 digest."""
    info = tsp.TSTInfo(
        {
            "version": "v1",
            "policy": "1.2.3.4",
            "message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": imprint},
            "serial_number": 7,
            "gen_time": at,
        }
    ).dump()
    return sign_digest(hashlib.sha256(info).digest(), service, content=("tst_info", info))


def stamper(service: Holder, *, at: datetime = SIGNED, other: bool = False) -> Callable[[bytes], bytes]:
    """A time-stamping service for ``sign_digest``."""
    return lambda signature: token_over(signature, service, at=at, other=other)


LATER = AT - timedelta(days=1)
"""Between signing and checking: when archives are stamped."""
