"""Registration of the room with Django."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    """Forms and their versions."""

    name = "direktdraht.forms"
    label = "forms"

    def ready(self) -> None:
        """Tell the rooms below what this one owns."""
        from direktdraht.forms.registration import register  # models are known only now

        register()
