"""One finding of an examination: what was looked at, whether it holds, and a sentence for laypeople. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Check:
    """One thing that was examined.

    ``name`` is a stable English key. ``ok`` is ``None`` when it could not be examined: that is never "valid".
    ``detail`` is one German sentence that says what was found, or why nothing could be.
    """

    name: str
    ok: bool | None
    detail: str

    def to_json(self) -> dict[str, Any]:
        """The check as it is stored and printed."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Check":
        """The check as ``to_json`` wrote it."""
        return cls(name=stored["name"], ok=stored["ok"], detail=stored["detail"])


def failed(checks: Iterable[Check]) -> list[Check]:
    """The checks that do not hold."""
    return [check for check in checks if check.ok is False]
