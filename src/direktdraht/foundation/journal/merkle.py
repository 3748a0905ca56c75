"""Merkle trees and inclusion proofs as RFC 9162 (formerly RFC 6962), section 2.1, with SHA-256."""

import hashlib
from collections.abc import Sequence

_LEAF, _NODE = b"\x00", b"\x01"


def root(leaves: Sequence[bytes]) -> bytes:
    """The tree's root hash; for no leaves the hash of nothing."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = [_leaf(leaf) for leaf in leaves]
    while len(level) > 1:
        level = _next_level(level)
    return level[0]


def inclusion_proof(leaves: Sequence[bytes], position: int) -> list[bytes]:
    """The neighbours' hashes that lead from the leaf at ``position`` to the root, from below.

    Raises IndexError when there is no such leaf.
    """
    if not 0 <= position < len(leaves):
        raise IndexError(f"no leaf {position} among {len(leaves)}")
    level = [_leaf(leaf) for leaf in leaves]
    proof = []
    while len(level) > 1:
        neighbour = position ^ 1
        # The last node of an odd level has no neighbour and rises unchanged.
        if neighbour < len(level):
            proof.append(level[neighbour])
        level = _next_level(level)
        position //= 2
    return proof


def root_from_proof(leaf: bytes, position: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root to which the proof leads (RFC 9162, 2.1.3.2), or None when it cannot fit the tree."""
    if not 0 <= position < size:
        return None
    node, last, seen = position, size - 1, _leaf(leaf)
    for neighbour in proof:
        if last == 0:
            return None
        if node & 1 or node == last:
            seen = _node(neighbour, seen)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            seen = _node(seen, neighbour)
        node, last = node >> 1, last >> 1
    return seen if last == 0 else None


def _leaf(content: bytes) -> bytes:
    return hashlib.sha256(_LEAF + content).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE + left + right).digest()


def _next_level(level: list[bytes]) -> list[bytes]:
    pairs = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return pairs + level[len(pairs) * 2 :]
