"""What the doctor asks of mail."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings

from direktdraht.foundation import clock
from direktdraht.foundation.checks import Finding, Level
from direktdraht.foundation.post.models import Mail, State

LATE = timedelta(minutes=30)


def mail_problems() -> Iterator[Finding]:
    """Mail that failed, or waits for longer than half an hour; a missing mail server."""
    if settings.MODE == "production" and not settings.MAIL_CONFIGURED:
        yield Finding(Level.WARNING, "MAIL_URL is not set; mail goes to port 25 of this machine.")
    failed = Mail.objects.filter(state=State.FAILED).count()
    if failed:
        yield Finding(Level.ERROR, f"{failed} mails could not be sent; see the jobs page.")
    late = Mail.objects.filter(state=State.QUEUED, created_at__lt=clock.now() - LATE).count()
    if late:
        yield Finding(Level.WARNING, f"{late} mails have waited for more than 30 minutes; is the worker running?")
