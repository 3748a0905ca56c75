"""This house as a service provider: its name, addresses, key, metadata, and the provider that it trusts.

Files below the data folder: ``bundid/provider.xml`` (the provider's metadata, put there by the operator),
``bundid/service.toml`` (optional), ``keys/bundid.pem`` (own key and certificate, made at first use).
"""

import base64
import secrets
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from django.conf import settings
from django.urls import reverse
from lxml import etree

from direktdraht.foundation import clock
from direktdraht.foundation.private_files import write_once
from direktdraht.people.bundid import signatures
from direktdraht.people.bundid.metadata import Provider, read_provider
from direktdraht.people.bundid.names import DS, METADATA, POST, REDIRECT, SAMLP, TRANSIENT, XENC, XENC11
from direktdraht.people.bundid.reading import tag

KEY_BITS = 3072  # BSI TR-02102-1, table 1.2
CERTIFICATE_LASTS = timedelta(days=3 * 365)
# A clock that was set right a little late does not make a new certificate look as if it came from the future.
CERTIFICATE_BEGINS_EARLIER = timedelta(days=30)


class KeyProblem(RuntimeError):
    """The own key cannot be read; the message names the file."""


@dataclass(frozen=True)
class OwnKey:
    """The key that signs requests and opens answers, with its certificate."""

    key: RSAPrivateKey
    certificate: x509.Certificate


def entity_id() -> str:
    """The name of this house for providers: where its metadata are found."""
    return f"{settings.BASE_URL}{reverse('people:bundid_metadata')}"


def acs() -> str:
    """Where providers send answers."""
    return f"{settings.BASE_URL}{reverse('people:bundid_answer')}"


def sign_out_address() -> str:
    """Where providers send messages about signing out."""
    return f"{settings.BASE_URL}{reverse('people:bundid_sign_out')}"


def provider_file() -> Path:
    """Where the operator puts the provider's metadata."""
    return Path(settings.DATA_DIR) / "bundid" / "provider.xml"


def provider() -> Provider | None:
    """The provider, ``None`` when no metadata are there. Raises UnreadableMetadata."""
    path = provider_file()
    return read_provider(path.read_bytes()) if path.exists() else None


def service_file() -> Path:
    """Where the number of this online service stands."""
    return provider_file().with_name("service.toml")


def service_id() -> str:
    """The number that BundID gave this online service, "" without one."""
    path = service_file()
    return str(tomllib.loads(path.read_text(encoding="utf-8")).get("online_service_id", "")) if path.exists() else ""


def own_key() -> OwnKey:
    """The own key, made when the data folder has none. Raises KeyProblem."""
    path = Path(settings.DATA_DIR) / "keys" / "bundid.pem"
    if not path.exists():
        _make(path)
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, changed: int) -> OwnKey:
    del changed  # a replaced file is read again
    try:
        content = path.read_bytes()
        key, certificate = load_pem_private_key(content, password=None), x509.load_pem_x509_certificate(content)
    except (OSError, ValueError, TypeError) as error:
        raise KeyProblem(f"The key of the BundID connection {path} cannot be read.") from error
    if not isinstance(key, RSAPrivateKey):
        raise KeyProblem(f"The key of the BundID connection {path} is no RSA key.")
    return OwnKey(key, certificate)


def _make(path: Path) -> None:
    """Write a fresh key with its certificate into one file, mode 600; of several makers the first one wins."""
    key = generate_private_key(65537, KEY_BITS)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Direktdraht")])
    now = clock.now()
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - CERTIFICATE_BEGINS_EARLIER).not_valid_after(now + CERTIFICATE_LASTS)
    certificate = builder.sign(key, hashes.SHA256())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(Encoding.PEM)
    write_once(path, pem)


def metadata() -> bytes:
    """The metadata of this house, signed (saml-metadata 2.4.4): names, addresses, certificate for both uses."""
    own = own_key()
    root = etree.Element(tag(METADATA, "EntityDescriptor"), nsmap={"md": METADATA, "ds": DS})
    root.set("entityID", entity_id())
    root.set("ID", f"_{secrets.token_hex(16)}")
    root.set("validUntil", f"{clock.now() + timedelta(days=30):%Y-%m-%dT%H:%M:%SZ}")
    role = etree.SubElement(root, tag(METADATA, "SPSSODescriptor"))
    role.attrib.update({"protocolSupportEnumeration": SAMLP, "AuthnRequestsSigned": "true", "WantAssertionsSigned": "true"})
    certificate = base64.b64encode(own.certificate.public_bytes(Encoding.DER)).decode()
    for use in ("signing", "encryption"):
        descriptor = etree.SubElement(role, tag(METADATA, "KeyDescriptor"), use=use)
        data = etree.SubElement(etree.SubElement(descriptor, tag(DS, "KeyInfo")), tag(DS, "X509Data"))
        etree.SubElement(data, tag(DS, "X509Certificate")).text = certificate
    for method in (f"{XENC11}aes256-gcm", f"{XENC11}aes128-gcm", f"{XENC}rsa-oaep-mgf1p"):
        etree.SubElement(descriptor, tag(METADATA, "EncryptionMethod"), Algorithm=method)
    etree.SubElement(role, tag(METADATA, "SingleLogoutService"), Binding=REDIRECT, Location=sign_out_address())
    etree.SubElement(role, tag(METADATA, "NameIDFormat")).text = TRANSIENT
    etree.SubElement(role, tag(METADATA, "AssertionConsumerService"), Binding=POST, Location=acs(), index="0", isDefault="true")
    signed = signatures.sign(root, key=own.key, certificate=own.certificate)
    # The schema wants the signature first; an enveloped one may be moved, it is not part of what it signs.
    signature = signatures.signature_of(signed)
    if signature is not None:
        signed.insert(0, signature)
    return etree.tostring(signed, xml_declaration=True, encoding="UTF-8")
