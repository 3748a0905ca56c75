"""Whether the online ID card can work right now, looked at before anybody types a PIN. Pure.

Each thing that can be wrong has its own sentence: certificates, clocks, reachable, believed, version, rights.
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
    """What is known beforehand: both certificates, our clock, what will be asked of the card, our getServerInfo.

    ``database`` is the clock of our database, where there is one.
    """

    own: Certificate
    server: Certificate
    at: datetime
    wanted: Wanted
    question: bytes
    database: datetime | None = None


def readiness(side: Side, reply: Reply | None) -> list[Check]:
    """The findings; ``reply`` is the answer to getServerInfo, ``None`` if nobody answered.

    A certificate that ends within 30 days is reported with ``ok`` ``None``: it still works.
    """
    here = known_beforehand(side)
    if reply is None:
        return [*here, _found("reachable", False)]
    return [*here, _found("reachable", True), _found("clock", _together(side.at, reply.date)), *_server(side, reply)]


def known_beforehand(side: Side) -> list[Check]:
    """What can be found without asking anybody: both certificates, and our clock against our database's."""
    certificates = [_certificate("own-certificate", side.own, side.at), _certificate("server-certificate", side.server, side.at)]
    return certificates if side.database is None else [*certificates, _found("database", _together(side.at, side.database))]


def _found(name: str, ok: bool | None) -> Check:
    return Check(name, ok, READY[name, ok])


def _certificate(name: str, certificate: Certificate, at: datetime) -> Check:
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        return _found(name, False)
    return _found(name, None if certificate.not_valid_after_utc < at + SOON else True)


def _together(at: datetime, theirs: datetime | None) -> bool | None:
    """Whether two clocks show the same time; ``None`` if the other one does not tell it."""
    return None if theirs is None else abs(at - theirs) <= MOST_DRIFT


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
