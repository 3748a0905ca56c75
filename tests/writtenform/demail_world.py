"""An invented De-Mail provider, others who are none, and mails as they send them."""

import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID
from sandbox.demail_provider import HOST, Fields, metadata, seal, written

from tests.writtenform import pki
from tests.writtenform.pki import AT, Holder, issue

SENDER = f"robin@{HOST}"
CITY = "amt@stadt.de-mail.example"
TEXT = b"Hiermit lege ich Widerspruch ein.\r\nRobin Beispiel\r\n"
PLAIN: Fields = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Transfer-Encoding", "8bit")]


def key_of(holder: Holder) -> bytes:
    """The private key as text."""
    key: bytes = holder.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return key


def hosts(*names: str) -> list[x509.ExtensionType]:
    """The extension that names hosts."""
    return [x509.SubjectAlternativeName([x509.DNSName(name) for name in names])]


class DemailWorld:
    """Certificates are made when first asked for."""

    @cached_property
    def root(self) -> Holder:
        """Who issues to providers."""
        return pki.authority("Wurzel der Anbieter")

    @cached_property
    def provider(self) -> Holder:
        """An accredited provider."""
        return self.certified()

    @cached_property
    def robin(self) -> Holder:
        """A person with a certificate for S/MIME."""
        return issue(self.root, pki.name("Robin Beispiel"), purposes=[ExtendedKeyUsageOID.EMAIL_PROTECTION])

    @cached_property
    def stranger(self) -> Holder:
        """A person whose certificate comes from nowhere."""
        return issue(pki.authority("Unbekannt"), pki.name("Robin Beispiel"))

    def certified(self, common: str = "Anbieter Muster", domain: str | None = HOST, **more: Any) -> Holder:
        """Someone with a certificate below the root, with a host in it or none."""
        return issue(self.root, pki.name(common), extensions=hosts(domain) if domain else (), **more)

    def trust(self, *more: Holder) -> dict[str, bytes]:
        """The folder of trust: the root, and certificates that are laid in."""
        return {"root.pem": self.root.pem, **{f"{number}.pem": one.pem for number, one in enumerate(more)}}

    def sealed(self, mail: bytes, by: Holder | None = None, **more: Any) -> bytes:
        """The mail with the provider's signature."""
        holder = by or self.provider
        return seal(mail, key_of(holder), more.pop("certificate", holder.der), **more)


def draft(
    body: bytes = TEXT,
    *,
    put: dict[str, str] | None = None,
    drop: Sequence[str] = (),
    more: bytes = b"",
    content: Fields = PLAIN,
    number: int = 1,
    **choices: Any,
) -> bytes:
    """A mail with its metadata, before the provider signs it. ``put`` replaces values, ``more`` are fields as bytes on top."""
    fields: Fields = [
        ("From", f"Robin Beispiel <{SENDER}>"),
        ("To", CITY),
        ("Date", "Mon, 01 Jun 2026 13:00:00 +0200"),
        ("Message-ID", f"<mail-{number}@{HOST}>"),
        ("Subject", "Widerspruch T7KQ-9MXD-4HPA"),
        ("MIME-Version", "1.0"),
        *content,
        *metadata(SENDER, CITY, holder="Robin Beispiel", **choices),
    ]
    wanted = [(name, (put or {}).get(name, value)) for name, value in fields if name not in drop]
    return more + written(wanted) + b"\r\n" + body


def multipart(*parts: bytes, boundary: str = "grenze", end: bool = True) -> bytes:
    """Parts between their boundaries."""
    lines = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return lines + (b"--" + boundary.encode() + b"--\r\n" if end else b"")


def smime(holder: Holder, *, opaque: bool = False, text: bytes = TEXT) -> tuple[Fields, bytes]:
    """Content fields and body of an S/MIME mail as OpenSSL makes it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inner = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + text
        files = (("text", inner), ("key.pem", key_of(holder)), ("own.pem", holder.pem), ("above.pem", holder.above[0].pem))
        for file, data in files:
            (folder / file).write_bytes(data)
        words = "openssl cms -sign -md sha256 -in text -signer own.pem -inkey key.pem -certfile above.pem -outform SMIME -crlfeol"
        kind = ["-nodetach"] if opaque else []
        made = subprocess.run([*words.split(), *kind], cwd=folder, check=True, capture_output=True).stdout
    head, _, body = made.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n").partition(b"\r\n\r\n")
    lines = head.decode().replace("\r\n\t", " ").replace("\r\n ", " ").split("\r\n")
    pairs = [line.split(": ", 1) for line in lines if not line.startswith("MIME-Version")]
    return [(pair[0], pair[1]) for pair in pairs], body


@dataclass(frozen=True)
class Expected:
    """The answer, written by hand: ``broken`` are the checks that must be false."""

    demail: bool = False
    confirmed: bool = False
    broken: frozenset[str] = frozenset()
    unreadable: str = ""


@dataclass(frozen=True)
class DemailCase:
    """One mail. ``section`` says where its answer stands: TR is TR-01201 part 3.4, DMG the De-Mail-Gesetz."""

    name: str
    section: str
    make: Callable[[DemailWorld], bytes]
    expected: Expected
    trust: Callable[[DemailWorld], dict[str, bytes]] = field(default=DemailWorld.trust)


CONFIRMED = Expected(True, True)


def plain(*broken: str) -> Expected:
    """A genuine De-Mail whose sender is not confirmed."""
    return Expected(True, False, frozenset(broken))


def refused(*broken: str) -> Expected:
    """No proven De-Mail."""
    return Expected(False, False, frozenset(broken))


def unreadable(sentence: str) -> Expected:
    """No mail at all."""
    return Expected(unreadable=sentence)


EARLY = AT - timedelta(days=30)
LATE = AT + timedelta(days=30)
