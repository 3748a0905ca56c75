"""Whatever arrives, the verdict names what is wrong; nothing forged is ever accepted, nothing ends in an error."""

import base64
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.people.bundid.provider import Provider, Said, attribute, response
from tests.people.bundid.test_corpus import expected
from tests.scale import examples

from direktdraht.people.bundid import algorithms, answers, names, sentences
from direktdraht.people.bundid.checking import check_response
from direktdraht.people.bundid.metadata import UnreadableMetadata, read_provider
from direktdraht.people.bundid.reading import Refused, instant_of, read_xml, xml_of

PACKAGE = Path(sentences.__file__).parent


@pytest.fixture(scope="module")
def signed(provider: Provider) -> bytes:
    """An answer that is accepted."""
    return provider.sign(response(Said())).encode()


@given(message=st.binary(max_size=300))
def test_any_bytes_get_a_verdict(provider: Provider, message: bytes) -> None:
    verdict = check_response(message, expected(provider))

    assert not verdict.valid
    assert verdict.broken() in {"xml", "structure"}


@settings(max_examples=examples(60))
@given(position=st.integers(min_value=0), byte=st.integers(min_value=0, max_value=255))
def test_an_answer_with_one_other_byte_says_the_same_or_is_refused(signed: bytes, provider: Provider, position: int, byte: int) -> None:
    place = position % len(signed)
    changed = signed[:place] + bytes([byte]) + signed[place + 1 :]
    honest = check_response(signed, expected(provider))

    verdict = check_response(changed, expected(provider))

    assert not verdict.valid or (verdict.level, verdict.attributes) == (honest.level, honest.attributes)


@settings(max_examples=examples(60))
@given(cut=st.integers(min_value=0), length=st.integers(min_value=1, max_value=400), to=st.integers(min_value=0))
def test_moving_a_part_of_an_answer_changes_nothing_that_is_accepted(
    signed: bytes, provider: Provider, cut: int, length: int, to: int
) -> None:
    start = cut % len(signed)
    part, rest = signed[start : start + length], signed[:start] + signed[start + length :]
    place = to % (len(rest) + 1)
    honest = check_response(signed, expected(provider))

    verdict = check_response(rest[:place] + part + rest[place:], expected(provider))

    assert not verdict.valid or verdict.attributes == honest.attributes


@given(name=st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=40))
def test_a_signed_name_is_read_whole(provider: Provider, name: str) -> None:
    written = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    message = provider.sign(response(Said(person={}, attributes=attribute("urn:oid:2.5.4.4", written)))).encode()

    verdict = check_response(message, expected(provider))

    assert verdict.attributes.get("family_name", "") == name.strip()


def test_base64_and_xml_of_an_answer_are_the_same(signed: bytes) -> None:
    assert xml_of(signed) == xml_of(base64.b64encode(signed)) == xml_of(b"\xef\xbb\xbf" + signed)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-11-23T13:07:31Z", "2026-11-23T13:07:31+00:00"),
        ("2026-11-23T14:07:31.5+01:00", "2026-11-23T13:07:31.500000+00:00"),
        ("2026-11-23T13:07:31.123456789Z", "2026-11-23T13:07:31.123456+00:00"),
    ],
)
def test_instants_are_read_with_their_zone(text: str, iso: str) -> None:
    found = instant_of(text, "time")

    assert found is not None
    assert found.isoformat() == iso


@pytest.mark.parametrize("text", ["", "heute", "2026-11-23", "2026-11-23T13:07:31", "2026-13-01T00:00:00Z", "0001-01-01T00:00:00+14:00"])
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        instant_of(text, "time")


def test_every_refusal_in_the_code_has_its_sentence() -> None:
    raised = set()
    for path in PACKAGE.glob("*.py"):
        raised |= set(re.findall(r'Refused\("(\w+)"(?:, "(\w+)")?\)', path.read_text(encoding="utf-8")))

    assert raised - set(sentences.REFUSED) - {("xml", "unreadable")} == set()
    assert {check for check, _case in sentences.REFUSED} == set(sentences.OK)


def test_sentences_are_short_and_calm() -> None:
    everything = [*sentences.OK.values(), *sentences.REFUSED.values(), sentences.NO_KEY]
    parts = [part for sentence in everything for part in re.split(r"(?<=[.?]) ", sentence)]

    assert [part for part in parts if len(part.split()) > 15 or "!" in part] == []


def test_weak_algorithms_are_in_no_list() -> None:
    everything = {*algorithms.SIGNATURES, *algorithms.DIGESTS, *algorithms.CIPHERS, *algorithms.KEY_TRANSPORTS}

    assert [name for name in everything if re.search(r"sha1$|md5|cbc|1_5|dsa-sha1|hmac|sha224", name)] == []
    assert names.ORDER == ("none", "low", "substantial", "high")


@given(content=st.binary(max_size=200))
def test_any_bytes_are_metadata_or_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadableMetadata):
        read_provider(content)


def test_a_bomb_of_entities_is_refused_before_it_is_read() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'">]><a>' + b"&b;" * examples(1000) + b"</a>"

    with pytest.raises(Refused):
        read_xml(bomb)


def test_metadata_of_two_providers_are_refused(provider: Provider) -> None:
    once = provider.metadata()
    twice = f'<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">{once}{once}</md:EntitiesDescriptor>'

    with pytest.raises(UnreadableMetadata, match="genau ein"):
        read_provider(twice.encode())

    assert read_provider(twice.replace(once, "", 1).encode()).entity_id
    assert etree.fromstring(once.encode()).tag.endswith("EntityDescriptor")


def test_the_reference_names_every_check_level_attribute_and_failure() -> None:
    text = (Path(__file__).parents[3] / "docs" / "reference" / "saml.md").read_text(encoding="utf-8")
    failures = {*answers.FAILURES.values(), *answers.CASES.values()}

    assert [name for name in {*sentences.OK, *names.LEVELS, *names.OIDS, *failures} if f"`{name}`" not in text] == []
