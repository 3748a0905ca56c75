"""What this room tells the rooms below."""

from direktdraht.foundation.demo import registry as demo
from direktdraht.payments.bank_demo import DemoBank


def register() -> None:
    """Fill the registries, once at the start."""
    demo.register("payments_bank", DemoBank())
