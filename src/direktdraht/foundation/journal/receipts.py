"""Checks one receipt with the public key alone; needs neither Django nor database."""

from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from . import merkle, records, signing
from .report import Check, ReceiptReport

LONGEST_PROOF = 64


def verify_receipt(receipt: Mapping[str, Any], public_key_pem: str) -> ReceiptReport:
    """Check a receipt document: its row, its signature and, once sealed, its way to the root.

    A receipt of any other form gives a report that does not hold. Raises signing.KeyProblem.
    """
    key = signing.public_key(public_key_pem)
    number = str(receipt.get("number", ""))
    entry = receipt.get("entry")
    if receipt.get("format") != records.RECEIPT_FORMAT or not isinstance(entry, dict):
        return ReceiptReport(number, (Check("form", False, f"This is no receipt of the form {records.RECEIPT_FORMAT}."),))
    try:
        row_hash = records.row_hash(entry)
    except records.NotCanonical as error:
        return ReceiptReport(number, (Check("form", False, f"Its row cannot be read: {error}."),))
    checks = [*_shown(receipt, entry), _signature(receipt, row_hash, key)]
    seal, proof = receipt.get("seal"), receipt.get("proof")
    if seal is None and proof is None:
        return ReceiptReport(number, tuple(checks))
    if not isinstance(seal, dict) or not isinstance(proof, dict):
        return ReceiptReport(number, (*checks, Check("seal", False, "Seal and proof do not belong together.")))
    checks += [_seal(seal, key), _inclusion(seal, proof, row_hash)]
    return ReceiptReport(number, tuple(checks), _batch(seal))


def _shown(receipt: Mapping[str, Any], entry: Mapping[str, Any]) -> list[Check]:
    """That what the receipt shows is what its row says."""
    facts = entry.get("facts")
    subject = str(entry.get("subject", "")).partition(":")[2]
    named = {subject, str(facts.get("number"))} if isinstance(facts, dict) else {subject}
    return [
        _equal("number", str(receipt.get("number")) in named, "number"),
        _equal("instant", receipt.get("received_at") == entry.get("recorded_at"), "instant of receipt"),
        _equal("digest", receipt.get("digest") == entry.get("digest"), "digest"),
    ]


def _equal(name: str, holds: bool, what: str) -> Check:
    return Check(name, holds, f"The {what} is the row's." if holds else f"The {what} is not the row's.")


def _signature(receipt: Mapping[str, Any], row_hash: str, key: Ed25519PublicKey) -> Check:
    if receipt.get("key_id") != signing.key_id(key):
        return Check("signature", False, "The receipt was signed with another key.")
    holds = signing.is_signed(key, records.entry_message(row_hash), str(receipt.get("signature")))
    return Check("signature", holds, "The row is signed." if holds else "The row's signature does not hold.")


def _seal(seal: Mapping[str, Any], key: Ed25519PublicKey) -> Check:
    try:
        holds = signing.is_signed(key, records.seal_message(seal), str(seal.get("signature")))
    except records.NotCanonical:
        holds = False
    return Check("seal", holds, "The seal is signed." if holds else "The seal's signature does not hold.")


def _inclusion(seal: Mapping[str, Any], proof: Mapping[str, Any], row_hash: str) -> Check:
    position, hashes, size = proof.get("position"), proof.get("hashes"), seal.get("size")
    wrong = Check("inclusion", False, "The row does not lie in the seal.")
    if not isinstance(position, int) or not isinstance(size, int) or not isinstance(hashes, list):
        return wrong
    try:
        nodes = [bytes.fromhex(str(node)) for node in hashes[:LONGEST_PROOF]]
    except ValueError:
        return wrong
    root = merkle.root_from_proof(bytes.fromhex(row_hash), position, size, nodes)
    if root is None or len(hashes) > LONGEST_PROOF or root.hex() != seal.get("root"):
        return wrong
    return Check("inclusion", True, "The row lies in the seal.")


def _batch(seal: Mapping[str, Any]) -> int | None:
    number = seal.get("number")
    return number if isinstance(number, int) else None
