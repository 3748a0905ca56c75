"""What upper rooms tell this room: how to show the thing a case came from, and over which channels answers go out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from direktdraht.foundation.registry import Registry
from direktdraht.foundation.web.tables import ShownFile, ShownPlace

if TYPE_CHECKING:
    from direktdraht.cases.models import Case, Decision, Message


@dataclass(frozen=True)
class OriginSection:
    """A part of what was sent: a title, rows of label and value, and the places among them for a map."""

    title: str
    rows: Sequence[tuple[str, str]]
    places: Sequence[ShownPlace] = ()


@dataclass(frozen=True)
class Matter:
    """What a case is about, where that has a page of its own: its label and address for the person, and whose orders are shown.

    ``orders`` is the owner of the orders (kind and id, see ``payments.owners``); empty words for none.
    ``facts`` are names and words of what goes with it as it stands now, such as an appointment.
    """

    label: str = ""
    url: str = ""
    orders: tuple[str, str] = ("", "")
    facts: Sequence[tuple[str, str]] = ()


class Origin(Protocol):
    """A room from which cases come; ``ref`` is the ``origin_ref`` it gave to ``open_case``."""

    def sections(self, ref: str) -> Sequence[OriginSection]:
        """What was sent, as it was shown to the person; empty when it was erased."""
        ...

    def files(self, ref: str) -> Sequence[ShownFile]:
        """The files that were sent with it."""
        ...

    def matter(self, ref: str) -> Matter:
        """The page of the thing itself for its person, and whose orders belong to it."""
        ...

    def describe(self, ref: str) -> str:
        """One short line, for example "Formular, Fassung 7"."""
        ...


origins: Registry[Origin] = Registry("cases.origins")


def matter_of(case: "Case") -> Matter:
    """What the room that a case came from says of its matter; nothing where no room registered."""
    return origins.get(case.origin).matter(case.origin_ref) if case.origin in origins else Matter()


class Channel(Protocol):
    """A way on which the city's words reach a person outside this house, such as De-Mail. ``label`` names it to staff."""

    label: Any

    def problems(self) -> Sequence[str]:
        """Why nothing can be sent at present, one plain sentence each; empty when it works."""
        ...

    def send_message(self, message: "Message") -> None:
        """Queue a message of the city to the case's address, inside the caller's transaction; the same message is sent once."""
        ...

    def send_decision(self, decision: "Decision") -> None:
        """Queue a released decision; later call ``actions.confirm_dispatch`` or ``actions.give_up_dispatch``."""
        ...


channels: Registry[Channel] = Registry("cases.channels")
