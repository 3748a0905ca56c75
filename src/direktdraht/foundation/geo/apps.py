"""Registration of the app with Django."""

from django.apps import AppConfig

from direktdraht.foundation import demo


class GeoConfig(AppConfig):
    """Streets and points."""

    name = "direktdraht.foundation.geo"
    label = "geo"

    def ready(self) -> None:
        """Bring the demo city's streets."""
        from direktdraht.foundation.geo.demo import DemoStreets  # models are known only now

        demo.registry.register("streets", DemoStreets())
