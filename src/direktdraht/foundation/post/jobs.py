"""The job that sends one mail."""

from direktdraht.foundation.jobs import task
from direktdraht.foundation.post.sending import send


@task(name="post.send_mail", attempts=8)
def send_mail(mail_id: str) -> None:
    """Send the queued mail ``mail_id``; a failure is tried again with growing pauses."""
    send(mail_id)
