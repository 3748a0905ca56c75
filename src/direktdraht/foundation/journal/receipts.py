"""Checks one receipt with the public key alone; needs neither Django nor database."""

from collections.abc import Mapping
from typing import Any

from . import merkle, records
from .keyring import KeyRing
from .report import Check, ReceiptReport

LONGEST_PROOF = 64


def verify_receipt(receipt: Mapping[str, Any], public_keys_pem: str) -> ReceiptReport:
    """Check a receipt document: its row, its signature and, once sealed, its way to the root.

    The PEM text holds one key or all keys that followed one another.
    A receipt of any other form gives a report that does not hold. Raises signing.KeyProblem.
    """
    ring = KeyRing(public_keys_pem)
    number = str(receipt.get("number", ""))
    entry = receipt.get("entry")
    if receipt.get("format") != records.RECEIPT_FORMAT or not isinstance(entry, dict):
        return ReceiptReport(number, (Check("form", False, f"This is no receipt of the form {records.RECEIPT_FORMAT}."),))
    try:
        row_hash = records.row_hash(entry)
    except records.NotCanonical as error:
        return ReceiptReport(number, (Check("form", False, f"Its row cannot be read: {error}."),))
    checks = [*_shown(receipt, entry), _signature(receipt, row_hash, ring)]
    seal, proof = receipt.get("seal"), receipt.get("proof")
    if seal is None and proof is None:
        return ReceiptReport(number, tuple(checks))
    if not isinstance(seal, dict) or not isinstance(proof, dict):
        return ReceiptReport(number, (*checks, Check("seal", False, "Seal and proof do not belong together.")))
    checks += [_seal(receipt, seal, ring), _inclusion(seal, proof, row_hash)]
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


def _signature(receipt: Mapping[str, Any], row_hash: str, ring: KeyRing) -> Check:
    why = ring.why_not(receipt.get("key_id"), records.entry_message(row_hash), receipt.get("signature"), receipt.get("received_at"))
    return Check("signature", not why, f"The row: {why}" if why else "The row is signed.")


def _seal(receipt: Mapping[str, Any], seal: Mapping[str, Any], ring: KeyRing) -> Check:
    try:
        message = records.seal_message(seal)
    except records.NotCanonical:
        return Check("seal", False, "The seal cannot be read.")
    # Receipts from before the first change of keys name one key for both.
    why = ring.why_not(seal.get("key_id", receipt.get("key_id")), message, seal.get("signature"), seal.get("sealed_at"))
    return Check("seal", not why, f"The seal: {why}" if why else "The seal is signed.")


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
