"""What the doctor asks the journal: is the key the right one, are new rows sealed."""

from collections.abc import Iterator
from datetime import timedelta

from direktdraht.foundation import clock
from direktdraht.foundation.checks import Finding, Level

from .keyring import KeyRing
from .keys import SigningKeyProblem, key_id, public_key_pem
from .models import Entry, Seal
from .queries import key_changes

LONGEST_UNSEALED = timedelta(minutes=5)
NEWEST_ROWS = 1000


def journal_problems() -> Iterator[Finding]:
    """An unreadable or exchanged key is an error, rows that nobody seals are a warning."""
    try:
        present_key = key_id()
    except SigningKeyProblem as problem:
        yield Finding(Level.ERROR, str(problem))
        return
    newest = Seal.objects.order_by("-number").first()
    if newest is not None and newest.key_id not in KeyRing(public_key_pem(), key_changes()).keys:
        yield Finding(Level.ERROR, f"the journal was sealed with key {newest.key_id}, the data folder holds {present_key}")
    late = clock.now() - LONGEST_UNSEALED
    recent = Entry.objects.order_by("-id").values_list("recorded_at", "sealed__position")[:NEWEST_ROWS]
    waiting = sum(position is None and at < late for at, position in recent)
    if waiting:
        yield Finding(Level.WARNING, f"{waiting} rows wait for their seal for more than five minutes: does a worker run?")
