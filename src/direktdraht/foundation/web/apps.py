"""Registration of the room with Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Layout and components."""

    name = "direktdraht.foundation.web"
    label = "web"
