"""What goes wrong with mails from elsewhere."""


class UnreadableMail(ValueError):
    """A file that is no mail; the message is one German sentence."""
