"""Registration of the room with Django."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    """Offers, wishes, places, appointments."""

    name = "direktdraht.bookings"
    label = "bookings"

    def ready(self) -> None:
        """Tell the rooms below what this one owns."""
        from direktdraht.bookings.appointments.registration import register as register_appointments  # models are known only now
        from direktdraht.bookings.hall.registration import register as register_halls
        from direktdraht.bookings.registrations.registration import register as register_registrations

        register_halls()  # before the appointments: what the demo city registers last is seeded first
        register_appointments()
        register_registrations()
