"""Confirmations of a provider as BSI TR-01201 part 3.4, section 3.5 describes them: words for people, an XML file for machines."""

from collections.abc import Iterable
from datetime import UTC, datetime
from email.message import EmailMessage
from xml.sax.saxutils import escape

KINDS = {
    "dispatch": ("confirmation of dispatch", "Versandbestätigung", "an den Empfänger versandt"),
    "receipt": ("confirmation of receipt", "Eingangsbestätigung", "im Postfach des Empfängers abgelegt"),
    "retrieve": ("confirmation of retrieve", "Abholbestätigung", "vom Empfänger nach sicherer Anmeldung abgeholt"),
}
TOLD = ("from", "to", "date", "message-id", "subject")


def acknowledgement(kind: str, mail: EmailMessage, *, issuer: str, at: datetime) -> str:
    """The XML of a confirmation; tables 23 and 24 there."""
    _type, title, done = KINDS[kind]
    lines = "".join(_metadate(name, value) for name, value in _metadata(mail))
    delivery = f"<DeliveryTime>{at.isoformat()}</DeliveryTime>" if kind == "retrieve" else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<Acknowledge-Message xmlns="urn:de-mail"><Sender>{escape(issuer)}</Sender><Metadata>{lines}</Metadata>'
        f"<Subject>{escape(subject_of(kind, mail))}</Subject><Text>{escape(f'{title}: {done}.')}</Text>"
        f"<Hash>{escape(str(mail.get('X-de-mail-integrity', '')))}</Hash><Time>{at.isoformat()}</Time>{delivery}</Acknowledge-Message>"
    )


def subject_of(kind: str, mail: EmailMessage) -> str:
    """The subject of a confirmation."""
    return f"*{KINDS[kind][1]}* {mail['Subject']}"


def confirmation(kind: str, mail: EmailMessage, *, issuer: str, at: datetime | None = None) -> EmailMessage:
    """The mail of a confirmation, before the provider adds its metadata and signs."""
    moment = at or datetime.now(UTC).replace(microsecond=0)
    done = KINDS[kind][2]
    made = EmailMessage()
    made["Subject"] = subject_of(kind, mail)
    made.set_content(
        f"Hiermit wird bestätigt, dass die Nachricht {done} wurde.\n\nAbsender: {mail['From']}\nEmpfänger: {mail['To']}\n"
        f"Datum: {moment:%d.%m.%Y %H:%M}\nNachrichten-ID: {mail['Message-ID']}\n"
    )
    content = acknowledgement(kind, mail, issuer=issuer, at=moment).encode()
    made.add_attachment(content, maintype="application", subtype="xml", filename="bestaetigung.xml")
    return made


def _metadata(mail: EmailMessage) -> Iterable[tuple[str, str]]:
    return [(name, str(value)) for name, value in mail.items() if name.lower() in TOLD or name.lower().startswith("x-de-mail-")]


def _metadate(name: str, value: str) -> str:
    plain, original = escape(" ".join(value.split())), escape(f"{name}: {value}")
    return f"<Metadate><Name>{escape(name)}</Name><Value>{plain}</Value><OriginalHeader>{original}</OriginalHeader></Metadate>"
