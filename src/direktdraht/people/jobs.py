"""Housekeeping of accounts and sessions."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from direktdraht.foundation import clock
from direktdraht.foundation.jobs import periodic
from direktdraht.people import actions, identifying

# After this time nobody needs to know from where somebody signed in.
DAYS_WITH_DEVICE_ADDRESS = 7
NO_ADDRESS = "0.0.0.0"  # a placeholder, nothing listens there


@periodic(name="people.tidy_sessions", cron="17 3 * * *")
def tidy_sessions(timestamp: int) -> int:
    """Delete ended sessions and forget from where the others were opened; returns how many ended."""
    del timestamp
    ended = Session.objects.filter(expire_date__lt=clock.now()).delete()[0]
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    old = clock.now() - timedelta(days=DAYS_WITH_DEVICE_ADDRESS)
    UserSession.objects.filter(created_at__lt=old).exclude(ip=NO_ADDRESS).update(ip=NO_ADDRESS)
    return ended


@periodic(name="people.forget_unconfirmed", cron="27 3 * * *")
def forget_unconfirmed(timestamp: int) -> int:
    """Remove accounts whose address was never confirmed; returns how many."""
    del timestamp
    return actions.forget_unconfirmed()


@periodic(name="people.forget_requests", cron="37 3 * * *")
def forget_requests(timestamp: int) -> int:
    """Remove requests for identification that are over for a day, and marks of old answers; returns how many requests."""
    del timestamp
    identifying.forget_used()
    return identifying.forget_old()
