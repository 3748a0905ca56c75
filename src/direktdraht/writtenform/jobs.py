"""Work in the background: fresh trusted lists, timestamps of the journal's roots, how services answer."""

import logging

from direktdraht.foundation import clock
from direktdraht.foundation.jobs import periodic
from direktdraht.writtenform import readiness, stamping, trusting

log = logging.getLogger(__name__)


@periodic(name="writtenform.update_lists", cron="41 4 * * *")
def update_lists(timestamp: int) -> int:
    """Every night: fetch the trusted lists; the last good copy of each stays until a better one came. Returns how many are new."""
    del timestamp
    report = trusting.update(clock.now())
    if report is None:
        return 0
    for address, problem in report.problems:
        log.warning("trusted list %s: %s", address, problem)
    return len(report.renewed)


@periodic(name="writtenform.stamp_roots", cron="* * * * * 15")
def stamp_roots(timestamp: int) -> int:
    """Every minute: let the time-stamping service, if one is set up, vouch for new roots of the journal. Returns how many."""
    del timestamp
    return stamping.stamp_roots()


@periodic(name="writtenform.ask_services", cron="*/5 * * * *")
def ask_services(timestamp: int) -> int:
    """Every five minutes: whether the trust services answer. Returns how many do."""
    del timestamp
    return readiness.ask_services()
