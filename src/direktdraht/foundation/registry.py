"""Registries: how a lower room shows what an upper room owns.

A registry stands in the lower room and is filled by the upper room in its ``apps.py``.
"""

from collections.abc import ItemsView
from typing import Generic, TypeVar

T = TypeVar("T")


class DuplicateEntry(ValueError):
    """Two entries were registered under the same key."""


class UnknownEntry(KeyError):
    """No entry is registered under this key."""

    def __str__(self) -> str:
        return str(self.args[0])


class Registry(Generic[T]):
    """Entries of one kind by key, in the order in which they were registered.

    >>> shapes: Registry[int] = Registry("shapes")
    >>> shapes.register("triangle", 3)
    >>> shapes.get("triangle")
    3
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: dict[str, T] = {}

    def register(self, key: str, entry: T) -> None:
        """Add ``entry`` under ``key``; raises DuplicateEntry when the key is taken."""
        if key in self._entries:
            raise DuplicateEntry(f"{self.name} already has an entry {key!r}.")
        self._entries[key] = entry

    def get(self, key: str) -> T:
        """The entry under ``key``; raises UnknownEntry, which names the known keys."""
        try:
            return self._entries[key]
        except KeyError:
            known = ", ".join(self._entries) or "none"
            raise UnknownEntry(f"{self.name} has no entry {key!r}; known: {known}.") from None

    def items(self) -> ItemsView[str, T]:
        """All entries with their keys."""
        return self._entries.items()

    def __contains__(self, key: object) -> bool:
        return key in self._entries
