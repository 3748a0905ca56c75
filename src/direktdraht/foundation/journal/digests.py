"""Digests of contents with a salt: erasing the salt makes the digest say nothing any more."""

import hashlib
import secrets

SALT_BYTES = 32


def new_salt() -> bytes:
    """A random salt of 256 bits; it is stored with the content and erased with it."""
    return secrets.token_bytes(SALT_BYTES)


def salted_digest(content: bytes, salt: bytes) -> str:
    """SHA-256 over salt and content as hex; raises ValueError for a salt of another length."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, this one has {len(salt)}")
    return hashlib.sha256(salt + content).hexdigest()
