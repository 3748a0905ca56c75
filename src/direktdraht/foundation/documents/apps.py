"""Registration of the room with Django."""

from django.apps import AppConfig

from direktdraht.foundation import checks


class DocumentsConfig(AppConfig):
    """Documents."""

    name = "direktdraht.foundation.documents"
    label = "documents"

    def ready(self) -> None:
        """Register the storage check."""
        from direktdraht.foundation.documents.health import storage_problems  # models are known only now

        checks.registry.register("storage", storage_problems)
