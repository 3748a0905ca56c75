"""Merkle trees against the published test vectors of Certificate Transparency, and by property."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scale import examples

from direktdraht.foundation.journal import merkle

LEAVES = [
    bytes.fromhex(leaf) for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# Leaf, tree size, the way to the root: from the same published set.
PROOFS = [
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
trees = st.lists(st.binary(max_size=40), min_size=1, max_size=70)


def defined_root(leaves: list[bytes]) -> bytes:
    """The root by the recursive definition of RFC 9162, section 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + defined_root(leaves[:split]) + defined_root(leaves[split:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_published_roots(size: int) -> None:
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("position", "size", "proof"), PROOFS)
def test_published_inclusion_proofs(position: int, size: int, proof: list[str]) -> None:
    found = merkle.inclusion_proof(LEAVES[:size], position)

    assert [node.hex() for node in found] == proof
    seen = merkle.root_from_proof(LEAVES[position], position, size, found)
    assert seen is not None
    assert seen.hex() == ROOTS[size]


@given(trees)
@settings(max_examples=examples(50))
def test_the_root_is_the_defined_one(leaves: list[bytes]) -> None:
    assert merkle.root(leaves) == defined_root(leaves)


@given(trees, st.data())
@settings(max_examples=examples(50))
def test_every_leaf_has_a_proof_and_no_other_content_has_it(leaves: list[bytes], data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(st.binary(max_size=40).filter(lambda content: content != leaves[position]))

    proof = merkle.inclusion_proof(leaves, position)

    root = merkle.root(leaves)
    assert merkle.root_from_proof(leaves[position], position, len(leaves), proof) == root
    assert merkle.root_from_proof(other, position, len(leaves), proof) != root
    assert merkle.root_from_proof(leaves[position], position, len(leaves), [*proof, root]) is None
    if proof:
        assert merkle.root_from_proof(leaves[position], position, len(leaves), proof[:-1]) != root


@pytest.mark.parametrize(("position", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_position_outside_the_tree_has_no_proof(position: int, size: int) -> None:
    with pytest.raises(IndexError):
        merkle.inclusion_proof(LEAVES[:size], position)
    assert merkle.root_from_proof(b"", position, size, []) is None
