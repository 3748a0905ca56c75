"""Registration of the room with Django."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Orders, ledger, providers."""

    name = "direktdraht.payments"
    label = "payments"

    def ready(self) -> None:
        """Tell the rooms below what this one owns, and register its ways to pay."""
        from direktdraht.payments.registration import register  # models are known only now

        register()
