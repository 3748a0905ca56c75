"""Sealing: twice a minute the new rows, once a night the whole journal."""

from direktdraht.foundation.jobs import periodic

from .actions import seal_pending


@periodic(name="journal.seal", cron="* * * * * */30")
def seal(timestamp: int) -> int:
    """Seal what is not sealed yet."""
    del timestamp
    return seal_pending()


@periodic(name="journal.sweep", cron="17 3 * * *")
def sweep(timestamp: int) -> int:
    """Look for unsealed rows in the whole journal."""
    del timestamp
    return seal_pending(whole=True)
