"""A trust service of its own: timestamps (RFC 3161), OCSP answers and a revocation list, all made by OpenSSL's programs.

``python -m sandbox.trust_service FOLDER --port PORT`` makes its certificates in FOLDER, writes its address as one line when it
answers, and serves ``/tsa`` (POST), ``/ocsp`` (POST), ``/issuer.crl`` and ``/root.crl`` (GET). In FOLDER lie ``root.pem``,
``issuer.pem`` and ``seal.p12``, whose password is "siegel".
"""

import argparse
import subprocess
import sys
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Lock

from sandbox.serving import Pages

MOST_BYTES = 1_000_000

PASSWORD = "siegel"  # noqa: S105  # of a seal that is made anew at every start
CONFIG = """
[ca]
default_ca = issuer
[issuer]
dir = .
database = index.txt
serial = serial
new_certs_dir = .
certificate = issuer.pem
private_key = issuer.key
default_md = sha256
default_days = 365
default_crl_days = 7
policy = any
unique_subject = no
[any]
commonName = supplied
organizationName = optional
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[between]
crlDistributionPoints = URI:http://127.0.0.1:{port}/root.crl
basicConstraints = critical,CA:true,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[seal]
basicConstraints = critical,CA:false
keyUsage = critical,nonRepudiation,digitalSignature
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:http://127.0.0.1:{port}/ocsp
[stamps]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:http://127.0.0.1:{port}/issuer.crl
[answers]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = OCSPSigning
noCheck = ignored
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = here
[here]
serial = tsaserial
crypto_device = builtin
signer_cert = stamps.pem
certs = issuer.pem
signer_key = stamps.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class Maker:
    """Certificates in a folder and what OpenSSL answers with them."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self._lock = Lock()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config").write_text(
            CONFIG.format(port=port).replace("noCheck = ignored", "1.3.6.1.5.5.7.48.1.5 = ASN1:NULL"), encoding="ascii"
        )
        (folder / "index.txt").write_text("", encoding="ascii")
        for name in ("serial", "tsaserial"):
            (folder / name).write_text("1000", encoding="ascii")
        self._certificates()

    def openssl(self, *words: str) -> None:
        """Run one OpenSSL program in the folder."""
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def _certificates(self) -> None:
        for name, subject in (
            ("root", "Sandbox Wurzel"),
            ("issuer", "Sandbox Ausstellung"),
            ("seal", "Stadt Musterstadt"),
            ("stamps", "Sandbox Zeitstempel"),
            ("answers", "Sandbox Auskunft"),
        ):
            self.openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", f"{name}.key")
            self.openssl(
                "req",
                "-new",
                "-key",
                f"{name}.key",
                "-subj",
                f"/CN={subject}",
                "-out",
                f"{name}.csr",
                "-config",
                "config",
                "-section",
                "none",
            )
        self.openssl(
            "x509",
            "-req",
            "-in",
            "root.csr",
            "-signkey",
            "root.key",
            "-days",
            "400",
            "-extfile",
            "config",
            "-extensions",
            "root",
            "-out",
            "root.pem",
        )
        self.openssl(
            *("x509", "-req", "-in", "issuer.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "380"),
            *("-extfile", "config", "-extensions", "between", "-out", "issuer.pem"),
        )
        for name in ("seal", "stamps", "answers"):
            self.openssl("ca", "-batch", "-config", "config", "-extensions", name, "-in", f"{name}.csr", "-out", f"{name}.pem", "-notext")
        self.openssl(
            *("pkcs12", "-export", "-inkey", "seal.key", "-in", "seal.pem", "-certfile", "issuer.pem"),
            *("-passout", f"pass:{PASSWORD}", "-out", "seal.p12"),
        )
        for name in ("issuer", "root"):
            self.openssl("ca", "-config", "config", "-cert", f"{name}.pem", "-keyfile", f"{name}.key", "-gencrl", "-out", "crl.pem")
            self.openssl("crl", "-in", "crl.pem", "-outform", "DER", "-out", f"{name}.crl")

    def stamp(self, request: bytes) -> bytes:
        """A timestamp."""
        with self._lock:
            (self.folder / "request.tsq").write_bytes(request)
            self.openssl("ts", "-reply", "-config", "config", "-queryfile", "request.tsq", "-out", "answer.tsr")
            return (self.folder / "answer.tsr").read_bytes()

    def status(self, request: bytes) -> bytes:
        """An OCSP answer."""
        with self._lock:
            (self.folder / "request.ocsp").write_bytes(request)
            self.openssl(
                *("ocsp", "-index", "index.txt", "-CA", "issuer.pem", "-rsigner", "answers.pem", "-rkey", "answers.key"),
                *("-reqin", "request.ocsp", "-respout", "answer.ocsp", "-ndays", "7"),
            )
            return (self.folder / "answer.ocsp").read_bytes()


def make_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """The server; with port 0 the system chooses, and the certificates name what it chose."""
    server = ThreadingHTTPServer(("127.0.0.1", port), Pages)
    maker = Maker(folder, server.server_address[1])

    class Service(Pages):
        def do_POST(self) -> None:
            """A question in DER."""
            body = self.body(MOST_BYTES)
            kinds = {
                ("/tsa", "application/timestamp-query"): ("application/timestamp-reply", maker.stamp),
                ("/ocsp", "application/ocsp-request"): ("application/ocsp-response", maker.status),
            }
            asked = (self.path, self.headers.get("Content-Type", ""))
            if asked not in kinds:
                self.send_error(415)
                return
            kind, answer = kinds[asked]
            self.answer(200, kind, answer(body))

        def do_GET(self) -> None:
            """A revocation list."""
            if self.path not in {"/issuer.crl", "/root.crl"}:
                self.send_error(404)
                return
            self.answer(200, "application/pkix-crl", (maker.folder / self.path[1:]).read_bytes())

    server.RequestHandlerClass = Service
    return server


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.trust_service", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    server = make_server(options.folder, options.port)
    sys.stdout.write(f"http://127.0.0.1:{server.server_address[1]}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
