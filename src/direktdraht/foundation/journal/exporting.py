"""The journal as a stream of records: to a file for everybody, to the check of the database."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from direktdraht.foundation import clock

from . import keys, queries, records, signing
from .models import Entry, Seal

CHUNK = 2000


def export_to(path: Path) -> int:
    """Write the whole journal to a new JSON Lines file, never whole in memory; returns the rows.

    The last line is signed, so that a shortened file is noticed. Raises FileExistsError.
    """
    entries = seals = 0
    last_root = records.NO_ROOT
    with path.open("x", encoding="utf-8") as file:
        file.write(_line(_header()))
        for record in journal_records():
            file.write(_line(record))
            entries += "entry" in record
            seals += "seal" in record
            last_root = record["seal"]["root"] if "seal" in record else last_root
        end = {"entries": entries, "seals": seals, "last_root": last_root, "exported_at": records.instant(clock.now())}
        key, key_id = keys.signing_pair()
        file.write(_line({"end": {**end, "key_id": key_id, "signature": signing.sign(key, records.end_message(end))}}))
    return entries


def journal_records() -> Iterator[dict[str, Any]]:
    """Each seal followed by its entries in their order, then the entries not yet sealed.

    Seals made while this runs are left out, their entries count as not yet sealed.
    """
    newest = Seal.objects.order_by("-number").values_list("number", flat=True).first() or 0
    seals = Seal.objects.filter(number__lte=newest).select_related("stamp").order_by("number").iterator(chunk_size=CHUNK)
    entries = _entries(newest)
    entry = next(entries, None)
    for seal in seals:
        signed = {**queries.seal_fields(seal), "key_id": seal.key_id, "signature": seal.signature}
        yield {"seal": {**signed, "timestamp": queries.stamp_token(seal)}}
        while entry is not None and entry["seal"] is not None and entry["seal"] <= seal.number:
            yield {"entry": entry}
            entry = next(entries, None)
    while entry is not None:
        yield {"entry": entry}
        entry = next(entries, None)


def _entries(newest_seal: int) -> Iterator[dict[str, Any]]:
    """All entries in one statement, which sees one state: by seal and position, then the others."""
    rows = Entry.objects.select_related("sealed").order_by("sealed__seal_id", "sealed__position", "id")
    for entry in rows.iterator(chunk_size=CHUNK):
        member = getattr(entry, "sealed", None)
        seal, position = (member.seal_id, member.position) if member is not None and member.seal_id <= newest_seal else (None, None)
        yield {
            **queries.entry_fields(entry),
            "row_hash": entry.row_hash,
            "key_id": entry.key_id,
            "signature": entry.signature,
            "seal": seal,
            "position": position,
        }


def _header() -> dict[str, Any]:
    return {
        "format": records.EXPORT_FORMAT,
        "key_id": keys.key_id(),
        "public_key": keys.public_key_pem(),
        "key_changes": queries.key_changes(),
    }


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
