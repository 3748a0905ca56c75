"""Questions to the eID server: only what is needed, signed so that another library can check it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from sandbox import eid_messages as server
from tests.people.eid.city import AT, KEY, SESSION, WANTED, World

from direktdraht.people.eid import requests
from direktdraht.people.eid.answers import read_server_info
from direktdraht.people.eid.checking import check_server_info, check_session
from direktdraht.people.eid.names import ATTRIBUTES, EID, OPERATIONS, tag
from direktdraht.people.eid.requests import Unaskable, Wanted
from direktdraht.people.eid.results import failure_of
from direktdraht.people.eid.sentences import Refused


def words(message: etree._Element) -> dict[str, str]:
    """Each operation with what is asked of it."""
    return {etree.QName(child).localname: child.text or "" for child in message[0]}


def test_only_what_is_needed_is_asked_for() -> None:
    asked = words(requests.use_id(WANTED))

    assert list(asked) == list(OPERATIONS)
    assert [name for name, word in asked.items() if word == "REQUIRED"] == ["DocumentType", "GivenNames", "FamilyNames", "DateOfBirth"]
    assert set(asked.values()) == {"REQUIRED", "PROHIBITED"}


def test_the_text_of_the_declaration_is_shown_before_the_pin() -> None:
    message = requests.use_id(WANTED)

    assert message.findtext(tag(EID, "TransactionInfo")) == "Widerspruch, Prüfcode 7KQM-2F4T"
    assert message.findtext(tag(EID, "LevelOfAssuranceRequest")) == "http://bsi.bund.de/eID/LoA/hoch"


@given(st.sets(st.sampled_from(sorted(ATTRIBUTES))), st.one_of(st.none(), st.integers(1, 150)))
def test_whatever_is_asked_for_is_required_and_nothing_else(attributes: set[str], age: int | None) -> None:
    wanted = Wanted(frozenset(attributes), age=age)

    asked = words(requests.use_id(wanted))

    required = {name for name, word in asked.items() if word == "REQUIRED"}
    assert required == {"DocumentType", *(ATTRIBUTES[name] for name in attributes), *(["AgeVerification"] if age else [])}


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(frozenset({"religion"})),
        Wanted(frozenset(), age=0),
        Wanted(frozenset(), age=151),
        Wanted(frozenset(), community="27605"),
        Wanted(frozenset(), text="x" * 501),
        Wanted(frozenset(), text="eins\nzwei"),
    ],
)
def test_what_the_card_cannot_answer_is_not_asked(wanted: Wanted) -> None:
    with pytest.raises(Unaskable, match=r"\.$"):
        requests.use_id(wanted)


@pytest.mark.parametrize(("session", "counter"), [("", 1), ("mit Leerzeichen", 1), (SESSION, 0), (SESSION, -1)])
def test_a_result_is_asked_with_a_session_and_a_counter(session: str, counter: int) -> None:
    with pytest.raises(Unaskable):
        requests.get_result(session, counter)


@pytest.mark.parametrize("message", [requests.use_id(WANTED), requests.get_result(SESSION, 2), requests.get_server_info()])
def test_a_question_is_signed_over_body_and_timestamp(world: World, message: etree._Element) -> None:
    found, _ = server.verified_request(world.sealed(message), world.city.certificate)

    assert etree.tostring(found, method="c14n") == etree.tostring(message, method="c14n")


@pytest.mark.parametrize("place", [b">1234567890abcdef", b">2026-11-24T10:00:00Z<"])
def test_a_question_that_is_changed_on_its_way_is_noticed(world: World, place: bytes) -> None:
    changed = world.request.replace(place, place.replace(b"1", b"7"))

    with pytest.raises(server.BadRequest):
        server.verified_request(changed, world.city.certificate)


def test_another_city_cannot_ask_in_our_name(world: World) -> None:
    with pytest.raises(server.BadRequest):
        server.verified_request(world.request, world.stranger.certificate)


def test_a_session_comes_with_the_key_for_the_app(world: World) -> None:
    session = check_session(world.answer(server.use_id_response(SESSION, "p" * 32, KEY)), world.expected())

    assert (session.session, session.psk_id, session.psk_key) == (SESSION, "p" * 32, KEY)


@pytest.mark.parametrize(("state", "failure"), [("busy", "busy"), ("no-rights", "not_allowed")])
def test_a_refused_session_says_why(world: World, state: str, failure: str) -> None:
    answer = world.answer(server.use_id_response("", "", "", minor=server.FAILURES[state]))

    result = check_session(answer, world.expected()).result

    assert failure_of(result.major, result.minor) == failure


@pytest.mark.parametrize(("session", "key"), [("", KEY), (SESSION, ""), (SESSION, "abc"), (SESSION, "g" * 32)])
def test_a_session_without_a_good_key_is_refused(world: World, session: str, key: str) -> None:
    with pytest.raises(Refused):
        check_session(world.answer(server.use_id_response(session, "p" * 32, key)), world.expected())


def test_an_answer_to_another_question_is_refused(world: World) -> None:
    with pytest.raises(Refused):
        check_session(world.answer(world.result()), world.expected())


def test_the_server_says_what_the_city_may_read(world: World) -> None:
    info = check_server_info(world.answer(server.server_info_response(["GivenNames", "FamilyNames"])), world.expected())

    assert (info.version, info.rights) == ("2.4", {"GivenNames": "ALLOWED", "FamilyNames": "ALLOWED"})


@settings(deadline=None)
@given(st.lists(st.sampled_from(OPERATIONS), unique=True))
def test_rights_are_read_as_they_are_written(rights: list[str]) -> None:
    assert dict(read_server_info(server.server_info_response(rights)).rights) == dict.fromkeys(rights, "ALLOWED")


def test_the_instant_of_a_question_is_in_utc(world: World) -> None:
    assert AT.strftime("%Y-%m-%dT%H:%M:%SZ").encode() in world.request
