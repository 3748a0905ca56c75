"""Timestamps of a foreign service over new roots of the journal, so that not even this house can rebuild it unnoticed."""

import asyncio
import logging
from collections.abc import Iterator
from datetime import timedelta

from pyhanko.sign.timestamps import TimestampRequestError

from direktdraht.foundation import clock
from direktdraht.foundation.checks import Finding, Level
from direktdraht.foundation.journal import actions as journal
from direktdraht.foundation.journal import queries
from direktdraht.foundation.journal.report import StampFinding
from direktdraht.writtenform import city_seal, root_stamps
from direktdraht.writtenform.signatures.faults import FOREIGN
from direktdraht.writtenform.signatures.sealing import HttpTimestamper, SealProblem
from direktdraht.writtenform.signatures.timestamps import WholeToken

MOST_A_TIME = 20
LONGEST_WAIT = timedelta(hours=1)

log = logging.getLogger(__name__)


def stamp_roots() -> int:
    """Ask for timestamps of the newest roots without one; returns how many were kept.

    An answer that does not hold is not kept. After a failure the next run asks again.
    """
    service = city_seal.timestamper()
    if service is None:
        return 0
    kept = 0
    for seal in queries.seals_without_stamp(limit=MOST_A_TIME):
        problem = _stamp(seal.number, bytes.fromhex(seal.root), service)
        if problem:
            log.warning("no timestamp for seal %s: %s", seal.number, problem)
            break
        kept += 1
    return kept


def _stamp(number: int, root: bytes, service: HttpTimestamper) -> str:
    """Fetch, examine and keep one timestamp; returns what went wrong, or nothing."""
    found = fetched(root, service)
    if isinstance(found, str):
        return found
    token, whole = found
    journal.keep_stamp(number, token, stamped_at=whole.moment, authority=root_stamps.authority_of(whole))
    return ""


def fetched(root: bytes, service: HttpTimestamper) -> tuple[bytes, WholeToken] | str:
    """A fresh timestamp over 32 bytes that holds, or what went wrong."""
    try:
        token: bytes = asyncio.run(service.async_timestamp(root, root_stamps.ALGORITHM)).dump()
    except (SealProblem, TimestampRequestError, *FOREIGN) as problem:
        return str(problem)
    read = root_stamps.read_token(token, root)
    return read.why if isinstance(read, StampFinding) else (token, read[1])


def findings() -> Iterator[Finding]:
    """Whether the roots get their timestamps, where a service is set up."""
    if city_seal.timestamper() is None:
        return
    waiting = queries.seals_without_stamp(limit=MOST_A_TIME)
    late = [seal for seal in waiting if seal.sealed_at < clock.now() - LONGEST_WAIT]
    newest = queries.newest_stamp()
    if late:
        yield Finding(Level.WARNING, f"seal {late[0].number} waits for its timestamp for more than an hour: does the service answer?")
    elif newest is not None:
        yield Finding(Level.FINE, f"the newest timestamp over the journal was made at {newest.stamped_at:%Y-%m-%d %H:%M} UTC")
