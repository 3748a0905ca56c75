"""The services of the demo city."""

from pathlib import Path

from direktdraht.services import actions
from direktdraht.services.models import Service

CATALOGUE = Path(__file__).with_name("demo_services.json")


class DemoServices:
    """Registered with ``foundation.demo``."""

    def is_seeded(self) -> bool:
        """Whether any service is there."""
        return Service.objects.exists()

    def seed(self, scale: int) -> None:
        """Load the catalogue; it does not grow with ``scale``."""
        del scale
        actions.load_services(CATALOGUE)
