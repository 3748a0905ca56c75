"""Work on one De-Mail in the background: examine it, or hand it over."""

from direktdraht.foundation.jobs import task
from direktdraht.submissions.demail import handling, sending


@task(name="demail.handle")
def handle_mail(mail_id: str) -> str:
    """Examine a mail and bring it where it belongs; one that is done already is left alone. Returns its state."""
    return handling.handle(mail_id)


@task(name="demail.hand_over", attempts=sending.MOST_ATTEMPTS)
def hand_over(sent_id: str) -> str:
    """Give a De-Mail of the city to the provider's gateway. Returns its state."""
    return sending.hand_over(sent_id)
