"""Registration of the room with Django."""

from django.apps import AppConfig

from direktdraht.foundation import demo


class PeopleConfig(AppConfig):
    """Accounts, units, roles."""

    name = "direktdraht.people"
    label = "people"

    def ready(self) -> None:
        """Bring the demo city's people."""
        from direktdraht.people.demo import DemoPeople  # models are known only now

        demo.registry.register("people", DemoPeople())
