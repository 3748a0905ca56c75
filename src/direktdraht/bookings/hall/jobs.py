"""Work in the background: the numbers of past days go, their counts stay."""

from direktdraht.bookings.hall.actions.running import erase_past
from direktdraht.foundation.jobs import periodic


@periodic(name="hall.erase_past", cron="5 * * * *")
def erase(timestamp: int) -> int:
    """Every hour: erase the numbers of past days and keep their counts; returns how many were erased."""
    del timestamp
    return erase_past()
