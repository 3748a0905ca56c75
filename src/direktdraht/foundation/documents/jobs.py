"""Housekeeping of the storage."""

import logging

from direktdraht.foundation.documents import pieces
from direktdraht.foundation.documents.cleaning import clean_up
from direktdraht.foundation.jobs import periodic

log = logging.getLogger(__name__)


@periodic(name="documents.clean_up", cron="40 3 * * *")
def clean_up_storage(timestamp: int) -> None:
    """Every night: remove orphans, report missing contents."""
    del timestamp
    findings = clean_up()
    if findings.missing:
        log.error("%d stored contents are missing, first %s", len(findings.missing), findings.missing[0])


@periodic(name="documents.remove_left_over_pieces", cron="20 * * * *")
def remove_left_over_pieces(timestamp: int) -> None:
    """Every hour: forget uploads that nobody went on with for a day."""
    del timestamp
    pieces.remove_left_over()
