"""What upper rooms tell this room: how to show the thing a case came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from direktdraht.foundation.registry import Registry
from direktdraht.foundation.web.tables import ShownFile, ShownPlace


@dataclass(frozen=True)
class OriginSection:
    """A part of what was sent: a title, rows of label and value, and the places among them for a map."""

    title: str
    rows: Sequence[tuple[str, str]]
    places: Sequence[ShownPlace] = ()


class Origin(Protocol):
    """A room from which cases come; ``ref`` is the ``origin_ref`` it gave to ``open_case``."""

    def sections(self, ref: str) -> Sequence[OriginSection]:
        """What was sent, as it was shown to the person; empty when it was erased."""
        ...

    def files(self, ref: str) -> Sequence[ShownFile]:
        """The files that were sent with it."""
        ...

    def describe(self, ref: str) -> str:
        """One short line, for example "Formular, Fassung 7"."""
        ...


origins: Registry[Origin] = Registry("cases.origins")
