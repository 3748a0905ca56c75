"""An entry of the navigation, free of Django so that settings can name it."""

from typing import Any, NamedTuple


class Navigation(NamedTuple):
    """One entry of the main navigation, declared in the settings; ``roles`` empty means everybody.

    It is marked on pages whose path begins with ``prefix``, or is exactly that.
    """

    label: Any
    url_name: str
    prefix: str
    roles: frozenset[str] = frozenset()
    exact: bool = False
