"""The three questions, put to the eID server of this house: is it ready, open a session, tell the result."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from lxml import etree

from direktdraht.foundation import clock
from direktdraht.foundation.verdicts import Check
from direktdraht.people.eid import own, requests, wss
from direktdraht.people.eid.addresses import BadAddress
from direktdraht.people.eid.answers import Session
from direktdraht.people.eid.checking import Expected, Verdict, check_result, check_session
from direktdraht.people.eid.readiness import Side, known_beforehand, readiness
from direktdraht.people.eid.requests import Unaskable, Wanted
from direktdraht.people.eid.results import failure_of
from direktdraht.people.eid.sentences import Refused
from direktdraht.people.eid.transport import Reply, Unreachable, ask

SECONDS_BEFORE_A_PIN = 5


class NotOpened(Exception):
    """There is no session; ``failure`` is a key of ``sentences.FAILURES``."""

    def __init__(self, failure: str) -> None:
        super().__init__(failure)
        self.failure = failure


@dataclass(frozen=True)
class Opened:
    """A session at the eID server, with the question that opened it."""

    session: Session
    question: bytes


@dataclass(frozen=True)
class Told:
    """What the eID server answered to getResult: the bytes, what they were measured by, the verdict."""

    answer: bytes
    expected: Expected
    verdict: Verdict


def connected() -> own.Service:
    """The connection. Raises SetupProblem, also where there is none."""
    known = own.service()
    if known is None:
        raise own.SetupProblem("eid/service.toml is missing")
    return known


def sealed(message: etree._Element, known: own.Service) -> bytes:
    """A question with our signature."""
    return wss.sealed(message, key=known.key, certificate=known.certificate, at=clock.now())


def certificate_checks(known: own.Service) -> list[Check]:
    """What can be found without asking anybody."""
    return known_beforehand(Side(known.first_to_end(), known.server, clock.now(), Wanted(frozenset()), b""))


def ready(known: own.Service, asked: Iterable[str]) -> list[Check]:
    """Everything that can be found before a PIN is typed; the eID server is asked. Raises SetupProblem."""
    question = sealed(requests.get_server_info(), known)
    reply: Reply | None
    try:
        reply = ask(known.address, question, own.connection(known), seconds=SECONDS_BEFORE_A_PIN)
    except Unreachable:
        reply = None
    return readiness(Side(known.first_to_end(), known.server, clock.now(), Wanted(frozenset(asked)), question, database_clock()), reply)


def database_clock() -> datetime:
    """What time it is in the database, which sets no instants of its own but may run on another machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now


def open_session(wanted: Wanted) -> Opened:
    """Ask for a session (useID). Raises NotOpened."""
    try:
        known = connected()
        question = sealed(requests.use_id(wanted), known)
        reply = ask(known.address, question, own.connection(known))
        session = check_session(reply.body, Expected(known.server, clock.now(), wanted, question))
    except (own.SetupProblem, Unaskable, BadAddress) as problem:
        raise NotOpened("setup") from problem
    except Unreachable as problem:
        raise NotOpened("unreachable") from problem
    except Refused as problem:
        raise NotOpened("not_trusted") from problem
    failure = failure_of(session.result.major, session.result.minor)
    if failure:
        raise NotOpened(failure)
    return Opened(session, question)


def tell(session: str, counter: int, wanted: Wanted) -> Told:
    """Ask for the result (getResult). Raises Unreachable, SetupProblem."""
    known = connected()
    question = sealed(requests.get_result(session, counter), known)
    reply = ask(known.address, question, own.connection(known))
    expected = Expected(known.server, clock.now(), wanted, question)
    return Told(reply.body, expected, check_result(reply.body, expected))
