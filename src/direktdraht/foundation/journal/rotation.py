"""A new key takes over (Schlüsselwechsel); what the old one signed stays valid."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from . import keyring, keys, queries, signing
from .actions import record

NEXT_NAME = "journal-ed25519.next.pem"
_LOCK = 4_867_332  # any number that nothing else in this database locks


def change_key() -> str:
    """Make a new key, let both keys sign the change, and give the old private key up; returns the new short name.

    After a crash the next call goes on where this one stopped: the new key lies beside the old one until the row that tells of
    it is committed, and only then takes its place. Raises SigningKeyProblem.
    """
    waiting = keys.place().with_name(NEXT_NAME)
    with _alone():
        old = keys.signing_key()
        keys.make_key(waiting)
        new = keys.read_key(waiting)
        facts = keyring.change_facts(old.public_key(), new)
        if not any(change["facts"]["new_key"] == facts["new_key"] for change in queries.key_changes()):
            with transaction.atomic():
                record(keyring.KIND, subject=queries.KEY_SUBJECT, facts=facts)
        os.replace(waiting, keys.place())
    return signing.key_id(new.public_key())


@contextmanager
def _alone() -> Iterator[None]:
    """One change at a time; the lock ends with the connection, too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
