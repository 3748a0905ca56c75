"""Registration of the room with Django."""

from django.apps import AppConfig


class WrittenFormConfig(AppConfig):
    """Rules on the written form, proofs, seals."""

    name = "direktdraht.writtenform"
    label = "writtenform"

    def ready(self) -> None:
        """Tell the rooms below what this one owns."""
        from direktdraht.writtenform.registration import register  # models are known only now

        register()
