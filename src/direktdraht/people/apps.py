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
        from direktdraht.people.bundid.method import BundID
        from direktdraht.people.bundid.method import look_at_connection as look_at_bundid
        from direktdraht.people.demo import DemoPeople
        from direktdraht.people.eid.demo import DemoCard
        from direktdraht.people.eid.method import OnlineCard
        from direktdraht.people.eid.method import look_at_connection as look_at_eid

        demo.registry.register("people", DemoPeople())
        demo.registry.register("eid", DemoCard())
        methods.REMOTE.register("eid", OnlineCard())
        methods.REMOTE.register("bundid", BundID())
        checks.registry.register("eid", look_at_eid)
        checks.registry.register("bundid", look_at_bundid)
