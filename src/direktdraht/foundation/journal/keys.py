"""The one signing key of the journal: made at first start, kept in the data folder, changed by ``rotation``."""

from functools import lru_cache
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
    return signing_pair()[0]


def key_id() -> str:
    """The short name of the key that signs now."""
    return signing_pair()[1]


def signing_pair() -> tuple[Ed25519PrivateKey, str]:
    """The key that signs now with its short name: both of the same key, also while it is changed. Raises SigningKeyProblem."""
    path = place()
    if not path.exists():
        make_key(path)
    try:
        found = path.stat()
    except OSError as error:
        raise SigningKeyProblem(f"The journal's key {path} cannot be read.") from error
    return _read(path, found.st_ino, found.st_mtime_ns)


def public_key_pem() -> str:
    """The public key as PEM text, with which anyone checks receipts and exports."""
    return signing.public_pem(signing_key().public_key())


def place() -> Path:
    """Where the private key lies."""
    return Path(settings.DATA_DIR) / "keys" / FILE_NAME


def read_key(path: Path) -> Ed25519PrivateKey:
    """The private key in a file. Raises SigningKeyProblem."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise SigningKeyProblem(f"The journal's key {path} cannot be read.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SigningKeyProblem(f"The journal's key {path} is no Ed25519 key.")
    return key


def make_key(path: Path) -> None:
    """Write a fresh key with mode 600; when several processes do so at once, the first one wins."""
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_once(path, pem)


@lru_cache(maxsize=4)
def _read(path: Path, inode: int, changed_ns: int) -> tuple[Ed25519PrivateKey, str]:
    """The key in one state of its file: a running process notices that it was changed."""
    del inode, changed_ns
    key = read_key(path)
    return key, signing.key_id(key.public_key())
