"""De-Mails of every kind against what the Technische Richtlinie says."""

import base64
import contextlib
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sandbox.demail_provider import body_form

from direktdraht.writtenform.demail.checking import Verdict, check_demail
from direktdraht.writtenform.demail.faults import UnreadableMail
from direktdraht.writtenform.demail.fields import read_mail
from direktdraht.writtenform.demail.integrity import body_holds, read_integrity
from direktdraht.writtenform.demail.parts import BrokenParts, every_part, part_of
from direktdraht.writtenform.signatures.trust import Trust, read_trust
from tests.scale import examples
from tests.writtenform.demail_cases import CASES
from tests.writtenform.demail_world import CITY, SENDER, DemailCase, DemailWorld, draft, multipart
from tests.writtenform.pki import AT


@pytest.fixture(scope="session")
def provider() -> DemailWorld:
    """The invented provider."""
    return DemailWorld()


@pytest.fixture(scope="session")
def trust(provider: DemailWorld) -> Trust:
    """Its root."""
    return read_trust(provider.trust())


def checked(case: DemailCase, provider: DemailWorld) -> Verdict:
    return check_demail(case.make(provider), read_trust(case.trust(provider)), at=AT)


@pytest.mark.parametrize("case", [case for case in CASES if not case.expected.unreadable], ids=lambda case: case.name)
def test_a_mail_gets_the_answer_of_the_guideline(case: DemailCase, provider: DemailWorld) -> None:
    verdict = checked(case, provider)

    assert {check.name for check in verdict.checks if check.ok is False} == case.expected.broken
    assert (verdict.demail, verdict.sender_confirmed) == (case.expected.demail, case.expected.confirmed)
    assert all(check.detail.endswith(".") for check in verdict.checks)
    assert len({check.name for check in verdict.checks}) == len(verdict.checks)
    if not verdict.demail:  # what nobody vouches for is not passed on
        assert (verdict.sender, verdict.holder, verdict.auth_level) == (None, None, None)


@pytest.mark.parametrize("case", [case for case in CASES if case.expected.unreadable], ids=lambda case: case.name)
def test_a_file_that_is_no_mail_gets_one_sentence(case: DemailCase, provider: DemailWorld) -> None:
    with pytest.raises(UnreadableMail, match=case.expected.unreadable):
        checked(case, provider)


def test_there_are_enough_cases_and_each_names_its_section() -> None:
    assert len(CASES) >= 90
    assert len({case.name for case in CASES}) == len(CASES)
    assert [case.name for case in CASES if not case.section] == []


def test_the_provider_vouches_for_sender_holder_and_level(provider: DemailWorld, trust: Trust) -> None:
    holder = "=?utf-8?q?J=C3=B6rg_=E2=80=AEBeispiel?="
    mail = draft(put={"X-de-mail-account-holder": holder, "X-de-mail-sender": SENDER.upper()})

    verdict = check_demail(provider.sealed(mail), trust, at=AT)

    assert (verdict.sender, verdict.holder, verdict.auth_level) == (SENDER, "Jörg Beispiel", "high")


@pytest.mark.parametrize(("own", "held"), [([CITY.upper()], True), (["anderswo@stadt.de-mail.example"], False)])
def test_a_mail_to_somebody_else_confirms_nothing(own: list[str], held: bool, provider: DemailWorld, trust: Trust) -> None:
    verdict = check_demail(provider.sealed(draft()), trust, at=AT, recipients=own)

    assert verdict.sender_confirmed is held
    assert [check.ok for check in verdict.checks if check.name == "recipient"] == [held]


@pytest.mark.parametrize(("number", "held"), [(1, False), (2, True)])
def test_a_mail_that_was_seen_before_confirms_nothing(number: int, held: bool, provider: DemailWorld, trust: Trust) -> None:
    seen = {"<mail-1@provider.de-mail.example>"}

    verdict = check_demail(provider.sealed(draft(number=number)), trust, at=AT, seen=seen)

    assert (verdict.demail, verdict.sender_confirmed) == (True, held)
    assert [check.ok for check in verdict.checks if check.name == "replay"] == [held]


def test_where_the_form_departs_it_is_reported_and_not_called_true(provider: DemailWorld, trust: Trust) -> None:
    verdict = check_demail(provider.sealed(draft(), canonical="relaxed/simple", source="dns/txt", more="l=3; "), trust, at=AT)

    profile = next(check for check in verdict.checks if check.name == "profile")
    assert profile.ok is None
    assert all(word in profile.detail for word in ("simple/simple", "„l“", "Zertifikat"))


