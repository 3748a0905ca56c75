"""Housekeeping of the counters."""

from direktdraht.foundation.jobs import periodic
from direktdraht.foundation.limits.counting import forget


@periodic(name="limits.forget", cron="*/10 * * * *")
def forget_ended_windows(timestamp: int) -> int:
    """Delete ended windows."""
    del timestamp
    return forget()
