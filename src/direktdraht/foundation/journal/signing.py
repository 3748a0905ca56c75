"""Ed25519 signatures of rows and seals, as hex, and the short name of a key."""

import hashlib
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

_BLOCK = re.compile(r"-----BEGIN [A-Z ]+-----.*?-----END [A-Z ]+-----", re.DOTALL)


class KeyProblem(ValueError):
    """A text is no public Ed25519 key in PEM form."""


def key_id(public_key: Ed25519PublicKey) -> str:
    """The key's short name: the first 16 hex digits of the SHA-256 of its 32 bytes."""
    return hashlib.sha256(public_key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]


def public_pem(public_key: Ed25519PublicKey) -> str:
    """The public key as PEM text."""
    return public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def public_key(pem: str) -> Ed25519PublicKey:
    """The public key in a PEM text; raises KeyProblem."""
    try:
        key = load_pem_public_key(pem.encode())
    except ValueError as error:
        raise KeyProblem("This is no public key in PEM form.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise KeyProblem("This is no Ed25519 key.")
    return key


def public_keys(pem: str) -> list[Ed25519PublicKey]:
    """All public keys in a PEM text that may hold several; raises KeyProblem."""
    return [public_key(block) for block in _BLOCK.findall(pem) or [pem]]


def sign(private_key: Ed25519PrivateKey, message: bytes) -> str:
    """The signature of a message as hex."""
    return private_key.sign(message).hex()


def is_signed(key: Ed25519PublicKey, message: bytes, signature: str) -> bool:
    """Whether the signature (hex) is of this key and this message."""
    try:
        key.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True
