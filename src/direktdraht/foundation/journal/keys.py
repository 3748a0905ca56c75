"""The one signing key of the journal: made at first start, kept in the data folder."""

from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from django.conf import settings

from direktdraht.foundation.private_files import write_once

from . import signing

FILE_NAME = "journal-ed25519.pem"


class SigningKeyProblem(RuntimeError):
    """The journal's key cannot be read; the message names the file."""


def signing_key() -> Ed25519PrivateKey:
    """The private key; made when the data folder has none. Raises SigningKeyProblem."""
    return _key_in(Path(settings.DATA_DIR) / "keys")


def key_id() -> str:
    """The short name of the key that signs now."""
    return _id_in(Path(settings.DATA_DIR) / "keys")


def public_key_pem() -> str:
    """The public key as PEM text, with which anyone checks receipts and exports."""
    return signing.public_pem(signing_key().public_key())


@cache
def _key_in(folder: Path) -> Ed25519PrivateKey:
    path = folder / FILE_NAME
    if not path.exists():
        _make(path)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise SigningKeyProblem(f"The journal's key {path} cannot be read.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SigningKeyProblem(f"The journal's key {path} is no Ed25519 key.")
    return key


@cache
def _id_in(folder: Path) -> str:
    return signing.key_id(_key_in(folder).public_key())


def _make(path: Path) -> None:
    """Write a fresh key with mode 600; when several processes do so at once, the first one wins."""
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_once(path, pem)
