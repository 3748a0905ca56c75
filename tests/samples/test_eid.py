"""The messages that the guideline prints (TR-03130-1 section 3.6): ours look like them, theirs are read, the app's are refused."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree
from sandbox import eid_messages as server

from direktdraht.foundation.safe_xml import read_xml
from direktdraht.people.eid import requests
from direktdraht.people.eid.answers import read_card_result, read_server_info, read_session
from direktdraht.people.eid.checking import Expected, check_result, opened
from direktdraht.people.eid.names import EID, SOAP, tag
from direktdraht.people.eid.requests import Wanted
from direktdraht.people.eid.sentences import Refused

SAMPLES = os.environ.get("SAMPLES_DIR", "")
FOLDER = Path(SAMPLES) / "bundid" / "tr03130"
AT = datetime(2026, 11, 24, tzinfo=UTC)
QUESTIONS = ("useIDRequest.xml", "getResultRequest.xml", "getServerInfoRequest.xml")
ANSWERS = ("useIDResponse.xml", "getServerInfoResponse.xml")
OF_THE_APP = (
    "startPAOS.xml",
    "didAuthenticateEAC1.xml",
    "didAuthenticateEAC2.xml",
    "didAuthEAC1Response.xml",
    "didAuthEAC2Response.xml",
    "transmit.xml",
    "transmitResponse.xml",
)
needed = pytest.mark.skipif(not SAMPLES, reason="SAMPLES_DIR does not name the printed messages of TR-03130")


def message(name: str) -> etree._Element:
    """The only element of the body of a printed message."""
    body = read_xml((FOLDER / name).read_bytes()).find(tag(SOAP, "Body"))
    assert body is not None
    return body[0]


def outline(node: etree._Element) -> list[tuple[str, str]]:
    """Every element below with its text, in order; an element without text asks for nothing."""
    return [(etree.QName(child).localname, " ".join((child.text or "").split()) or "PROHIBITED") for child in node.iter() if not len(child)]


def expected() -> Expected:
    since = AT.replace(year=2025)
    return Expected(server.new_holder("eID-Server", since=since, days=900).certificate, AT, Wanted(frozenset({"given_name"})))


@needed
def test_every_file_of_the_samples_stands_in_a_table() -> None:
    assert {path.name for path in FOLDER.glob("*.xml")} == {*QUESTIONS, *ANSWERS, *OF_THE_APP}


@needed
def test_our_question_for_a_session_has_the_printed_form() -> None:
    printed = message("useIDRequest.xml")
    wanted = Wanted(frozenset({"given_name", "family_name", "birth_date", "birth_name", "address", "pseudonym"}), "high", "", 18, "027605")

    ours = requests.use_id(wanted)

    order = [child.tag for child in printed]
    assert ours.tag == printed.tag
    assert [child.tag for child in ours] == [name for name in order if name in {child.tag for child in ours}]
    assert [name for name, _ in outline(ours[0])] == [name for name, _ in outline(printed[0])]
    theirs = dict(outline(printed[0]))
    assert {name for name, word in outline(ours[0]) if word == "REQUIRED"} <= {name for name, word in theirs.items() if word == "REQUIRED"}
    assert set(outline(ours)[17:]) <= set(outline(printed))


@needed
def test_our_question_for_a_result_is_the_printed_one() -> None:
    printed = message("getResultRequest.xml")
    ours = requests.get_result("1234567890abcdef1234567890abcdef", 1)

    assert (ours.tag, outline(ours)) == (printed.tag, outline(printed))


@needed
def test_our_question_for_the_server_is_the_printed_one_with_its_namespace() -> None:
    """The guideline prints the element without namespace; its schema has one."""
    assert etree.QName(message("getServerInfoRequest.xml")).localname == "getServerInfoRequest"
    assert requests.get_server_info().tag == tag(EID, "getServerInfoRequest")


@needed
def test_the_printed_session_is_read() -> None:
    session = read_session(message("useIDResponse.xml"))

    assert session.session == "1234567890abcdef1234567890abcdef"
    assert (session.psk_id, session.psk_key) == ("0987654321abcdef1234567890abcdef", "fedcba0987654321fedcba0987654321")
    assert session.result.major.endswith("#ok")


@needed
def test_the_printed_rights_are_read() -> None:
    info = read_server_info(message("getServerInfoResponse.xml"))

    assert info.version == "2.4"
    assert [name for name, word in info.rights.items() if word != "ALLOWED"] == ["CommunityID", "ResidencePermitI"]


@needed
@pytest.mark.parametrize("name", [*QUESTIONS, *ANSWERS])
def test_a_printed_message_carries_no_signature_and_is_refused(name: str) -> None:
    with pytest.raises(Refused) as caught:
        opened((FOLDER / name).read_bytes(), expected())

    assert (caught.value.check, caught.value.case) == ("signature", "missing")


@needed
@pytest.mark.parametrize("name", OF_THE_APP)
def test_a_message_between_app_and_server_is_no_answer_to_us(name: str) -> None:
    verdict = check_result((FOLDER / name).read_bytes(), expected())

    assert (verdict.valid, verdict.failure) == (False, "not_trusted")
    with pytest.raises(Refused):
        read_card_result(read_xml((FOLDER / name).read_bytes()))


@needed
@pytest.mark.parametrize("name", ANSWERS)
def test_the_counterpart_of_the_tests_speaks_as_the_guideline_prints(name: str) -> None:
    printed = message(name)
    made = {
        "useIDResponse.xml": server.use_id_response("1" * 32, "2" * 32, "3" * 32),
        "getServerInfoResponse.xml": server.server_info_response([etree.QName(child).localname for child in printed[-1]]),
    }[name]

    assert [child.tag for child in made.iter()] == [child.tag for child in printed.iter()]
