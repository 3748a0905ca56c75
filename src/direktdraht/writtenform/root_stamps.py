"""Timestamps over roots of the journal (RFC 3161): the root's 32 bytes are the imprint. Pure.

Anyone can check one with OpenSSL: ``openssl ts -verify -digest ROOT -token_in -in FILE -CAfile ROOTS.pem``.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import cache

from asn1crypto import cms

from direktdraht.foundation.journal.report import StampFinding
from direktdraht.writtenform.signatures.faults import FOREIGN
from direktdraht.writtenform.signatures.paths import Material
from direktdraht.writtenform.signatures.timestamps import WholeToken, check_stamp, whole_token
from direktdraht.writtenform.signatures.trust import Trust

ALGORITHM = "sha256"  # of the roots themselves


def examiner(read: Callable[[], Trust], at: datetime) -> Callable[[bytes, bytes], StampFinding]:
    """A check of token and root with what is trusted at an instant; ``read`` is called once, and only if there is a token."""

    @cache
    def material() -> Material:
        trust = read()
        return Material(tuple(trust.anchors(at)), trust.others, trust.crls, trust.ocsps)

    return lambda token, root: examine(token, root, material(), at)


def examine(token: bytes, root: bytes, material: Material, at: datetime) -> StampFinding:
    """Whether the token is whole and over this root, and whether somebody vouches for its service."""
    read = read_token(token, root)
    if isinstance(read, StampFinding):
        return read
    signed, whole = read
    judged = asyncio.run(check_stamp(signed, imprint_of(root), material, at))
    return StampFinding(True if judged.ok else None, whole.moment)


def read_token(token: bytes, root: bytes) -> tuple[cms.SignedData, WholeToken] | StampFinding:
    """The token if its signature holds and it was made over this root, else what is wrong."""
    try:
        info = cms.ContentInfo.load(token, strict=True)
        signed = info["content"] if info["content_type"].native == "signed_data" else None
        whole = whole_token(signed, imprint_of(root)) if signed is not None else None
    except FOREIGN:
        return StampFinding(False, why="its timestamp cannot be read.")
    if not isinstance(whole, WholeToken):
        return StampFinding(False, why="its timestamp is no timestamp of this root, or its signature does not hold.")
    return signed, whole


def imprint_of(root: bytes) -> Callable[[str], bytes]:
    """What stands in a timestamp over this root, by the name of the algorithm."""
    return lambda algorithm: root if algorithm == ALGORITHM else b""


def authority_of(whole: WholeToken) -> str:
    """The service as its certificate names it; the whole name where it has no common name."""
    subject = whole.certificate.subject
    return str(subject.native.get("common_name") or subject.human_friendly)
