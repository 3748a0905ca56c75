"""The one form of a definition or of answers below every digest: RFC 8785 (JCS) and SHA-256."""

import hashlib
from typing import Any

import rfc8785

from direktdraht.questions.definition.errors import DefinitionError, Finding


def canonical(data: Any) -> bytes:
    """The canonical JSON of the data (RFC 8785). Raises DefinitionError where JSON cannot hold it.

    >>> canonical({"b": 1, "a": "ü"})
    b'{"a":"\\xc3\\xbc","b":1}'
    """
    try:
        return rfc8785.dumps(data)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as reason:
        raise DefinitionError([Finding("", "no_json")]) from reason


def digest(data: Any) -> str:
    """SHA-256 of the canonical JSON, in hex."""
    return hashlib.sha256(canonical(data)).hexdigest()
