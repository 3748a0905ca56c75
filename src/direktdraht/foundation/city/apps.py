"""Registration of the room with Django."""

from django.apps import AppConfig


class CityConfig(AppConfig):
    """City settings."""

    name = "direktdraht.foundation.city"
    label = "city"
