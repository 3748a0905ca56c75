"""An authority, a seal and a time-stamping service made by openssl alone: nothing here knows the product."""

import os
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

DAYS = "30"
PASSWORD = "beispiel"
USES = {
    "root": "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign,digitalSignature\nsubjectKeyIdentifier=hash",
    "issuing": "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign,digitalSignature",
    "seal": "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\nextendedKeyUsage=emailProtection",
    "stamp": "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping",
}
NAMES = {
    "root": "/C=DE/O=Beispiel/CN=Beispiel Wurzel",
    "issuing": "/C=DE/O=Beispiel/CN=Beispiel Ausstellung",
    "seal": "/C=DE/O=Stadt Musterstadt/CN=Siegel der Stadt Musterstadt",
    "stamp": "/C=DE/O=Beispiel/CN=Beispiel Zeitstempel",
}


def openssl(folder: Path, *words: str) -> bytes:
    """Run openssl in a folder; what it prints."""
    quiet = {**os.environ, "OPENSSL_CONF": "/dev/null"}
    return subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True, env=quiet).stdout


@dataclass(frozen=True)
class Authorities:
    """A folder as ``sandbox.trust_service`` serves it, and the address under which it does."""

    folder: Path
    address: str

    def read(self, name: str) -> bytes:
        """A file of the folder."""
        return (self.folder / name).read_bytes()

    def revoke(self, name: str) -> str:
        """Revoke what the issuing authority issued, from now on; the index as it was before."""
        index = self.folder / "issuing.index"
        before = index.read_text()
        serial = serial_of(self.folder, name)
        index.write_text("".join(revoked(line) if f"\t{serial}\t" in line else line for line in before.splitlines(keepends=True)))
        return before


def revoked(line: str) -> str:
    """A line of the index that says valid, as one that says revoked since this second."""
    _, end, _, *rest = line.split("\t")
    return "\t".join(["R", end, f"{datetime.now(UTC):%y%m%d%H%M%SZ}", *rest])


def serial_of(folder: Path, name: str) -> str:
    """The serial number of a certificate in hexadecimal."""
    return openssl(folder, "x509", "-in", f"{name}.pem", "-noout", "-serial").decode().strip().partition("=")[2]


def make(folder: Path, address: str) -> Authorities:
    """Root, issuing authority, seal and time-stamping service, with addresses for revocation at ``address``."""
    for name, issuer in (("root", None), ("issuing", "root"), ("seal", "issuing"), ("stamp", "issuing")):
        certify(folder, name, issuer, address)
    (folder / "chain.pem").write_bytes(b"".join((folder / f"{one}.pem").read_bytes() for one in ("issuing", "root")))
    for issuer, issued in (("root", ("issuing",)), ("issuing", ("seal", "stamp"))):
        rows = [f"V\t491231235959Z\t\t{serial_of(folder, one)}\tunknown\t{NAMES[one]}" for one in issued]
        (folder / f"{issuer}.index").write_text("\n".join(rows) + "\n")
        (folder / f"{issuer}.index.attr").write_text("unique_subject = no\n")
    (folder / "stamp.serial").write_text("1000\n")
    parcel = ("-in", "seal.pem", "-inkey", "seal.key", "-certfile", "chain.pem", "-passout", f"pass:{PASSWORD}")
    openssl(folder, "pkcs12", "-export", *parcel, "-out", "seal.p12")
    return Authorities(folder, address)


def certify(folder: Path, name: str, issuer: str | None, address: str) -> None:
    """A key on P-256 with its certificate; without issuer it signs itself."""
    openssl(folder, "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", f"{name}.key")
    openssl(folder, "req", "-new", "-key", f"{name}.key", "-subj", NAMES[name], "-out", f"{name}.csr")
    told = f"\nauthorityKeyIdentifier=keyid\nauthorityInfoAccess=OCSP;URI:{address}/ocsp/{issuer}\n" if issuer else "\n"
    (folder / f"{name}.ext").write_text(USES[name] + told)
    signer = ("-CA", f"{issuer}.pem", "-CAkey", f"{issuer}.key", "-CAcreateserial") if issuer else ("-signkey", f"{name}.key")
    openssl(
        folder, "x509", "-req", "-in", f"{name}.csr", *signer, "-days", DAYS, "-sha256", "-extfile", f"{name}.ext", "-out", f"{name}.pem"
    )
