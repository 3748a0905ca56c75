"""Mails are fetched from the provider's mailbox (IMAP, RFC 9051): stored here first, then moved aside there, never deleted."""

import imaplib
import re
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from direktdraht.foundation import clock
from direktdraht.submissions.demail.taking_in import take_in
from direktdraht.writtenform import demail_connection
from direktdraht.writtenform.demail.fields import MOST_BYTES
from direktdraht.writtenform.demail_connection import Mailbox

SECONDS = 30
MOST_AT_ONCE = 200
CAME_BY = "imap"
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class NotFetched(Exception):
    """The mailbox does not answer as it should; nothing is lost, the next run tries again."""


def fetch_all() -> int:
    """Fetch what is new, at most 200 mails; returns how many. A mailbox that does not answer is noted for the doctor."""
    try:
        known = demail_connection.connection()
    except demail_connection.SetupProblem:
        return 0
    if known is None or known.imap is None:
        return 0
    try:
        with opened(known.imap) as box:
            done = sum(fetch_one(box, known.imap, uid) for uid in waiting(box)[:MOST_AT_ONCE])
    except (imaplib.IMAP4.error, OSError, NotFetched, demail_connection.SetupProblem):
        # No details in logs: a server's words may repeat addresses.
        demail_connection.note_mailbox(known.imap, answered=False)
        return 0
    demail_connection.note_mailbox(known.imap, answered=True)
    return done


@contextmanager
def opened(place: Mailbox) -> Iterator[imaplib.IMAP4]:
    """The mailbox with its folder selected, signed in; the folder for what is done exists."""
    context = ssl.create_default_context()
    box: imaplib.IMAP4
    if place.security == "tls":
        box = imaplib.IMAP4_SSL(place.host, place.port, ssl_context=context, timeout=SECONDS)
    else:
        box = imaplib.IMAP4(place.host, place.port, timeout=SECONDS)
    try:
        if place.security == "starttls":
            box.starttls(ssl_context=context)
        box.login(place.user, demail_connection.password("mailbox"))
        box.create(quoted(place.done))  # refused where it exists
        require(box.select(quoted(place.folder)))
        yield box
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            box.logout()


def waiting(box: imaplib.IMAP4) -> list[bytes]:
    """The unique numbers of all mails in the folder, oldest first."""
    found = require(box.uid("SEARCH", "UNDELETED"))
    return found.split()


def fetch_one(box: imaplib.IMAP4, place: Mailbox, uid: bytes) -> int:
    """Store one mail and move it aside; a crash between both stores it once all the same. One that is too big comes as its header."""
    number = uid.decode("ascii")
    facts = require(box.uid("FETCH", number, "(RFC822.SIZE INTERNALDATE)"))
    size = _SIZE.search(facts)
    whole = size is not None and int(size[1]) <= MOST_BYTES
    raw = literal(box.uid("FETCH", number, "(BODY.PEEK[])" if whole else "(BODY.PEEK[HEADER])"))
    take_in(raw, came_by=CAME_BY, arrived_at=arrived(facts), whole=whole)
    move_aside(box, number, place.done)
    return 1


def move_aside(box: imaplib.IMAP4, number: str, done: str) -> None:
    """Move one mail to the folder for what is done (RFC 6851), or copy it and mark the first for deletion."""
    known = require(box.capability()).upper().split()
    if b"MOVE" in known:
        require(box.uid("MOVE", number, quoted(done)))
        return
    require(box.uid("COPY", number, quoted(done)))
    require(box.uid("STORE", number, "+FLAGS.SILENT", r"(\Deleted)"))
    if b"UIDPLUS" in known:  # RFC 4315; without it the mark alone keeps the mail from coming again
        require(box.uid("EXPUNGE", number))


def arrived(facts: bytes) -> datetime:
    """When the provider put the mail into the mailbox (INTERNALDATE); that is when it reached the city."""
    found = imaplib.Internaldate2tuple(facts)
    if found is None:
        return clock.now()
    return min(datetime.fromtimestamp(time.mktime(found), UTC), clock.now())


def require(answer: tuple[str, Sequence[object]]) -> bytes:
    """The words of an answer that says OK. Raises NotFetched."""
    kind, lines = answer
    if kind != "OK":
        raise NotFetched
    flat = [part for line in lines for part in (line if isinstance(line, tuple) else (line,))]
    return b" ".join(part for part in flat if isinstance(part, bytes))


def literal(answer: tuple[str, Sequence[object]]) -> bytes:
    """The bytes of a mail in an answer. Raises NotFetched."""
    require(answer)
    found = next((line[1] for line in answer[1] if isinstance(line, tuple)), None)
    if not isinstance(found, bytes):
        raise NotFetched
    return found


def quoted(name: str) -> str:
    """The name of a folder as a quoted string (RFC 9051, 4.3)."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
