"""Registration of the room with Django."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    """Offers, wishes, places."""

    name = "direktdraht.bookings"
    label = "bookings"
