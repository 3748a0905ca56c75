"""What this room knows of an uploaded file. The file itself lies in the foundation's documents."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class FileFacts:
    """Name as shown, size in bytes, and the type found in the content (never the type a browser claims)."""

    name: str
    size: int
    content_type: str


Files = Mapping[str, FileFacts]
"""Facts of the files a person may use in this form, by document id."""
