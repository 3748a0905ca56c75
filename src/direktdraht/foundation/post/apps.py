"""Registration of the room with Django."""

from django.apps import AppConfig

from direktdraht.foundation import checks


class PostConfig(AppConfig):
    """Outgoing mail."""

    name = "direktdraht.foundation.post"
    label = "post"

    def ready(self) -> None:
        """Register the check of stuck mail."""
        from direktdraht.foundation.post.health import mail_problems  # models are known only now

        checks.registry.register("mail", mail_problems)
