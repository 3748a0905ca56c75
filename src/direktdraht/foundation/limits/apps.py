"""Registration of the room with Django."""

from django.apps import AppConfig


class LimitsConfig(AppConfig):
    """Rate limits."""

    name = "direktdraht.foundation.limits"
    label = "limits"
