"""Registration of the room with Django."""

from django.apps import AppConfig

from direktdraht.foundation import demo


class PortalConfig(AppConfig):
    """The front door."""

    name = "direktdraht.portal"
    label = "portal"

    def ready(self) -> None:
        """Bring the demo city's forms and cases."""
        from direktdraht.portal.demo import DemoCity  # models are known only now

        demo.registry.register("city", DemoCity())
