"""Every answer of the corpus has the result that the standards ask for."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from tests.people.bundid.corpus import ACCEPTED, REFUSED, ROWS, Row
from tests.people.bundid.provider import ACS, AT, REQUEST, SP, Provider, Said, response, stamp

from direktdraht.people.bundid.checking import Verdict, check_response
from direktdraht.people.bundid.judging import Expected
from direktdraht.people.bundid.metadata import read_provider


@cache
def known(provider: Provider) -> Expected:
    """What the service provider of the tests expects; reading a key takes long."""
    key = load_pem_private_key(provider.sp.key.read_bytes(), password=None)
    assert isinstance(key, RSAPrivateKey)
    metadata = provider.metadata(provider.curve, provider.small, provider.old).encode()
    return Expected(provider=read_provider(metadata), audience=SP, acs=ACS, at=AT, request_id=REQUEST, key=key)


def expected(provider: Provider, /, **more: Any) -> Expected:
    """The same with other parts."""
    return replace(known(provider), **more)


def verdict_on(row: Row, provider: Provider, **more: Any) -> Verdict:
    """The verdict on an answer of the corpus."""
    return check_response(row.make(provider).encode(), expected(provider, **more))


def test_there_are_enough_answers_and_none_twice() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS) >= 100
    assert [row.name for row in ROWS if not row.source] == []


@pytest.mark.parametrize("row", ACCEPTED, ids=lambda row: row.name)
def test_what_the_standards_allow_is_accepted(row: Row, provider: Provider) -> None:
    verdict = verdict_on(row, provider)

    assert verdict.broken() == ""
    assert verdict.level == row.level
    assert verdict.attributes["given_name"] == "Robin"
    assert verdict.attributes["birth_date"] == "1984-02-29"


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row.name)
def test_what_the_standards_forbid_is_refused_by_name_and_gives_nothing(row: Row, provider: Provider) -> None:
    verdict = verdict_on(row, provider)

    assert verdict.broken() == row.broken
    assert not verdict.valid
    assert (verdict.level, verdict.attributes, verdict.ids, verdict.assertion) == ("none", {}, (), b"")


@pytest.mark.parametrize(
    ("reached", "asked", "holds"), [("4", "high", True), ("3", "high", False), ("3", "substantial", True), ("1", "low", True)]
)
def test_the_asked_level_must_be_reached(reached: str, asked: str, holds: bool, provider: Provider) -> None:
    message = provider.sign(response(Said(level=f"STORK-QAA-Level-{reached}"))).encode()

    verdict = check_response(message, expected(provider, least_level=asked))

    assert verdict.broken() == ("" if holds else "level")


def test_a_name_that_is_less_sure_than_the_sign_in_is_refused(provider: Provider) -> None:
    plain = '<saml:Attribute Name="urn:oid:2.5.4.42">'
    rated = plain[:-1] + ' xmlns:akdb="https://www.akdb.de/request/2018/09" akdb:TrustLevel="UNTERGEORDNET">'
    message = provider.sign(response(Said()).replace(plain, rated)).encode()

    assert check_response(message, expected(provider)).broken() == ""
    assert check_response(message, expected(provider, least_level="high")).broken() == "level"


def test_an_asked_attribute_must_be_there(provider: Provider) -> None:
    message = provider.sign(response(Said(person={"urn:oid:2.5.4.42": "Robin"}))).encode()

    verdict = check_response(message, expected(provider, asked=("given_name", "family_name")))

    assert verdict.broken() == "attributes"


def test_two_statements_on_the_sign_in_give_the_lower_known_level(provider: Provider) -> None:
    once = response(Said())
    statement = once[once.index("<saml:AuthnStatement") : once.index("<saml:AttributeStatement")]
    both = once.replace(statement, statement + statement.replace("Level-4", "Level-1"))
    password = once.replace(
        statement, statement + statement.replace("STORK-QAA-Level-4", "urn:oasis:names:tc:SAML:2.0:ac:classes:Password")
    )

    levels = [check_response(provider.sign(message).encode(), expected(provider)).level for message in (both, password)]

    assert levels == ["low", "high"]


def test_expired_metadata_are_no_longer_trusted(provider: Provider) -> None:
    stale = read_provider(provider.metadata(valid_until=stamp(-1)).encode())

    verdict = check_response(provider.sign(response(Said())).encode(), expected(provider, provider=stale))

    assert verdict.broken() == "metadata"


def test_without_the_own_key_an_encrypted_answer_is_neither_good_nor_bad(provider: Provider) -> None:
    row = next(row for row in ACCEPTED if row.name == "encrypted, the response signed")

    verdict = verdict_on(row, provider, key=None)

    assert verdict.broken() == "decryption"
    assert {check.name: check.ok for check in verdict.checks}["decryption"] is None
    assert {check.name: check.ok for check in verdict.checks}["signature"] is True
