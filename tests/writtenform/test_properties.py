"""What must hold for any change of any byte, and for any outcomes."""

from datetime import UTC, datetime
from functools import cache

import pytest
from asn1crypto import algos
from hypothesis import given, settings
from hypothesis import strategies as st

from direktdraht.foundation.verdicts import Check
from direktdraht.writtenform.checks import CheckResult, worst
from direktdraht.writtenform.signatures.algorithms import DIGESTS, SIGNATURES, AcceptedAlgorithms
from direktdraht.writtenform.signatures.checking import check_signature
from direktdraht.writtenform.signatures.faults import UnreadableSignature
from direktdraht.writtenform.signatures.report import NAMES, report_lines
from direktdraht.writtenform.signatures.trust import read_trust
from tests.scale import examples
from tests.writtenform.papers import byte_range_of, signed_by
from tests.writtenform.pki import AT
from tests.writtenform.world import World


@cache
def honest() -> tuple[World, bytes]:
    """A world and a good signature in it."""
    world = World()
    return world, signed_by(world.robin)


def valid(data: bytes, world: World) -> bool:
    """Whether a file counts as signed; what cannot be read does not."""
    try:
        return check_signature(data, read_trust(world.roots_only), at=AT).valid
    except UnreadableSignature:
        return False


def test_the_honest_signature_is_valid() -> None:
    world, pdf = honest()

    assert valid(pdf, world)


@settings(max_examples=examples(40))
@given(st.data())
def test_no_changed_byte_of_what_is_signed_stays_valid(data: st.DataObject) -> None:
    world, pdf = honest()
    _, before, after, length = byte_range_of(pdf)
    place = data.draw(st.one_of(st.integers(0, before - 1), st.integers(after, after + length - 1)))
    value = data.draw(st.integers(1, 255))
    changed = bytearray(pdf)
    changed[place] ^= value

    assert not valid(bytes(changed), world)


@settings(max_examples=examples(25))
@given(st.binary(min_size=1, max_size=400))
def test_nothing_can_be_appended(noise: bytes) -> None:
    world, pdf = honest()

    assert not valid(pdf + noise, world) or not noise.strip(b"\0\t\n\f\r ")


@settings(max_examples=examples(40))
@given(st.binary(max_size=600))
def test_any_bytes_get_an_answer_or_one_sentence(noise: bytes) -> None:
    world, _ = honest()
    for data in (noise, b"%PDF-1.7\n" + noise):
        with pytest.raises(UnreadableSignature, match=r"\.$"):
            check_signature(data, read_trust(world.roots_only), at=AT, content=b"x")


@given(st.dictionaries(st.sampled_from(["a.pem", "b.cer", "c.xml", "d.crl"]), st.binary(max_size=300)))
def test_a_trust_folder_of_noise_is_told_and_never_believed(files: dict[str, bytes]) -> None:
    trust = read_trust(files)

    assert (trust.roots, trust.others, trust.lists, trust.crls) == ((), (), (), ())
    assert len(trust.problems) == len(files)


@given(st.lists(st.sampled_from([True, False, None]), min_size=1))
def test_the_worst_outcome_counts(outcomes: list[bool | None]) -> None:
    assert worst(outcomes) == (False if False in outcomes else None if None in outcomes else True)


@given(st.lists(st.tuples(st.sampled_from(sorted(NAMES)), st.sampled_from([True, False, None])), max_size=20), st.booleans())
def test_every_check_appears_in_the_report(checks: list[tuple[str, bool | None]], valid: bool) -> None:
    result = CheckResult(valid, False, (), "whole", "B-B", tuple(Check(name, ok, "") for name, ok in checks))

    lines = report_lines(result)

    for kind, ok in (("held", True), ("broken", False), ("unchecked", None)):
        assert len([line for line in lines if line.kind == kind]) == len({name for name, value in checks if value is ok})


@given(st.integers(min_value=946_684_800, max_value=2_840_140_800))
def test_an_algorithm_is_accepted_exactly_in_its_time(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    for row in DIGESTS:
        allowed = AcceptedAlgorithms().digest_algorithm_allowed(algos.DigestAlgorithm({"algorithm": row.name}), moment)

        assert bool(allowed) == (row.since <= moment <= row.until)


def test_every_algorithm_names_its_source() -> None:
    assert [row.name for row in (*DIGESTS, *SIGNATURES) if not row.source] == []
    assert not AcceptedAlgorithms().digest_algorithm_allowed(algos.DigestAlgorithm({"algorithm": "md5"}), AT)
