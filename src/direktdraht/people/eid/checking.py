"""Whether an eID server's result says for sure who is speaking. Pure: bytes and expectations in, a verdict out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from cryptography.x509 import Certificate

from direktdraht.foundation.verdicts import Check
from direktdraht.people.eid import wss
from direktdraht.people.eid.answers import CardResult, ServerInfo, Session, read_card_result, read_server_info, read_session
from direktdraht.people.eid.names import ATTRIBUTES, DOCUMENTS, LEVELS, ORDER, Document
from direktdraht.people.eid.requests import Wanted
from direktdraht.people.eid.results import failure_of
from direktdraht.people.eid.sentences import Refused, broken, holds

BEFORE_READING = ("xml", "structure", "algorithms", "signature", "certificate", "time", "confirmation")


@dataclass(frozen=True)
class Expected:
    """What an answer is measured by: the server's certificate, the instant, what was asked.

    ``request`` is our own message that the answer answers; an answer that confirms another one is refused.
    """

    certificate: Certificate
    at: datetime
    wanted: Wanted
    request: bytes = b""


@dataclass(frozen=True)
class Verdict:
    """``valid`` only if every check holds; without that, attributes and level are empty.

    ``failure`` is a key of ``sentences.FAILURES``, "" for success, "waiting" while the server has no result yet.
    ``digest`` names a valid answer, so that a second use is noticed.
    """

    valid: bool
    checks: list[Check]
    failure: str = ""
    level: str = "none"
    attributes: Mapping[str, str] = field(default_factory=dict)
    document: Document | None = None
    digest: str = ""


def opened(answer: bytes, expected: Expected) -> wss.Opened:
    """An answer that is signed by the expected server, fresh, and about our question. Raises Refused."""
    found = wss.opened(answer, expected.certificate)
    certificate = expected.certificate
    if not certificate.not_valid_before_utc <= expected.at <= certificate.not_valid_after_utc:
        raise Refused("certificate")
    wss.fresh(found, expected.at)
    if found.confirmed and expected.request and found.confirmed != wss.signature_value(expected.request):
        raise Refused("confirmation")
    return found


def check_session(answer: bytes, expected: Expected) -> Session:
    """The answer to useID. Raises Refused, also for a success without session or key."""
    session = read_session(opened(answer, expected).message)
    if not failure_of(session.result.major, session.result.minor) and not (session.session and session.psk_id and session.psk_key):
        raise Refused("structure", "message")
    return session


def check_server_info(answer: bytes, expected: Expected) -> ServerInfo:
    """The answer to getServerInfo. Raises Refused."""
    return read_server_info(opened(answer, expected).message)


def check_result(answer: bytes, expected: Expected) -> Verdict:
    """Examine the answer to getResult, check by check."""
    try:
        found = opened(answer, expected)
        result = read_card_result(found.message)
    except Refused as problem:
        until = BEFORE_READING.index(problem.check) if problem.check in BEFORE_READING else len(BEFORE_READING)
        # Without a signature nothing was said about its structure and methods.
        before = BEFORE_READING[: 1 if problem.case == "missing" and problem.check == "signature" else until]
        passed = [holds(name) for name in before if name != "confirmation"]
        return Verdict(False, [*passed, broken(problem.check, problem.case)], "not_trusted")
    names = [name for name in BEFORE_READING if name != "confirmation" or (found.confirmed and expected.request)]
    verdict = _judged([holds(name) for name in names], result, expected)
    return replace(verdict, digest=found.digest()) if verdict.valid else verdict


def _judged(checks: list[Check], result: CardResult, expected: Expected) -> Verdict:
    """What the signed result says about the person."""
    failure = failure_of(result.result.major, result.result.minor)
    if failure:
        return Verdict(False, [*checks, broken("result", "waiting" if failure == "waiting" else "")], failure)
    checks = [*checks, holds("result")]
    document = _document(result, expected)
    failure = ""
    for judge, consequence in JUDGES:
        check = judge(result, expected)
        if check is None:
            continue
        checks.append(check)
        if not check.ok:
            failure = failure or consequence
    if document is None:
        failure = failure or "denied_document"
    checks.append(holds("document") if document is not None else broken("document"))
    if failure:
        return Verdict(False, checks, failure)
    attributes = {name: result.data[ATTRIBUTES[name]] for name in sorted(expected.wanted.attributes)}
    return Verdict(True, checks, "", LEVELS[result.level], attributes, document)


def _document(result: CardResult, expected: Expected) -> Document | None:
    """The law's row for the kind of card at the time of checking."""
    day = expected.at.date().isoformat()
    return next((row for row in DOCUMENTS if row.code == result.data.get("DocumentType") and row.since <= day), None)


def _attributes(result: CardResult, expected: Expected) -> Check:
    needed = expected.wanted.operations()
    words = {result.operations.get(name, "PROHIBITED") for name in needed}
    if "PROHIBITED" in words:
        return broken("attributes", "refused")
    if "NOTONCHIP" in words:
        return broken("attributes", "not_on_chip")
    groups = [name for name in needed if name not in {"AgeVerification", "PlaceVerification"}]
    return holds("attributes") if all(result.data.get(name) for name in groups) else broken("attributes", "missing")


def _minimal(result: CardResult, expected: Expected) -> Check:
    return holds("minimal") if set(result.data) <= set(expected.wanted.operations()) else broken("minimal")


def _level(result: CardResult, expected: Expected) -> Check:
    if result.level not in LEVELS:
        return broken("level", "missing")
    reached = ORDER.index(LEVELS[result.level]) >= ORDER.index(expected.wanted.level)
    return holds("level") if reached else broken("level")


def _verification(result: CardResult, expected: Expected) -> Check | None:
    """``None`` if neither age nor place was asked for."""
    asked = [
        *([result.age] if expected.wanted.age is not None else []),
        *([result.place] if expected.wanted.community else []),
    ]
    if not asked:
        return None
    if None in asked:
        return broken("verification", "missing")
    return holds("verification") if all(asked) else broken("verification")


JUDGES: tuple[tuple[Callable[[CardResult, Expected], Check | None], str], ...] = (
    (_minimal, "not_trusted"),
    (_attributes, "attribute_missing"),
    (_verification, "not_fulfilled"),
    (_level, "denied_document"),
)
