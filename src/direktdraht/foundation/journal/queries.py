"""What can be asked: rows of a subject, the seal of a row, the proof in a receipt, public roots."""

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from . import keyring, merkle, records
from .keys import public_key_pem
from .models import Entry, RootStamp, Seal, SealedEntry

KEY_SUBJECT = "journal:key"


@dataclass(frozen=True)
class SealInfo:
    """In which batch a row is sealed, since when, and under which root."""

    number: int
    root: str
    size: int
    position: int
    sealed_at: datetime


def entries_for(subject: str) -> QuerySet[Entry]:
    """The rows of one subject, oldest first."""
    return Entry.objects.filter(subject=subject).order_by("id")


def seal_of(entry: Entry) -> SealInfo | None:
    """The seal that a row lies in, or None while it is signed and not yet sealed."""
    member = SealedEntry.objects.select_related("seal").filter(entry=entry).first()
    if member is None:
        return None
    seal = member.seal
    return SealInfo(seal.number, seal.root, seal.size, member.position, seal.sealed_at)


def receipt(entry: Entry, *, number: str) -> dict[str, Any]:
    """The receipt of a row as a JSON document that anyone can check with the public key alone.

    It holds the inclusion proof once the row is sealed.
    """
    document: dict[str, Any] = {
        "format": records.RECEIPT_FORMAT,
        "number": number,
        "received_at": records.instant(entry.recorded_at),
        "digest": entry.digest,
        "entry": entry_fields(entry),
        "signature": entry.signature,
        "key_id": entry.key_id,
    }
    if member := SealedEntry.objects.select_related("seal").filter(entry=entry).first():
        rows = member.seal.members.order_by("position").values_list("entry__row_hash", flat=True)
        proof = merkle.inclusion_proof([bytes.fromhex(row) for row in rows], member.position)
        document["seal"] = {**seal_fields(member.seal), "key_id": member.seal.key_id, "signature": member.seal.signature}
        document["proof"] = {"position": member.position, "hashes": [node.hex() for node in proof]}
    return document


def seals_before(number: int | None, *, limit: int) -> list[Seal]:
    """Seals with their roots and timestamps, newest first, from below ``number`` on (keyset paging)."""
    seals = Seal.objects.select_related("stamp").order_by("-number")
    return list((seals if number is None else seals.filter(number__lt=number))[:limit])


def seals_without_stamp(*, limit: int) -> list[Seal]:
    """Seals whose root has no timestamp, newest first: the newest covers all before it, because each root names the one before."""
    return list(Seal.objects.filter(stamp__isnull=True).order_by("-number")[:limit])


def newest_stamp() -> RootStamp | None:
    """The timestamp of the newest seal that has one."""
    return RootStamp.objects.order_by("-seal_id").first()


def stamp_of(number: int) -> RootStamp | None:
    """The timestamp of a seal."""
    return RootStamp.objects.filter(seal_id=number).first()


def stamp_token(seal: Seal) -> str:
    """The timestamp of a seal as base64; empty without one."""
    stamp = getattr(seal, "stamp", None)
    return base64.b64encode(stamp.token).decode() if stamp is not None else ""


def key_changes() -> list[dict[str, Any]]:
    """The rows that tell of changes of the key, oldest first, as they stand in exports."""
    return [{**entry_fields(entry), "signature": entry.signature} for entry in entries_for(KEY_SUBJECT).filter(kind=keyring.KIND)]


def public_keys_pem() -> str:
    """All public keys of this journal as PEM text, newest first: from the present one back to the first."""
    return keyring.KeyRing(public_key_pem(), key_changes()).pem()


def entry_fields(entry: Entry) -> dict[str, Any]:
    """The hashed fields of a row as they stand in exports and receipts."""
    return {
        "id": entry.id,
        "recorded_at": records.instant(entry.recorded_at),
        "kind": entry.kind,
        "subject": entry.subject,
        "digest": entry.digest,
        "facts": entry.facts,
        "by": entry.by,
    }


def seal_fields(seal: Seal) -> dict[str, Any]:
    """The signed fields of a seal as they stand in exports and receipts."""
    return {
        "number": seal.number,
        "root": seal.root,
        "previous_root": seal.previous_root,
        "size": seal.size,
        "sealed_at": records.instant(seal.sealed_at),
    }
