"""What a submission's digest covers. Pure: no database, no clock.

The digest is ``SHA-256(salt || canonical_bytes)``. The bytes are RFC 8785 JSON of exactly the fields of
``Content``; a new field needs a new ``format``, or old digests could not be recomputed.
"""

from dataclasses import asdict, dataclass
from typing import Any

import rfc8785

from direktdraht.foundation.journal.digests import salted_digest

FORMAT = "direktdraht-submission/1"


@dataclass(frozen=True)
class FrozenFile:
    """A file of the submission: the id by which the answers name it, and what it was when it was sent."""

    id: str
    name: str
    sha256: str
    size: int
    content_type: str

    def to_json(self) -> dict[str, Any]:
        """The file as it is digested and stored."""
        return asdict(self)


@dataclass(frozen=True)
class Content:
    """Exactly what is sent."""

    kind: str
    definition_digest: str
    answers: dict[str, Any]
    files: tuple[FrozenFile, ...]
    text: str
    language: str

    def canonical_bytes(self) -> bytes:
        """The one spelling of this content."""
        return rfc8785.dumps(
            {
                "format": FORMAT,
                "kind": self.kind,
                "definition": self.definition_digest,
                "answers": self.answers,
                "files": [file.to_json() for file in self.files],
                "text": self.text,
                "language": self.language,
            }
        )

    def digest(self, salt: bytes) -> str:
        """The salted digest in hex."""
        return salted_digest(self.canonical_bytes(), salt)
