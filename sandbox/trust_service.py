"""A trust service in small: timestamps (RFC 3161), revocation answers (RFC 6960) and revocation lists, all made by openssl.

``python -m sandbox.trust_service FOLDER --port PORT``. The folder holds what ``openssl ca`` knows about each authority:
``NAME.pem``, ``NAME.key``, ``NAME.index`` and, where there is one, ``NAME.crl``; and ``stamp.pem``, ``stamp.key`` with ``chain.pem``
of the time-stamping service. ``POST /stamp``, ``POST /ocsp/NAME``, ``GET /crl/NAME.crl``. Another implementation than the product's.
"""

import argparse
import re
import signal
import subprocess
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

MOST_BYTES = 1_000_000
PLACE = re.compile(r"/(ocsp|crl)/([a-z]+)(?:\.crl)?")
CONFIG = """[tsa]
default_tsa = here
[here]
serial = {folder}/stamp.serial
signer_cert = {folder}/stamp.pem
certs = {folder}/chain.pem
signer_key = {folder}/stamp.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


class TrustService(ThreadingHTTPServer):
    """Answers from one folder; stamps one after the other, because their serial numbers are counted in a file."""

    def __init__(self, folder: Path, port: int) -> None:
        super().__init__(("127.0.0.1", port), Asked)
        self.folder = folder
        self.one_stamp = threading.Lock()
        (folder / "stamp.cnf").write_text(CONFIG.format(folder=folder), encoding="utf-8")

    def stamp(self, request: bytes) -> bytes:
        """A timestamp token over what a request names."""
        with self.one_stamp:
            return self.openssl(request, "ts", "-reply", "-config", f"{self.folder}/stamp.cnf", "-queryfile", "{in}")

    def revocation(self, name: str, request: bytes) -> bytes:
        """Whether the certificates of a request were revoked, as the index of their authority says."""
        place = f"{self.folder}/{name}"
        signer = ("-CA", f"{place}.pem", "-rsigner", f"{place}.pem", "-rkey", f"{place}.key")
        return self.openssl(request, "ocsp", "-index", f"{place}.index", *signer, "-ndays", "7", "-reqin", "{in}", output="-respout")

    def openssl(self, data: bytes, *command: str, output: str = "-out") -> bytes:
        """What openssl makes of some bytes; raises OSError when it makes nothing."""
        with tempfile.TemporaryDirectory() as folder:
            (given := Path(folder) / "in").write_bytes(data)
            made = Path(folder) / "out"
            words = [str(given) if word == "{in}" else word for word in command]
            subprocess.run(["openssl", *words, output, str(made)], capture_output=True, check=False, timeout=20)
            return made.read_bytes()


class Asked(BaseHTTPRequestHandler):
    """One question."""

    server: TrustService

    def do_POST(self) -> None:  # the name that http.server calls
        """A request for a timestamp or for a revocation answer."""
        request = self.rfile.read(min(int(self.headers.get("Content-Length", "0")), MOST_BYTES))
        place = PLACE.fullmatch(self.path)
        try:
            if self.path == "/stamp":
                self._answer(self.server.stamp(request), "application/timestamp-reply")
            elif place and place[1] == "ocsp":
                self._answer(self.server.revocation(place[2], request), "application/ocsp-response")
            else:
                self.send_error(404)
        except OSError:
            self.send_error(500)

    def do_GET(self) -> None:  # the name that http.server calls
        """A revocation list."""
        place = PLACE.fullmatch(self.path)
        listed = self.server.folder / f"{place[2]}.crl" if place and place[1] == "crl" else None
        if listed is None or not listed.exists():
            self.send_error(404)
        else:
            self._answer(listed.read_bytes(), "application/pkix-crl")

    def _answer(self, body: bytes, content_type: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name that http.server calls
        """Stay quiet."""


def main() -> None:
    """Serve until the end is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    service = TrustService(options.folder.resolve(), options.port)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=service.shutdown).start())
    service.serve_forever()


if __name__ == "__main__":
    main()
