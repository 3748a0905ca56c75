"""Registration of the room with Django."""

from django.apps import AppConfig

from direktdraht.foundation import checks, demo


class PeopleConfig(AppConfig):
    """Accounts, units, roles."""

    name = "direktdraht.people"
    label = "people"

    def ready(self) -> None:
        """Bring the demo city's people, the ways to tell who is speaking, and what to look at."""
        from direktdraht.people import methods  # models are known only now
        from direktdraht.people.bundid.method import BundID, look_at_connection
        from direktdraht.people.demo import DemoPeople

        demo.registry.register("people", DemoPeople())
        methods.REMOTE.register("bundid", BundID())
        checks.registry.register("bundid", look_at_connection)
