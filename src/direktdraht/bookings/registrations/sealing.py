"""Health notes are stored encrypted (Fernet: AES-128-CBC with HMAC-SHA-256); marks of people are keyed digests."""

import base64
import hmac
import unicodedata
from datetime import date

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NOTES, MARKS, LINKS = b"direktdraht.bookings.health/1", b"direktdraht.bookings.marks/1", b"direktdraht.bookings.links/1"


def key_for(purpose: bytes) -> bytes:
    """A key of 256 bits for one purpose, drawn from the secret of the installation."""
    return HKDF(SHA256(), 32, salt=None, info=purpose).derive(settings.SECRET_KEY.encode())


def seal(text: str) -> bytes | None:
    """The encrypted text; nothing for none."""
    return Fernet(base64.urlsafe_b64encode(key_for(NOTES))).encrypt(text.strip().encode()) if text.strip() else None


def unseal(sealed: bytes | memoryview | None) -> str:
    """The text; empty when there is none, or when the secret of the installation has changed since."""
    if not sealed:
        return ""
    try:
        return Fernet(base64.urlsafe_b64encode(key_for(NOTES))).decrypt(bytes(sealed)).decode()
    except InvalidToken:
        return ""


def mark(series: str, name: str, born_on: date) -> str:
    """The mark by which a series knows that a person is registered already; says nothing without the key."""
    plain = " ".join(unicodedata.normalize("NFC", name).casefold().split())
    return hmac.digest(key_for(MARKS), f"{series}\0{plain}\0{born_on.isoformat()}".encode(), "sha256").hex()


def link_token(registration: str, secret: bytes | memoryview, purpose: str = "open") -> str:
    """What the link to a registration carries: 256 bits that nobody can work out without the secret of the installation."""
    message = f"{purpose}\0{registration}\0".encode() + bytes(secret)
    return base64.urlsafe_b64encode(hmac.digest(key_for(LINKS), message, "sha256")).decode().rstrip("=")