def test_a_mail_inside_the_mail_is_not_looked_into() -> None:
    inner = b"Content-Type: message/rfc822\r\n\r\n" + draft(
        multipart(b"\r\nx", boundary="b"), content=[("Content-Type", 'multipart/mixed; boundary="b"')]
    )
    mail = read_mail(draft(multipart(inner), content=[("Content-Type", 'multipart/mixed; boundary="grenze"')]))

    assert [part.type for part in every_part(part_of(mail))] == ["multipart/mixed", "message/rfc822"]


@settings(max_examples=examples(40), deadline=None)
@given(data=st.data())
def test_no_changed_signed_byte_leaves_the_sender_confirmed(data: st.DataObject, provider: DemailWorld, trust: Trust) -> None:
    mail = SEALED.setdefault("mail", provider.sealed(draft()))
    last_line_end = len(mail) - 2  # an end that is missing is added again by the canonical form
    begin = mail.index(b"From: ")
    signed = [place for place in range(begin, last_line_end) if not _in_unsigned_field(mail, place)]
    place = data.draw(st.sampled_from(signed))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != mail[place]))

    try:
        verdict = check_demail(mail[:place] + bytes([byte]) + mail[place + 1 :], trust, at=AT)
    except UnreadableMail:
        return

    assert not verdict.sender_confirmed


SEALED: dict[str, bytes] = {}
UNSIGNED = (b"To:", b"MIME-Version:", b"Content-", b"X-de-mail-actual-recipient:")


def _in_unsigned_field(mail: bytes, place: int) -> bool:
    """Whether a byte of the head belongs to a line that is not signed, or to the end of one."""
    head_end = mail.index(b"\r\n\r\n")
    if place >= head_end + 4:
        return False
    begin = mail.rfind(b"\r\n", 0, place) + 2
    return mail[begin:].startswith(UNSIGNED) or mail[begin : begin + 1] in b"\r\n" or mail[place : place + 1] in b"\r\n"


@settings(max_examples=examples(200), deadline=None)
@given(st.sampled_from(["simple", "relaxed"]), st.text(alphabet=" \tab\n", max_size=60))
def test_a_second_program_finds_the_same_canonical_body(form: str, text: str) -> None:
    body = f"{text}\n".replace("\n", "\r\n").encode()  # every line ends so (TR-01201 part 3.4, 3.1.21 number 4)
    digest = base64.b64encode(hashlib.sha256(body_form(body, form)).digest()).decode()
    integrity = read_integrity(read_mail(f"X-de-mail-integrity: a=sha256; b=YQ==; h=from; c=simple/{form}; bh={digest}\r\n\r\n".encode()))

    assert integrity is not None
    assert body_holds(integrity, body)
    assert not body_holds(integrity, body + b"c")


@settings(max_examples=examples(150), deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    with contextlib.suppress(UnreadableMail):
        verdict = check_demail(b"From: a\r\n" + data, Trust(files={}), at=AT)

        assert not verdict.demail


@settings(max_examples=examples(100), deadline=None)
@given(
    st.lists(st.binary(max_size=30).filter(lambda one: b"--" not in one and b"\r" not in one and b"\n" not in one), min_size=1, max_size=6)
)
def test_parts_come_back_byte_by_byte(bodies: list[bytes]) -> None:
    parts = [b"Content-Type: text/plain\r\n\r\n" + body for body in bodies]
    mail = read_mail(b'From: a\r\nContent-Type: multipart/mixed; boundary="g"\r\n\r\n' + multipart(*parts, boundary="g"))

    found = part_of(mail).children

    assert [part.raw for part in found] == parts
    assert [part.body for part in found] == bodies


@settings(max_examples=examples(150), deadline=None)
@given(st.text(alphabet="-g;=\"\r\n :abContent-Typemulipar/xd'*0", max_size=200))
def test_broken_parts_stop_the_reading_and_nothing_else_does(text: str) -> None:
    mail = read_mail(b'From: a\r\nContent-Type: multipart/mixed; boundary="g"\r\n\r\n--g\r\n' + text.encode())

    with contextlib.suppress(BrokenParts):
        assert part_of(mail).type == "multipart/mixed"
