"""The demo city's key for its eID server, which is an example, too; believed by nobody else."""

from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from direktdraht.foundation import clock
from direktdraht.foundation.private_files import write_once
from direktdraht.people.eid import own

DAYS_BEFORE, DAYS_AFTER = 1, 5 * 365


class DemoCard:
    """Registered with ``foundation.demo``."""

    def is_seeded(self) -> bool:
        """Whether the city has its certificate."""
        return (own.folder() / "city.pem").exists()

    def seed(self, scale: int) -> None:
        """Make a key and its certificate; they do not grow with ``scale``."""
        del scale
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Stadt Musterstadt (Beispiel)")])
        now = clock.now()
        builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        builder = builder.not_valid_before(now - timedelta(days=DAYS_BEFORE)).not_valid_after(now + timedelta(days=DAYS_AFTER))
        write_once(own.key_file(), key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        write_once(own.folder() / "city.pem", builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
