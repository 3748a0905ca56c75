"""Registration of the room with Django."""

from django.apps import AppConfig

from direktdraht.foundation import checks


class JournalConfig(AppConfig):
    """The journal of what matters legally."""

    name = "direktdraht.foundation.journal"
    label = "journal"

    def ready(self) -> None:
        """Register the check of key and seals."""
        from direktdraht.foundation.journal.health import journal_problems  # models are known only now

        checks.registry.register("journal", journal_problems)
