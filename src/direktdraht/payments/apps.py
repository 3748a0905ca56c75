"""Registration of the room with Django."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Orders, ledger, providers."""

    name = "direktdraht.payments"
    label = "payments"
