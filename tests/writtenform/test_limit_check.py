"""The check in a process of its own: the same answer, and an end for files that eat time or memory."""

import pytest

from direktdraht.writtenform.signatures.checking import check_signature
from direktdraht.writtenform.signatures.faults import UnreadableSignature
from direktdraht.writtenform.signatures.limits import SPENT, Limits, check_limited
from direktdraht.writtenform.signatures.trust import read_trust
from tests.writtenform.papers import signed_by
from tests.writtenform.pdf_cases import bomb, nested
from tests.writtenform.pki import AT
from tests.writtenform.world import World


def test_the_answer_is_the_same_as_without_limits(world: World) -> None:
    pdf = signed_by(world.robin)

    limited = check_limited(pdf, world.with_list(), at=AT)

    assert limited == check_signature(pdf, read_trust(world.with_list()), at=AT)


@pytest.mark.parametrize("data", [bomb(), nested(200_000)], ids=["bomb", "nested"])
def test_a_hostile_file_ends_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableSignature, match=r"\.$"):
        check_limited(data, {}, at=AT)


@pytest.mark.parametrize("limits", [Limits(memory_bytes=60_000_000), Limits(wall_seconds=0.05)], ids=["memory", "time"])
def test_a_check_that_needs_too_much_is_stopped(world: World, limits: Limits) -> None:
    with pytest.raises(UnreadableSignature) as stopped:
        check_limited(signed_by(world.robin), world.roots_only, at=AT, limits=limits)

    assert str(stopped.value) == SPENT
