"""The journal: one signed row for each thing that matters legally, sealed in batches, never changed.

Rooms call ``journal.record(...)`` inside their transaction and register in ``journal.contents``
how the content behind a digest is read again. ``verification`` needs neither Django nor database.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import queries
    from .actions import record
    from .contents import Content, ContentReader, contents
    from .digests import new_salt, salted_digest
    from .keys import public_key_pem
    from .models import Entry

__all__ = ["Content", "ContentReader", "Entry", "contents", "new_salt", "public_key_pem", "queries", "record", "salted_digest"]

_HOME = {
    "Content": ".contents",
    "ContentReader": ".contents",
    "Entry": ".models",
    "contents": ".contents",
    "new_salt": ".digests",
    "public_key_pem": ".keys",
    "record": ".actions",
    "salted_digest": ".digests",
}


def __getattr__(name: str) -> object:
    """Load a name when it is first asked for: models exist only after Django has started."""
    if name == "queries":
        return import_module(".queries", __name__)
    if name in _HOME:
        return getattr(import_module(_HOME[name], __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
