"""Which bytes the journal's digest of a proof covers. Pure."""

from collections.abc import Mapping
from typing import Any

import rfc8785

FORMAT = "direktdraht-proof/1"


def proof_content(facts: Mapping[str, Any]) -> bytes:
    """The one spelling (RFC 8785) of everything that a proof states, with the digests of its evidence."""
    return rfc8785.dumps({"format": FORMAT, **facts})
