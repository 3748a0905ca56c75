"""Checks the journal in the database, and the contents behind its digests."""

from .contents import contents
from .digests import salted_digest
from .exporting import CHUNK, journal_records
from .keys import public_key_pem
from .models import Entry
from .queries import key_changes
from .report import Report
from .verification import StampCheck, verify_records


def verify_journal(examine: StampCheck | None = None) -> Report:
    """Recompute every row, signature and seal in the database; ``examine`` looks at timestamps."""
    return verify_records(journal_records(), public_key_pem(), key_changes(), examine=examine)


def verify_all(examine: StampCheck | None = None) -> Report:
    """As verify_journal, and every content that a room can read is compared with its digest.

    A content that is gone is accepted only where a row ``….erased`` names the same subject.
    """
    report = verify_journal(examine)
    entries = Entry.objects.exclude(digest="").order_by("id")
    for entry in entries.iterator(chunk_size=CHUNK):
        _check_content(entry, report)
    return report


def _check_content(entry: Entry, report: Report) -> None:
    prefix = entry.subject.partition(":")[0]
    if prefix not in contents:
        report.unread += 1
        return
    found = contents.get(prefix).read(entry)
    row = f"entry {entry.id}"
    if found is None:
        if Entry.objects.filter(subject=entry.subject, kind__endswith=".erased").exists():
            report.erased += 1
        else:
            report.fail(row, "its content is gone and no erasure row is present.")
    elif salted_digest(found.content, found.salt) != entry.digest:
        report.fail(row, "its content does not match its digest.")
    else:
        report.contents += 1
