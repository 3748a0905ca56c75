"""Whether the online ID card can work right now, looked at before anybody types a PIN. Pure.

Each thing that can be wrong has its own sentence: reachable, believed, clock, certificates, rights.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.x509 import Certificate

from direktdraht.foundation.verdicts import Check
from direktdraht.people.eid.answers import ServerInfo
from direktdraht.people.eid.checking import Expected, check_server_info
from direktdraht.people.eid.requests import Wanted
from direktdraht.people.eid.sentences import READY, Refused
from direktdraht.people.eid.transport import Reply

SOON = timedelta(days=30)
MOST_DRIFT = timedelta(minutes=2)
OLDEST_VERSION = (2, 0)


@dataclass(frozen=True)
class Side:
    """What is known beforehand: both certificates, our clock, what will be asked of the card, our getServerInfo."""

    own: Certificate
    server: Certificate
    at: datetime
    wanted: Wanted
    question: bytes


def readiness(side: Side, reply: Reply | None) -> list[Check]:
    """The findings; ``reply`` is the answer to getServerInfo, ``None`` if nobody answered.

    A certificate that ends within 30 days is reported with ``ok`` ``None``: it still works.
    """
    certificates = [_certificate("own-certificate", side.own, side.at), _certificate("server-certificate", side.server, side.at)]
    if reply is None:
        return [*certificates, _found("reachable", False)]
    return [*certificates, _found("reachable", True), _clock(side.at, reply.date), *_server(side, reply)]


def _found(name: str, ok: bool | None) -> Check:
    return Check(name, ok, READY[name, ok])


def _certificate(name: str, certificate: Certificate, at: datetime) -> Check:
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        return _found(name, False)
    return _found(name, None if certificate.not_valid_after_utc < at + SOON else True)


def _clock(at: datetime, theirs: datetime | None) -> Check:
    """Our clock against the server's; ``None`` if it does not tell the time."""
    if theirs is None:
        return _found("clock", None)
    return _found("clock", abs(at - theirs) <= MOST_DRIFT)


def _server(side: Side, reply: Reply) -> list[Check]:
    """Whether the answer is believed, and whether the terminal certificate allows what will be asked."""
    try:
        info = check_server_info(reply.body, Expected(side.server, side.at, side.wanted, side.question))
    except Refused:
        return [_found("believed", False)]
    return [_found("believed", True), _found("version", _version(info) >= OLDEST_VERSION), _found("rights", _allowed(info, side.wanted))]


def _version(info: ServerInfo) -> tuple[int, ...]:
    return tuple(int(number) for number in info.version.split("."))


def _allowed(info: ServerInfo, wanted: Wanted) -> bool:
    return all(info.rights.get(name) == "ALLOWED" for name in wanted.operations())
