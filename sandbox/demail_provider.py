"""A De-Mail provider of its own: adds the metadata of BSI TR-01201 part 3.4 to a mail and signs it, with OpenSSL's program.

``python -m sandbox.demail_provider FOLDER --sender ADDRESS --recipient ADDRESS < draft.eml > demail.eml`` makes its root and its
certificate in FOLDER when they are not there. ``--level normal`` and ``--not-authoritative`` leave the confirmation out.
FOLDER then holds ``root.pem``: the trust that a check needs, best alone in a folder of its own.
"""

import argparse
import base64
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

SOURCE = "x-header/x-de-mail-signature-certificate"
NAMES = [
    "From",
    "Date",
    "Message-ID",
    "Subject",
    "Reply-To",
    "X-de-mail-confirmation-of-dispatch",
    "X-de-mail-confirmation-of-receipt",
    "X-de-mail-confirmation-of-retrieve",
    "X-de-mail-authoritative",
    "X-de-mail-private",
    "X-de-mail-sender",
    "X-de-mail-chosen-recipient",
    "X-de-mail-auth-mechanism",
    "X-de-mail-auth-level",
    "X-de-mail-originator-provider",
    "X-de-mail-message-type",
    "X-de-mail-version",
    "X-de-mail-private-id",
    "X-de-mail-message-id",
    "X-de-mail-account-holder",
]
"""What is signed, in the order of section 3.1.21."""
HOST = "provider.de-mail.example"
Fields = list[tuple[str, str]]


def metadata(sender: str, recipient: str, *, holder: str, level: str = "high", authoritative: str | None = "yes") -> Fields:
    """The fields that a provider adds (3.1.1, table 1)."""
    unique = f"<{uuid.uuid4().hex}@{HOST}>"
    found = [
        ("X-de-mail-confirmation-of-dispatch", "no"),
        ("X-de-mail-confirmation-of-receipt", "yes"),
        ("X-de-mail-confirmation-of-retrieve", "no"),
        ("X-de-mail-authoritative", authoritative),
        ("X-de-mail-private", "no"),
        ("X-de-mail-sender", sender),
        ("X-de-mail-chosen-recipient", f"to={recipient}"),
        ("X-de-mail-auth-mechanism", "eID" if level == "high" else "password"),
        ("X-de-mail-auth-level", level),
        ("X-de-mail-originator-provider", HOST),
        ("X-de-mail-message-type", "normal"),
        ("X-de-mail-version", "1.8"),
        ("X-de-mail-message-id", unique),
        ("X-de-mail-account-holder", holder),
        ("X-de-mail-actual-recipient", f"to={recipient}"),
    ]
    return [(name, value) for name, value in found if value is not None]


def written(fields: Fields) -> bytes:
    """Fields as lines."""
    return b"".join(f"{name}: {value}\r\n".encode() for name, value in fields)


def relaxed(line: bytes) -> bytes:
    """One field in the relaxed form (RFC 6376, 3.4.2)."""
    name, value = line.split(b":", 1)
    return name.strip().lower() + b":" + b" ".join(value.split()) + b"\r\n"


