"""What runs by the clock for De-Mail: fetch, hold what got stuck, tell what was never confirmed, erase what nobody needs."""

from datetime import timedelta

from direktdraht.foundation import clock
from direktdraht.foundation.jobs import periodic
from direktdraht.submissions.demail import fetching, handling, retention, sending
from direktdraht.submissions.models import DeMail, MailState

STUCK_AFTER = timedelta(hours=2)


@periodic(name="demail.fetch", cron="* * * * *")
def fetch(timestamp: int) -> int:
    """Every minute: fetch new mails from the mailbox, where one is set up. Returns how many."""
    del timestamp
    return fetching.fetch_all()


@periodic(name="demail.give_up_unconfirmed", cron="25 * * * *")
def give_up_unconfirmed(timestamp: int) -> int:
    """Every hour: decisions whose dispatch was never confirmed go back to the clerk. Returns how many."""
    del timestamp
    return sending.give_up_unconfirmed()


@periodic(name="demail.hold_stuck", cron="35 * * * *")
def hold_stuck(timestamp: int) -> int:
    """Every hour: mails whose examination never came to an end are held, so that staff see them. Returns how many."""
    del timestamp
    stuck = DeMail.objects.filter(state=MailState.RECEIVED, arrived_at__lt=clock.now() - STUCK_AFTER)
    return stuck.update(state=MailState.HELD, reason=handling.STUCK, handled_at=clock.now())


@periodic(name="demail.erase_old", cron="50 3 * * *")
def erase_old(timestamp: int) -> int:
    """Every night: forget raw mails after the configured time. Returns how many."""
    del timestamp
    return retention.erase_old()
