"""The demo city: each room brings its own invented data."""

from typing import Protocol

from direktdraht.foundation.registry import Registry


class DemoEntry(Protocol):
    """A room's part of the demo city Musterstadt."""

    def is_seeded(self) -> bool:
        """Whether the data is there already; seeding never runs twice."""

    def seed(self, scale: int) -> None:
        """Write the data, the same on every machine; ``scale`` multiplies bulk data."""


registry: Registry[DemoEntry] = Registry("demo")
