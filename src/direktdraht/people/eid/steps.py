"""One request on its way through the app: its token is handed out once, its result is asked for until there is one.

The memo of the request holds: ``secret`` of the token's address; then ``session`` and ``question`` of useID, ``mark`` (the
digest of the secret in the way back), ``counter``, ``asking`` (since when somebody waits for an answer), ``told`` (when
there was none yet).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from direktdraht.foundation import clock
from direktdraht.people import identifying
from direktdraht.people.eid import asking, own, sentences, tctoken, transport, wss
from direktdraht.people.eid.addresses import BadAddress
from direktdraht.people.eid.evidence import evidence_of
from direktdraht.people.eid.requests import MOST_TEXT, Wanted
from direktdraht.people.eid.results import failure_of_app
from direktdraht.people.models import IdentificationRequest, RequestState

METHOD = "eid"
MOST_QUESTIONS = 20
SECONDS_BETWEEN = 3
# A page that is reloaded by hand asks no sooner.
LEAST_PAUSE = timedelta(seconds=SECONDS_BETWEEN - 1)
# Longer than an answer may take: whoever asked and died holds nobody up.
ASKING_LASTS = timedelta(seconds=2 * transport.SECONDS)
# What the server says without naming a reason of its own; then the app's word is better.
VAGUE = frozenset({"", "waiting", "session_over", "unknown"})


@dataclass(frozen=True)
class Waiting:
    """There is no result yet; so often it was asked for."""

    asked: int


def wanted_of(wanted: IdentificationRequest) -> Wanted:
    """The request as a question to the card; signs that cannot be shown become spaces."""
    text = "".join(sign if sign.isprintable() else " " for sign in wanted.text)[:MOST_TEXT]
    return Wanted(frozenset(wanted.asked), wanted.level, text)


def start(wanted: IdentificationRequest) -> None:
    """Draw the secret of the token's address."""
    identifying.remember(wanted, {"secret": tctoken.new_secret()})


def token_address(wanted: IdentificationRequest) -> str:
    """Where the app gets its token; "" when it was handed out already."""
    secret = str(wanted.memo.get("secret", ""))
    return own_address("people:eid_token", wanted.pk, secret) if secret else ""


def own_address(name: str, request_id: UUID, secret: str) -> str:
    """An address of this house for the app."""
    return urljoin(settings.BASE_URL, reverse(name, args=[request_id, secret]))


