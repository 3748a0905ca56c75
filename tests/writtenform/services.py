"""The trust service of the sandbox as the tests see it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sandbox.trust_service import PASSWORD

from direktdraht.writtenform.signatures.asking import ask_web
from direktdraht.writtenform.signatures.sealing import HttpTimestamper, Pkcs12Key
from direktdraht.writtenform.signatures.trust import Trust, read_trust


@dataclass(frozen=True)
class Service:
    """The trust service beside the tests."""

    address: str
    folder: Path

    @property
    def trust(self) -> Trust:
        """Its root."""
        return read_trust({"root.pem": (self.folder / "root.pem").read_bytes()})

    @property
    def key(self) -> Pkcs12Key:
        """The seal that it made."""
        return Pkcs12Key((self.folder / "seal.p12").read_bytes(), PASSWORD)

    @property
    def timestamper(self) -> HttpTimestamper:
        """Its timestamps."""
        return HttpTimestamper(f"{self.address}/tsa", ask_web)


@contextmanager
def running_service(folder: Path) -> Iterator[Service]:
    """A process of its own that makes certificates, timestamps and answers with OpenSSL."""
    process = subprocess.Popen([sys.executable, "-m", "sandbox.trust_service", str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:")
    yield Service(address, folder)
    process.terminate()
    process.wait(10)
    process.stdout.close()
