"""What a De-Mail provider does behind its page: signs and delivers, with a fault if somebody wants one; takes in and confirms."""

import imaplib
import smtplib
import subprocess
import tempfile
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from sandbox.demail_confirmations import KINDS, confirmation
from sandbox.demail_provider import HOST, make_certificates, metadata, seal, written

CITY = "rathaus@musterstadt.de-mail.example"
POSTMASTER = f"postmaster@{HOST}"
PEOPLE = {
    f"robin.weber@{HOST}": "Robin Weber",
    f"noor.haddad@{HOST}": "Noor Haddad",
    f"amara.okoye@{HOST}": "Amara Okoye",
}
FAULTS = {
    "": "absenderbestätigt, sicher angemeldet",
    "plain": "ohne Absenderbestätigung",
    "low": "nur mit Passwort angemeldet",
    "forged": "von einem fremden Anbieter gefälscht",
    "stripped": "ohne Signatur",
    "tampered": "unterwegs verändert",
    "forwarded": "weitergeleitet",
    "twice": "zweimal zugestellt",
}


@dataclass(frozen=True)
class Place:
    """Where the city's mails go: the port of its LMTP receiver, or a mailbox."""

    lmtp: int
    imap: str = ""
    user: str = ""
    password: str = ""


class Office:
    """One provider with the mailboxes of a few people. ``received`` are the city's mails."""

    def __init__(self, folder: Path, city: str, place: Place) -> None:
        self.folder, self.city, self.place = folder, city, place
        self.received: list[EmailMessage] = []

    def send(self, words: Mapping[str, str], file: tuple[str, bytes]) -> str:
        """Send what somebody wrote; returns what the page says."""
        sender, fault = words.get("sender", ""), words.get("fault", "")
        if sender not in PEOPLE or fault not in FAULTS:
            return "Diesen Absender oder diese Art zu senden gibt es nicht."
        mail = EmailMessage(policy=SMTP)
        mail["Subject"] = " ".join(words.get("subject", "").split())
        mail.set_content(words.get("text", "").replace("\r\n", "\n"))
        name, content = file
        if content:
            mail.add_attachment(content, maintype="application", subtype="pdf", filename=name or "datei.pdf")
        raw = self.made(mail, sender, words.get("recipient", "") or self.city, PEOPLE[sender], fault)
        try:
            for _ in range(2 if fault == "twice" else 1):
                self.deliver(raw, sender)
        except (OSError, smtplib.SMTPException, imaplib.IMAP4.error) as problem:
            return f"Nicht zugestellt: {type(problem).__name__}."
        return "Gesendet."

    def made(self, mail: EmailMessage, sender: str, recipient: str, holder: str, fault: str = "", *, kind: str = "normal") -> bytes:
        """The De-Mail with metadata and signature, and perhaps with something wrong."""
        body = mail.as_bytes(policy=SMTP)
        head = [
            ("From", sender),
            ("To", recipient),
            ("Date", format_datetime(datetime.now(UTC))),
            ("Message-ID", f"<{uuid.uuid4().hex}@{HOST}>"),
        ]
        choices = {"level": "normal" if fault == "low" else "high", "authoritative": "no" if fault == "plain" else "yes"}
        fields = [
            (name, kind if name == "X-de-mail-message-type" else value)
            for name, value in metadata(sender, recipient, holder=holder, **choices)
        ]
        draft = written([*head, *fields]) + body
        if fault == "stripped":
            return draft
        with tempfile.TemporaryDirectory() as other:
            folder = self.folder
            if fault == "forged":
                folder = Path(other)
                make_certificates(folder)
            raw = seal(draft, (folder / "provider.key").read_bytes(), der_of(folder / "provider.pem"))
        if fault == "tampered":
            return raw + b"PS: Das stand nicht darin.\r\n"
        if fault == "forwarded":
            return f"Resent-From: {sender}\r\nResent-To: {recipient}\r\n".encode() + raw
        return raw

    def deliver(self, raw: bytes, sender: str) -> None:
        """Bring a mail to the city. Raises OSError, SMTPException, IMAP4.error."""
        if self.place.imap:
            host, _colon, port = self.place.imap.rpartition(":")
            with imaplib.IMAP4(host, int(port), timeout=20) as box:
                box.login(self.place.user, self.place.password)
                box.append("INBOX", "", imaplib.Time2Internaldate(time.time()), raw)
            return
        with smtplib.LMTP("127.0.0.1", self.place.lmtp) as city:
            city.sendmail(sender, [self.city], raw)

    def take(self, mail: EmailMessage) -> None:
        """Put a mail of the city into its mailbox, and confirm what the city asked for."""
        self.received.append(mail)
        for kind in ("dispatch", "receipt"):
            if str(mail.get(f"X-de-mail-confirmation-of-{kind}", "no")) == "yes":
                self.confirm(mail, kind)

    def confirm(self, mail: EmailMessage, kind: str) -> None:
        """Send a confirmation to the city."""
        made = confirmation(kind, mail, issuer=POSTMASTER)
        private = str(mail.get("X-de-mail-private-id", ""))
        if private:
            made["X-de-mail-private-id"] = private
        self.deliver(self.made(made, POSTMASTER, self.city, "De-Mail Sandbox", kind=KINDS[kind][0]), POSTMASTER)


def der_of(path: Path) -> bytes:
    """A certificate in DER."""
    words = ["openssl", "x509", "-in", str(path), "-outform", "DER"]
    return subprocess.run(words, capture_output=True, check=True).stdout
