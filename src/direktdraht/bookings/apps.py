"""Registration of the room with Django."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    """Offers, wishes, places."""

    name = "direktdraht.bookings"
    label = "bookings"

    def ready(self) -> None:
        """Tell the rooms below what this one owns."""
        from direktdraht.bookings.registrations.registration import register as register_registrations  # models are known only now

        register_registrations()