def body_form(body: bytes, form: str) -> bytes:
    """The body in one of the two forms (RFC 6376, 3.4.3 and 3.4.4)."""
    lines = body.split(b"\r\n")
    if form == "relaxed":
        lines = [_one_space(line) for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        return b"" if form == "relaxed" else b"\r\n"
    return b"\r\n".join(lines) + b"\r\n"


def _one_space(line: bytes) -> bytes:
    words = line.replace(b"\t", b" ").split(b" ")
    kept = [word for number, word in enumerate(words) if word or number == 0]
    return b" ".join(kept).rstrip(b" ")


def seal(
    mail: bytes,
    key: bytes,
    certificate: bytes,
    *,
    algorithm: str = "sha256/ec-dsa",
    canonical: str = "simple/simple",
    names: Sequence[str] = NAMES,
    more: str = "",
    source: str = SOURCE,
    domain: str = HOST,
) -> bytes:
    """The mail with certificate and signature above its fields.

    ``key`` is PEM, ``certificate`` DER, empty to leave its field out. ``algorithm`` "sha256" alone makes a hash only.
    ``more`` are further tags, as "l=5; ".
    """
    head, _, body = mail.partition(b"\r\n\r\n")
    lines = _lines(head)
    digest = next(one for one in ("sha1", "sha256", "sha384", "sha512") if one in algorithm)
    head_form, _, tail_form = canonical.partition("/")
    body_hash = _digest(digest, body_form(body, tail_form or "simple"))
    listed = ":\r\n\t".join(names)
    start = f"X-de-mail-integrity: v=1; a={algorithm}; c={canonical}; d={domain}; s=demail; {more}\r\n\tq={source};\r\n\th={listed};\r\n\t"
    own = f"{start}bh={base64.b64encode(body_hash).decode()};\r\n\tb=".encode()
    chosen: list[bytes] = []
    left = list(lines)
    for name in names:
        found = next((line for line in left if line.split(b":", 1)[0].strip().lower() == name.lower().encode()), None)
        if found is not None:
            left.remove(found)
            chosen.append(found)
    content = b"".join(relaxed(line) if head_form == "relaxed" else line for line in chosen)
    content += relaxed(own).removesuffix(b"\r\n") if head_form == "relaxed" else own
    value = _signature(content, key, digest, algorithm) if algorithm != digest else _digest(digest, content)
    shown = _folded(base64.b64encode(certificate).decode())
    above = f"X-de-mail-signature-certificate:{shown}\r\n".encode() if certificate else b""
    return above + own + _folded(base64.b64encode(value).decode()).strip().encode() + b"\r\n" + mail


def _lines(head: bytes) -> list[bytes]:
    found: list[bytes] = []
    for line in head.split(b"\r\n"):
        if line[:1] in {b" ", b"\t"} and found:
            found[-1] += line + b"\r\n"
        else:
            found.append(line + b"\r\n")
    return found


def _folded(text: str) -> str:
    return "".join(f"\r\n\t{text[at : at + 70]}" for at in range(0, len(text), 70))


def _digest(name: str, content: bytes) -> bytes:
    return _openssl(["dgst", f"-{name}", "-binary"], content)


def _signature(content: bytes, key: bytes, digest: str, algorithm: str) -> bytes:
    options = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:-1"] if "pss" in algorithm else []
    with tempfile.NamedTemporaryFile(suffix=".pem") as file:
        file.write(key)
        file.flush()
        return _openssl(["dgst", f"-{digest}", *options, "-sign", file.name], content)


def _openssl(words: Sequence[str], content: bytes = b"") -> bytes:
    return subprocess.run(["openssl", *words], input=content, capture_output=True, check=True).stdout


def make_certificates(folder: Path) -> None:
    """A root and the provider's certificate below it, unless they are there."""
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / "provider.pem").exists():
        return
    root, key = str(folder / "root.pem"), str(folder / "root.key")
    new = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "365"]
    own = ["-addext", "basicConstraints=critical,CA:true", "-addext", "keyUsage=critical,keyCertSign,cRLSign"]
    # OpenSSL's own settings may add basicConstraints a second time: none are read.
    _openssl([*new, "-config", "/dev/null", "-subj", "/CN=De-Mail Sandbox Wurzel", *own, "-keyout", key, "-out", root])
    leaf = ["-addext", "basicConstraints=critical,CA:false", "-addext", "keyUsage=critical,digitalSignature,nonRepudiation"]
    names = ["-subj", "/CN=De-Mail Sandbox Anbieter", "-addext", f"subjectAltName=DNS:{HOST}"]
    files = ["-keyout", str(folder / "provider.key"), "-out", str(folder / "provider.pem")]
    _openssl([*new, "-config", "/dev/null", "-CA", root, "-CAkey", key, *names, *leaf, *files])


def main() -> int:
    """A draft on standard input, a De-Mail on standard output."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.demail_provider", description="Make De-Mails for tests.")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--sender", required=True)
    parser.add_argument("--recipient", required=True)
    parser.add_argument("--holder", default="Robin Beispiel")
    parser.add_argument("--level", choices=["normal", "high"], default="high")
    parser.add_argument("--not-authoritative", action="store_true")
    options = parser.parse_args()
    make_certificates(options.folder)
    authoritative = "no" if options.not_authoritative else "yes"
    added = metadata(options.sender, options.recipient, holder=options.holder, level=options.level, authoritative=authoritative)
    draft = sys.stdin.buffer.read().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    head = draft.partition(b"\r\n\r\n")[0].lower()
    usual = [("From", options.sender), ("Date", format_datetime(datetime.now(UTC))), ("Message-ID", f"<{uuid.uuid4().hex}@{HOST}>")]
    missing = [(name, value) for name, value in usual if f"\n{name.lower()}:".encode() not in b"\n" + head]
    key = (options.folder / "provider.key").read_bytes()
    certificate = _openssl(["x509", "-in", str(options.folder / "provider.pem"), "-outform", "DER"])
    sys.stdout.buffer.write(seal(written([*added, *missing]) + draft, key, certificate))
    return 0


if __name__ == "__main__":
    sys.exit(main())
