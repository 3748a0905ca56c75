"""The reaper: jobs whose worker died are given to a living one."""

from direktdraht.foundation.jobs import actions, periodic


@periodic(name="jobs.take_back_stalled", cron="* * * * *", alone=False)
def take_back_stalled(timestamp: int) -> int:
    """Run every minute; it may overlap itself, so that its own death does not stop it."""
    del timestamp
    return actions.take_back_stalled()
