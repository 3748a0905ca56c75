"""What registrations tell the rooms below."""

from collections.abc import Sequence

from direktdraht.bookings.registrations import kind
from direktdraht.bookings.registrations.demo import DemoRegistrations
from direktdraht.bookings.registrations.fees import OWNER
from direktdraht.bookings.registrations.health import reminder_problems
from direktdraht.bookings.registrations.models import Registration
from direktdraht.bookings.registrations.owner import RegistrationOrders
from direktdraht.bookings.registrations.party import KIND
from direktdraht.bookings.registrations.personal_data import RegistrationData
from direktdraht.cases.registries import Matter, OriginSection, origins
from direktdraht.foundation import checks, demo
from direktdraht.foundation.web.tables import ShownFile
from direktdraht.payments.registry import owners
from direktdraht.people import personal_data
from direktdraht.submissions import kinds


class RegistrationOrigin:
    """Shows a registration that was sent before registrations travelled the one way: it has a case, but no record."""

    def sections(self, ref: str) -> Sequence[OriginSection]:
        """How it stands."""
        found = Registration.objects.select_related("series").filter(pk=ref).exclude(contact_email="").first()
        if found is None:
            return []
        part = kind.standing_of(found)
        return [OriginSection(part.title, part.rows)]

    def files(self, ref: str) -> Sequence[ShownFile]:
        """None: nothing is sent with a registration."""
        del ref
        return []

    def matter(self, ref: str) -> Matter:
        """Its page, and the orders for its places."""
        return kind.matter_of(ref)

    def describe(self, ref: str) -> str:
        """The title of the series."""
        found = Registration.objects.select_related("series").filter(pk=ref).first()
        return "" if found is None else found.series.title


def register() -> None:
    """Fill the registries below."""
    kinds.register(KIND, kind.RegistrationKind())
    origins.register(KIND, RegistrationOrigin())
    owners.register(OWNER, RegistrationOrders())
    personal_data.register("registrations", RegistrationData())
    checks.registry.register("registrations", reminder_problems)
    demo.registry.register("registrations", DemoRegistrations())
