"""What the doctor asks of background work."""

from collections.abc import Iterator
from datetime import timedelta

from direktdraht.foundation import clock
from direktdraht.foundation.checks import Finding, Level
from direktdraht.foundation.jobs import queries

LONGEST_WAIT = timedelta(minutes=10)


def job_problems() -> Iterator[Finding]:
    """Jobs that failed are a warning; jobs that wait while none is done are an error."""
    failed = queries.counts().failed
    if failed:
        yield Finding(Level.WARNING, f"{failed} jobs failed; see /buero/auftraege.")
    now = clock.now()
    waiting, done = queries.oldest_waiting(), queries.last_success()
    if waiting is not None and now - waiting > LONGEST_WAIT and (done is None or now - done > LONGEST_WAIT):
        yield Finding(Level.ERROR, "Jobs have waited for more than 10 minutes and none was done; is a worker running?")
