"""This house as a client of an eID server: where the server is, the certificate it signs with, our own key.

Files below the data folder: ``eid/service.toml``, ``eid/server.pem``, ``eid/city.pem`` with ``keys/eid.key``; where the
connection needs others, ``eid/connection.pem`` with ``keys/eid-connection.key``, and ``eid/authorities.pem``.
"""

import ssl
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import Certificate, load_pem_x509_certificate
from django.conf import settings

from direktdraht.people.eid import tctoken, transport, wss
from direktdraht.people.eid.addresses import LOCAL, BadAddress, read_address

KNOWN = {"address", "app_address", "example_app"}


class SetupProblem(RuntimeError):
    """The connection is set up wrongly; the message names the file, for operators."""


@dataclass(frozen=True)
class Service:
    """The connection: the server's address for us, its address for the app if it is static, where the app listens.

    ``certificate`` signs our questions, ``shown`` is for the connection; often it is the same.
    """

    address: str
    app_address: str
    app: str
    server: Certificate
    certificate: Certificate
    key: wss.PrivateKey
    shown: Certificate

    def first_to_end(self) -> Certificate:
        """The one of our two certificates that ends first."""
        return min(self.certificate, self.shown, key=lambda one: one.not_valid_after_utc)


def folder() -> Path:
    """Where the operator puts the files of the connection."""
    return Path(settings.DATA_DIR) / "eid"


def key_file(name: str = "eid.key") -> Path:
    """Where the operator puts our private keys."""
    return Path(settings.DATA_DIR) / "keys" / name


def service() -> Service | None:
    """The connection, ``None`` where it is not set up. Raises SetupProblem."""
    path = folder() / "service.toml"
    if not path.exists():
        return None
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        names = {name: str(value) for name, value in said.items()}
        read_address(names.get("address", ""))
        read_address(settings.BASE_URL)
        for name in ("app_address", "example_app"):
            if names.get(name):
                read_address(names[name])
    except (OSError, ValueError, BadAddress) as problem:
        raise SetupProblem(f"{path} is unreadable or names an address that must not be used") from problem
    if not names.keys() <= KNOWN:
        raise SetupProblem(f"{path} has an unknown name: {sorted(names.keys() - KNOWN)[0]}")
    return Service(
        address=names["address"],
        app_address=names.get("app_address", ""),
        app=_app(names.get("example_app", "")),
        server=_certificate(folder() / "server.pem"),
        certificate=_certificate(folder() / "city.pem"),
        key=_key(key_file()),
        shown=_certificate(_shown_file()),
    )


def _app(example: str) -> str:
    """Where the app listens: always the same place, except beside the demo's counterpart."""
    if not example:
        return tctoken.APP
    if settings.MODE == "production" or urlsplit(example).hostname not in LOCAL:
        raise SetupProblem(f"{folder() / 'service.toml'} belongs to the demo")
    return example


def _shown_file() -> Path:
    """The certificate for the connection: one of its own, or the one that signs."""
    path = folder() / "connection.pem"
    return path if path.exists() else folder() / "city.pem"


def _certificate(path: Path) -> Certificate:
    try:
        return load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as problem:
        raise SetupProblem(f"the certificate {path} cannot be read") from problem


def _key(path: Path) -> wss.PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as problem:
        raise SetupProblem(f"the private key {path} cannot be read") from problem
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise SetupProblem(f"the private key {path} is neither RSA nor EC")
    return key


def connection(known: Service) -> ssl.SSLContext | None:
    """TLS with certificates on both sides; ``None`` for a server on this machine. Raises SetupProblem."""
    if not known.address.startswith("https:"):
        return None
    shown, authorities = _shown_file(), folder() / "authorities.pem"
    key = key_file("eid-connection.key" if shown.name == "connection.pem" else "eid.key")
    try:
        return transport.tls(certificate=str(shown), key=str(key), authorities=str(authorities) if authorities.exists() else None)
    except OSError as problem:
        raise SetupProblem(f"the connection's certificate {shown}, its key {key} or {authorities} cannot be used") from problem
