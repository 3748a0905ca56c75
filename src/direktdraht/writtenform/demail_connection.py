"""The city's own De-Mail account: its addresses, where mails are fetched, taken in and handed over, whom it trusts.

Files below the data folder: ``demail/service.toml``, certificates in ``demail/trust``, and the passwords
``keys/demail-mailbox.txt`` (IMAP) and ``keys/demail-gateway.txt`` (SMTP).
"""

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from asn1crypto import x509
from django.conf import settings
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from direktdraht.foundation import clock
from direktdraht.foundation.checks import Finding, Level
from direktdraht.writtenform.demail.fields import one_address
from direktdraht.writtenform.models import ServiceKind, ServiceState
from direktdraht.writtenform.signatures.trust import Trust, read_trust

LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})
WARN_BEFORE = timedelta(days=30)


class SetupProblem(RuntimeError):
    """The account is set up wrongly; the message names the file, for operators."""


def plain_address(text: str) -> str:
    """Accept one address without a name, in small letters."""
    found = one_address(text)
    if found is None or found != text.strip().lower():
        raise ValueError("address")
    return found


class Server(BaseModel):
    """A mail server. Without encryption only on this machine."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = Field(min_length=1, max_length=255)
    port: int = Field(ge=1, le=65535)
    security: Literal["tls", "starttls", "none"] = "tls"
    user: str = Field("", max_length=320)

    @model_validator(mode="after")
    def _encrypted(self) -> "Server":
        if self.security == "none" and self.host not in LOCAL:
            raise ValueError("security")
        return self

    @property
    def place(self) -> str:
        """Host and port, for operators."""
        return f"{self.host}:{self.port}"


class Mailbox(Server):
    """Where mails are fetched (IMAP). What was taken over is moved to the folder ``done``, never deleted."""

    folder: str = Field("INBOX", max_length=200)
    done: str = Field("Direktdraht", max_length=200)


class Receiver(BaseModel):
    """Where this house takes mails in itself (LMTP, RFC 2033): only from a mail server on this machine or in its own network."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(ge=1, le=65535)


class Connection(BaseModel):
    """The account. ``unit`` is the key of the unit whose clerks get what belongs to no case; ``keep_days`` is for raw mails."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    addresses: tuple[Annotated[str, AfterValidator(plain_address)], ...] = Field(min_length=1, max_length=20)
    unit: str = Field(min_length=1, max_length=60)
    keep_days: int = Field(180, ge=30, le=3650)
    imap: Mailbox | None = None
    lmtp: Receiver | None = None
    gateway: Server | None = None

    @property
    def address(self) -> str:
        """The address that is told to people, and from which answers go out."""
        return self.addresses[0]


def folder() -> Path:
    """Where the operator puts the files of the account."""
    return Path(settings.DATA_DIR) / "demail"


def password(name: str) -> str:
    """A password from its own file; empty where there is none. Raises SetupProblem."""
    path = Path(settings.DATA_DIR) / "keys" / f"demail-{name}.txt"
    try:
        return path.read_text(encoding="utf-8").strip() if path.exists() else ""
    except (OSError, UnicodeDecodeError) as problem:
        raise SetupProblem(f"{path} cannot be read") from problem


def connection() -> Connection | None:
    """The account, ``None`` where it is not set up. Raises SetupProblem."""
    path = folder() / "service.toml"
    if not path.exists():
        return None
    try:
        return Connection.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as problem:
        places = ", ".join(".".join(str(part) for part in error["loc"]) or "service.toml" for error in problem.errors())
        raise SetupProblem(f"{path} is wrong at: {places}") from problem
    except (OSError, ValueError) as problem:
        raise SetupProblem(f"{path} cannot be read") from problem


def trust_files() -> dict[str, bytes]:
    """The certificates and revocation lists of providers that are believed, by file name."""
    place = folder() / "trust"
    return {path.name: path.read_bytes() for path in sorted(place.iterdir()) if path.is_file()} if place.is_dir() else {}


def trust() -> Trust:
    """What is believed of providers."""
    return read_trust(trust_files())


def note_mailbox(known: Server, *, answered: bool) -> None:
    """Keep how the mailbox or the gateway answered last, for the doctor."""
    state = {"kind": ServiceKind.DEMAIL, "asked_at": clock.now(), "answered": answered, "clock_difference": None}
    ServiceState.objects.update_or_create(address=known.place, defaults=state)


def findings() -> Iterator[Finding]:
    """Whether the De-Mail account is set up whole, its trust is current, and mailbox and gateway answer."""
    try:
        known = connection()
        if known is None:
            return
        believed = trust()
    except (SetupProblem, OSError) as problem:
        yield Finding(Level.ERROR, f"De-Mail: {problem}.")
        return
    if known.imap is None and known.lmtp is None:
        yield Finding(Level.ERROR, "De-Mail: neither [imap] nor [lmtp] is set up, no mail comes in.")
    if known.gateway is None:
        yield Finding(Level.WARNING, "De-Mail: no [gateway] is set up, answers do not go out as De-Mail.")
    if not (believed.roots or believed.others):
        yield Finding(Level.ERROR, "De-Mail: demail/trust holds no certificate, so no De-Mail counts as genuine.")
    yield from _ending([*believed.roots, *believed.others])
    for one in ServiceState.objects.filter(kind=ServiceKind.DEMAIL, answered=False).order_by("address"):
        yield Finding(Level.WARNING, f"De-Mail: {one.address} did not answer at {one.asked_at:%Y-%m-%d %H:%M} UTC.")


def _ending(certificates: list[x509.Certificate]) -> Iterator[Finding]:
    """Certificates in the folder of trust that are over, or soon will be."""
    now = clock.now()
    for one in certificates:
        until = one.not_valid_after
        if until < now:
            yield Finding(Level.ERROR, f"De-Mail: a certificate in demail/trust ended on {until:%Y-%m-%d}.")
        elif until < now + WARN_BEFORE:
            yield Finding(Level.WARNING, f"De-Mail: a certificate in demail/trust ends on {until:%Y-%m-%d}.")
