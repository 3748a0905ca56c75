"""The seal of the demo city: made anew in each demo, believed by nobody else."""

import secrets
from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from direktdraht.foundation import clock
from direktdraht.foundation.private_files import write_once
from direktdraht.writtenform import city_seal

# The demo's decisions lie in its past as well.
DAYS_BEFORE, DAYS_AFTER = 3 * 365, 5 * 365


class DemoSeal:
    """Registered with ``foundation.demo``."""

    def is_seeded(self) -> bool:
        """Whether a seal is there."""
        return city_seal.place("seal.p12").exists()

    def seed(self, scale: int) -> None:
        """Make an authority and a seal below it; they do not grow with ``scale``."""
        del scale
        above, below = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        root = certificate("Beispiel-Zertifizierungsstelle", above, "Beispiel-Zertifizierungsstelle", above, is_authority=True)
        seal = certificate("Siegel der Stadt Musterstadt (Beispiel)", below, "Beispiel-Zertifizierungsstelle", above, is_authority=False)
        password = secrets.token_urlsafe(24)
        content = pkcs12.serialize_key_and_certificates(b"seal", below, seal, [root], BestAvailableEncryption(password.encode()))
        write_once(city_seal.place("seal-password.txt"), password.encode())
        write_once(city_seal.place("seal.p12"), content)


def certificate(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: str, by: ec.EllipticCurvePrivateKey, *, is_authority: bool
) -> x509.Certificate:
    """A certificate of the demo."""
    now = clock.now()
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=DAYS_BEFORE))
        .not_valid_after(now + timedelta(days=DAYS_AFTER))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(usage(is_authority=is_authority), critical=True)
    )
    return builder.sign(by, hashes.SHA256())


def usage(*, is_authority: bool) -> x509.KeyUsage:
    """What the key may do: an authority signs certificates, a seal signs documents."""
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
