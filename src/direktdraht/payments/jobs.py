"""Work in the background for bank files: the folder, new movements, the nightly proof."""

import logging

from direktdraht.foundation.jobs import periodic
from direktdraht.payments import proving
from direktdraht.payments.actions import settle_again, settle_new
from direktdraht.payments.bank_folder import read_folder

MOST_AT_ONCE = 2000
log = logging.getLogger(__name__)


@periodic(name="payments.read_bank_folder", cron="*/5 * * * *")
def read_bank_folder(timestamp: int) -> int:
    """Every five minutes: take in what lies in the bank's folder; returns how many files."""
    del timestamp
    return read_folder()


@periodic(name="payments.settle_movements", cron="* * * * * 30")
def settle_movements(timestamp: int) -> int:
    """Every minute: settle movements that no page has settled; returns how many."""
    del timestamp
    return settle_new(most=MOST_AT_ONCE)


@periodic(name="payments.prove", cron="10 3 * * *")
def prove(timestamp: int) -> int:
    """Every night: look anew at what is unclear, then prove that every payment belongs to something; returns the exceptions."""
    del timestamp
    settle_again()
    found = proving.keep_proof().exceptions
    if found:
        log.warning("proof of payments: %s", ", ".join(f"{kind} {count}" for kind, count in sorted(found.items())))
    return sum(found.values())
