"""What a verified response says is measured against what was expected: sender, addresses, request, times, level. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from lxml import etree

from direktdraht.foundation.verdicts import Check
from direktdraht.people.bundid import sentences, statements
from direktdraht.people.bundid.decryption import ContentKey
from direktdraht.people.bundid.metadata import Provider
from direktdraht.people.bundid.names import at_least
from direktdraht.people.bundid.reading import Refused, instant_of

PERSON = ("given_name", "family_name", "birth_date")


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What an answer is measured against; without ``request_id`` any request is taken, without ``least_level`` any level.

    ``asked`` names attributes without which the answer is of no use. ``key`` opens encrypted assertions.
    """

    provider: Provider
    audience: str
    acs: str
    at: datetime
    request_id: str | None = None
    key: RSAPrivateKey | ContentKey | None = None
    least_level: str | None = None
    asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """A response and its assertion after their signatures were verified."""

    response: etree._Element
    assertion: etree._Element
    response_signed: bool


def checks_of(facts: Facts, expected: Expected) -> list[Check]:
    """Every check on the content, each by itself."""
    return [
        tried("issuer", lambda: _issuer(facts, expected)),
        tried("destination", lambda: _destination(facts, expected)),
        tried("audience", lambda: statements.check_audience(facts.assertion, expected.audience)),
        *_confirmation_checks(facts, expected),
        tried("attributes", lambda: _attributes(facts, expected)),
        tried("level", lambda: _level(facts, expected)),
    ]


def tried(name: str, work: Callable[[], None]) -> Check:
    """The check ``name``: it holds unless ``work`` refuses."""
    try:
        work()
    except Refused as problem:
        return sentences.broken(problem.check, problem.case)
    return sentences.holds(name)


def _issuer(facts: Facts, expected: Expected) -> None:
    """Both name the provider of the metadata; only an unsigned response may leave it out (saml-profiles 4.1.4.2)."""
    around, inside = statements.issuer_of(facts.response), statements.issuer_of(facts.assertion)
    silent = around == "" and not facts.response_signed
    if inside != expected.provider.entity_id or not (around == inside or silent):
        raise Refused("issuer")


def _destination(facts: Facts, expected: Expected) -> None:
    """A signed message names our address, an unsigned one may be silent (saml-bindings 3.5.5.2)."""
    said = facts.response.get("Destination")
    if said != expected.acs and (said is not None or facts.response_signed):
        raise Refused("destination")


def _confirmation_checks(facts: Facts, expected: Expected) -> list[Check]:
    """Recipient, request and times of the bearer confirmation; one that holds whole is enough (saml-profiles 4.1.4.2)."""
    try:
        found = statements.confirmations(facts.assertion)
    except Refused as problem:
        return [sentences.broken(problem.check, problem.case)]
    judged = [_judged(facts, one, expected) for one in found]
    if not judged:
        return [sentences.broken("recipient")]
    return next((checks for checks in judged if all(check.ok for check in checks)), judged[0])


def _judged(facts: Facts, confirmation: statements.Confirmation, expected: Expected) -> list[Check]:
    return [
        tried("recipient", lambda: _recipient(confirmation, expected)),
        tried("request", lambda: _request(facts, confirmation, expected)),
        tried("time", lambda: _times(facts, confirmation, expected)),
    ]


def _recipient(confirmation: statements.Confirmation, expected: Expected) -> None:
    if confirmation.recipient != expected.acs:
        raise Refused("recipient")


def _request(facts: Facts, confirmation: statements.Confirmation, expected: Expected) -> None:
    """Response and confirmation answer the same request, and ours if it is known (saml-profiles 4.1.4.2 and 4.1.4.3)."""
    said = {facts.response.get("InResponseTo"), confirmation.request}
    if len(said) != 1 or (expected.request_id is not None and said != {expected.request_id}):
        raise Refused("request")


def _times(facts: Facts, confirmation: statements.Confirmation, expected: Expected) -> None:
    statements.check_not_early(instant_of(facts.response.get("IssueInstant"), "time"), expected.at)
    statements.check_times(facts.assertion, confirmation, expected.at)


def _attributes(facts: Facts, expected: Expected) -> None:
    known = statements.attributes_of(facts.assertion).values
    if any(name not in known for name in expected.asked):
        raise Refused("attributes", "missing")


def _level(facts: Facts, expected: Expected) -> None:
    """The sign-in reaches the asked level, and so does each part of the person's name where the provider rates it."""
    reached, least = statements.level_of(facts.assertion), expected.least_level
    if least is None:
        return
    if not at_least(reached, least):
        raise Refused("level")
    trust = statements.attributes_of(facts.assertion).trust
    if any(not at_least(trust.get(name, reached), least) for name in PERSON):
        raise Refused("level", "attribute")
