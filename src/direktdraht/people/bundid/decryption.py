"""Encrypted assertions are opened with the house's own key: RSA-OAEP and AES-GCM only. Pure.

Source: W3C XML Encryption 1.1, sections 5.2.4 (AES-GCM), 5.5.2 (RSA-OAEP); saml-core 2.3.4.
"""

import base64
import binascii
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from lxml import etree

from direktdraht.people.bundid import algorithms
from direktdraht.people.bundid.names import DS, XENC, XENC11
from direktdraht.people.bundid.reading import Refused, tag

NONCE_BYTES, TAG_BYTES = 12, 16
_DIGESTS: dict[str | None, hashes.HashAlgorithm] = {
    None: hashes.SHA1(),  # noqa: S303  # the default of the standard; harmless inside OAEP, see algorithms
    "http://www.w3.org/2000/09/xmldsig#sha1": hashes.SHA1(),  # noqa: S303  # as above
    f"{XENC}sha256": hashes.SHA256(),
    "http://www.w3.org/2001/04/xmldsig-more#sha384": hashes.SHA384(),
    f"{XENC}sha512": hashes.SHA512(),
}
_MASKS: dict[str | None, hashes.HashAlgorithm] = {
    None: hashes.SHA1(),  # noqa: S303  # as above
    f"{XENC11}mgf1sha1": hashes.SHA1(),  # noqa: S303  # as above
    f"{XENC11}mgf1sha256": hashes.SHA256(),
    f"{XENC11}mgf1sha384": hashes.SHA384(),
    f"{XENC11}mgf1sha512": hashes.SHA512(),
}


@dataclass(frozen=True)
class ContentKey:
    """The key of one message: it opens that message again when the house's own key has long been replaced."""

    value: bytes = field(repr=False)


def decrypted(encrypted: etree._Element, key: RSAPrivateKey | ContentKey) -> tuple[bytes, ContentKey]:
    """The content of an ``EncryptedAssertion`` and the key of its content. Raises Refused: ``algorithms`` or ``decryption``."""
    data = _only(encrypted.findall(tag(XENC, "EncryptedData")))
    cipher = _method(data).get("Algorithm", "")
    if cipher not in algorithms.CIPHERS:
        raise Refused("algorithms", "cipher")
    # The key lies inside the data's KeyInfo, or beside the data (saml-core 2.3.4).
    inside = data.findall(f"{tag(DS, 'KeyInfo')}/{tag(XENC, 'EncryptedKey')}")
    wrapped = _only(inside or encrypted.findall(tag(XENC, "EncryptedKey")))
    content_key = key if isinstance(key, ContentKey) else ContentKey(_unwrapped(wrapped, key))
    content = _value(data)
    if len(content_key.value) != algorithms.CIPHERS[cipher] or len(content) < NONCE_BYTES + TAG_BYTES:
        raise Refused("decryption")
    try:
        return AESGCM(content_key.value).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], None), content_key
    except InvalidTag as problem:
        raise Refused("decryption") from problem


def _unwrapped(wrapped: etree._Element, key: RSAPrivateKey) -> bytes:
    method = _method(wrapped)
    if method.get("Algorithm") not in algorithms.KEY_TRANSPORTS:
        raise Refused("algorithms", "cipher")
    digest, mask = method.find(tag(DS, "DigestMethod")), method.find(tag(XENC11, "MGF"))
    digest_name = None if digest is None else digest.get("Algorithm")
    mask_name = None if mask is None or method.get("Algorithm") == algorithms.OAEP_MGF1 else mask.get("Algorithm")
    if digest_name not in _DIGESTS or mask_name not in _MASKS or method.find(tag(XENC, "OAEPparams")) is not None:
        raise Refused("algorithms", "cipher")
    try:
        return key.decrypt(_value(wrapped), OAEP(mgf=MGF1(_MASKS[mask_name]), algorithm=_DIGESTS[digest_name], label=None))
    except ValueError as problem:
        raise Refused("decryption") from problem


def _method(node: etree._Element) -> etree._Element:
    return _only(node.findall(tag(XENC, "EncryptionMethod")))


def _value(node: etree._Element) -> bytes:
    """The bytes of a ``CipherValue``; a reference to somewhere else is never followed."""
    value = _only(node.findall(f"{tag(XENC, 'CipherData')}/{tag(XENC, 'CipherValue')}"))
    try:
        return base64.b64decode("".join((value.text or "").split()), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise Refused("decryption") from problem


def _only(found: list[etree._Element]) -> etree._Element:
    if len(found) != 1:
        raise Refused("decryption")
    return found[0]
