"""Every answer of the corpus gets its verdict; nothing of a refused answer is read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sandbox import eid_messages as server
from tests.people.eid.city import World
from tests.people.eid.corpus import GOOD, HOSTILE, PSEUDONYM, Row

from direktdraht.people.eid.checking import check_result
from direktdraht.people.eid.results import failure_of, failure_of_app
from direktdraht.people.eid.sentences import FAILURES


@pytest.mark.parametrize("row", GOOD, ids=lambda row: row.name)
def test_a_good_answer_says_who_is_speaking(world: World, row: Row) -> None:
    verdict = check_result(row.make(world), world.expected(row.wanted))

    assert [check for check in verdict.checks if check.ok is not True] == []
    assert (verdict.valid, verdict.failure, verdict.level) == (True, "", "high")
    assert set(verdict.attributes) == row.wanted.attributes
    assert (verdict.attributes["given_name"], verdict.attributes["family_name"]) == ("ROBIN", "BEISPIEL")


@pytest.mark.parametrize("row", HOSTILE, ids=lambda row: row.name)
def test_a_hostile_answer_is_refused_by_name(world: World, row: Row) -> None:
    verdict = check_result(row.make(world), world.expected(row.wanted))

    assert tuple(check.name for check in verdict.checks if check.ok is not True) == row.broken
    assert (verdict.valid, verdict.failure, verdict.level, dict(verdict.attributes)) == (False, row.failure, "none", {})
    assert verdict.failure in FAILURES


def test_every_row_names_its_section_once() -> None:
    rows = [*GOOD, *HOSTILE]

    assert len(rows) >= 25
    assert len({row.name for row in rows}) == len(rows)
    assert [row.name for row in rows if not row.section] == []


@pytest.mark.parametrize(("state", "minor"), server.FAILURES.items(), ids=lambda value: value.rpartition("#")[2])
def test_every_failure_of_the_server_has_a_plain_sentence(world: World, state: str, minor: str) -> None:
    verdict = check_result(world.answer(world.result(minor=minor)), world.expected())

    assert not verdict.valid
    assert [check.name for check in verdict.checks if check.ok is not True] == ["result"]
    assert verdict.failure != "unknown"
    assert (verdict.failure == "waiting") == (state == "waiting")
    assert verdict.failure == "waiting" or FAILURES[verdict.failure]


def test_a_certificate_out_of_date_is_its_own_finding(world: World) -> None:
    expected = world.expected()
    answer = server.signed(world.result(), world.old, expected.at)

    verdict = check_result(answer, type(expected)(world.old.certificate, expected.at, expected.wanted, expected.request))

    assert [check.name for check in verdict.checks if check.ok is not True] == ["certificate"]


def test_the_same_card_has_the_same_pseudonym_again(world: World) -> None:
    answers = [world.answer(world.result(PSEUDONYM)) for _ in range(2)]

    pseudonyms = {check_result(answer, world.expected(PSEUDONYM)).attributes["pseudonym"] for answer in answers}

    assert len(pseudonyms) == 1
    assert pseudonyms.pop() == server.Person().values["RestrictedID"].lower()


def test_the_app_alone_never_says_who_is_speaking() -> None:
    words = {"cancellationByUser": "cancelled", "trustedChannelEstablishmentFailed": "channel", "serverError": "server_error"}

    found = {word: failure_of_app({"ResultMajor": "error", "ResultMinor": word}) for word in words}

    assert found == words
    assert failure_of_app({}) == "unknown"
    assert failure_of_app({"ResultMajor": "ok"}) == ""


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_other_code_is_a_failure_with_a_sentence(major: str, minor: str) -> None:
    assert failure_of(major, minor) in {*FAILURES, "waiting"}
    assert failure_of_app({"ResultMajor": major, "ResultMinor": minor}) in {*FAILURES, ""}


@settings(deadline=None, max_examples=60)
@given(position=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_an_answer_with_any_byte_changed_is_never_another_person(world: World, position: int, byte: int) -> None:
    answer = bytearray(world.answer(world.result()))
    answer[position % len(answer)] = byte

    verdict = check_result(bytes(answer), world.expected())

    person = {"given_name": "ROBIN", "family_name": "BEISPIEL", "birth_date": "1964-08-12"}
    assert dict(verdict.attributes) in ({}, person)
    assert verdict.valid == bool(verdict.attributes)


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=400))
def test_anything_that_arrives_gets_a_verdict(world: World, answer: bytes) -> None:
    assert check_result(answer, world.expected()).failure == "not_trusted"


def test_an_answer_has_the_same_digest_whatever_stands_around_what_is_signed(world: World) -> None:
    answer = world.answer(world.result())
    padded = answer.replace(b"</soapenv:Header>", b"  </soapenv:Header>\n")

    digests = [check_result(content, world.expected()).digest for content in (answer, padded, world.answer(world.result(GivenNames="KIM")))]

    assert padded != answer
    assert (len(digests[0]), digests[0] == digests[1], digests[0] == digests[2]) == (64, True, False)
