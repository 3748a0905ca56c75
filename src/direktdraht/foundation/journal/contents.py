"""How the content behind a digest is read again, registered by the room that owns it."""

from dataclasses import dataclass, field
from typing import Protocol

from direktdraht.foundation.registry import Registry

from .models import Entry


@dataclass(frozen=True)
class Content:
    """What was digested, and its salt."""

    content: bytes = field(repr=False)
    salt: bytes = field(repr=False)


class ContentReader(Protocol):
    """Reads the content of entries whose subject has the registered prefix."""

    def read(self, entry: Entry) -> Content | None:
        """The content and salt that the entry's digest covers, or None when it was erased."""


# By the part of a subject before the colon, for example "submission".
contents: Registry[ContentReader] = Registry("journal.contents")