def digest_of(secret: str) -> str:
    """What is stored of the secret in the way back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def hand_out_token(request_id: UUID, secret: str) -> bytes:
    """The token, once, to whoever knows its secret. Without a session it leads straight back. Raises NotAnswerable.

    The way back carries a secret of its own: whoever only began the request does not know it. Else somebody could
    send the way to the app to another person and take in what that person's card said.
    """
    with transaction.atomic():
        wanted = identifying.open_request(request_id, method=METHOD)
        if not tctoken.knows(str(wanted.memo.get("secret", "")), secret):
            raise identifying.NotAnswerable
        identifying.remember(wanted, {})
    mark = tctoken.new_secret()
    back = own_address("people:eid_return", wanted.pk, mark)
    addresses = tctoken.Addresses(own_address("people:eid_token", wanted.pk, secret), back, back)
    try:
        opened = asking.open_session(wanted_of(wanted))
        content = tctoken.token(opened.session, addresses, server=asking.connected().app_address)
    except (asking.NotOpened, BadAddress, own.SetupProblem) as problem:
        end(request_id, problem.failure if isinstance(problem, asking.NotOpened) else "setup")
        return tctoken.error_token(addresses)
    memo = {"session": opened.session.session, "question": opened.question.decode(), "mark": digest_of(mark), "counter": 0}
    with transaction.atomic():
        identifying.remember(identifying.open_request(request_id, method=METHOD), memo)
    return content


def end(request_id: UUID, failure: str) -> IdentificationRequest:
    """Note why nobody was identified. Raises NotAnswerable."""
    with transaction.atomic():
        wanted = identifying.open_request(request_id, method=METHOD)
        identifying.fail(wanted, failure)
    return wanted


def own_request(request_id: UUID, browser: str) -> IdentificationRequest:
    """The request that this browser began. Raises NotAnswerable."""
    found = IdentificationRequest.objects.filter(pk=request_id, method=METHOD, browser=browser).first()
    if found is None or not browser:
        raise identifying.NotAnswerable
    return found


def come_back(request_id: UUID, mark: str, *, browser: str, said: Mapping[str, str]) -> IdentificationRequest | Waiting:
    """Ask for the result and take it in: the request with its end, or that there is none yet. Raises NotAnswerable.

    ``said`` is what the app added to the address. Its success proves nothing; its failure ends the request, with the
    server's own reason where there is one.
    """
    wanted = own_request(request_id, browser)
    if wanted.state != RequestState.OPEN:
        return wanted
    memo = next_question(request_id, mark)
    if "asking" not in memo:
        return Waiting(int(memo["counter"]))
    app_failure = failure_of_app(said) if "ResultMajor" in said else ""
    try:
        told = asking.tell(str(memo["session"]), int(memo["counter"]), wanted_of(wanted))
    except own.SetupProblem:
        return end(request_id, "setup")
    except transport.Unreachable:
        return later(request_id, app_failure, "unreachable")
    return concluded(request_id, told, app_failure)


def concluded(request_id: UUID, told: asking.Told, app_failure: str) -> IdentificationRequest | Waiting:
    """What the server's word and the app's failure mean together. Raises NotAnswerable."""
    failure = told.verdict.failure
    if app_failure:
        return end(request_id, app_failure if failure in VAGUE else failure)
    if failure == "waiting":
        return later(request_id, "", "no_result")
    return end(request_id, failure) if failure else take_in(request_id, told)


def next_question(request_id: UUID, mark: str) -> dict[str, Any]:
    """The memo with the next counter, kept before anything is asked: a counter counts once (TR-03130-1 section 3.2.2.1).

    Without ``asking`` somebody else waits for an answer, or it was asked a moment ago. Raises NotAnswerable.
    """
    with transaction.atomic():
        wanted = identifying.open_request(request_id, method=METHOD)
        memo: dict[str, Any] = dict(wanted.memo)
        if not memo.get("mark") or memo["mark"] != digest_of(mark):
            raise identifying.NotAnswerable
        since = memo.pop("asking", "")
        if is_younger(since, ASKING_LASTS) or is_younger(memo.get("told", ""), LEAST_PAUSE):
            return memo
        memo = {**memo, "counter": int(memo["counter"]) + 1, "asking": clock.now().isoformat()}
        identifying.remember(wanted, memo)
    return memo


def is_younger(instant: str, span: timedelta) -> bool:
    """Whether something happened within this time; "" is never."""
    return bool(instant) and datetime.fromisoformat(instant) > clock.now() - span


def later(request_id: UUID, app_failure: str, failure: str) -> IdentificationRequest | Waiting:
    """Ask again later; the app's failure, or too many questions, end the request. Raises NotAnswerable."""
    with transaction.atomic():
        wanted = identifying.open_request(request_id, method=METHOD)
        asked = int(wanted.memo["counter"])
        if app_failure or asked >= MOST_QUESTIONS:
            identifying.fail(wanted, app_failure or failure)
            return wanted
        identifying.remember(wanted, {**wanted.memo, "asking": "", "told": clock.now().isoformat()})
    return Waiting(asked)


def take_in(request_id: UUID, told: asking.Told) -> IdentificationRequest:
    """Keep a valid result with its evidence; one that was used before is refused by name. Raises NotAnswerable."""
    verdict = told.verdict
    with transaction.atomic():
        wanted = identifying.open_request(request_id, method=METHOD)
        # An answer is at most so old when it is taken, so nobody can bring it again after twice that time.
        if not identifying.use_once([verdict.digest], until=clock.now() + 2 * wss.LASTS):
            identifying.fail(wanted, "replayed")
            return wanted
        question = str(wanted.memo["question"]).encode()
        evidence = evidence_of(answer=told.answer, session_request=question, expected=told.expected, verdict=verdict)
        evidence["checks"].append(sentences.holds("replay").to_json())
        identifying.finish(wanted, level=verdict.level, attributes=verdict.attributes, evidence=evidence)
    return wanted
