"""Registration of the room with Django."""

from django.apps import AppConfig

from direktdraht.foundation import demo


class ServicesConfig(AppConfig):
    """The catalogue of services."""

    name = "direktdraht.services"
    label = "services"

    def ready(self) -> None:
        """Bring the demo city's services."""
        from direktdraht.services.demo import DemoServices  # models are known only now

        demo.registry.register("services", DemoServices())
