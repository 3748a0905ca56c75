"""What registrations tell the rooms below."""

from direktdraht.bookings.registrations.demo import DemoRegistrations
from direktdraht.bookings.registrations.fees import OWNER
from direktdraht.bookings.registrations.owner import RegistrationOrders
from direktdraht.bookings.registrations.personal_data import RegistrationData
from direktdraht.foundation import demo
from direktdraht.payments.registry import owners
from direktdraht.people import personal_data


def register() -> None:
    """Fill the registries below."""
    owners.register(OWNER, RegistrationOrders())
    personal_data.register("registrations", RegistrationData())
    demo.registry.register("registrations", DemoRegistrations())
