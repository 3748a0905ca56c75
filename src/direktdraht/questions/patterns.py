"""Patterns of definitions: regular expressions of a small, harmless language, matched with a time-out.

A counted repeat inside a counted repeat would be written out in memory, recursion and fuzzy matching have no
bound; so only plain groups, look-arounds, classes and repeats are allowed, and all repeats together stay small.
"""

import re
from typing import Annotated

import regex
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

SECONDS = 0.1
"""A pattern that needs longer is taken as not matching."""

MOST_REPEATS = 20_000
"""The product of all counted repeats."""

_PARTS = re.compile(
    r"\\[pP]\{[A-Za-z_]{1,40}\}|\\.|\(\?(?:[:=!]|<[=!]|i\))"
    r"|(?P<extension>\(\?)"
    r"|\{(?P<least>[0-9]{1,4})(?P<range>,(?P<most>[0-9]{0,4}))?\}"
    r"|(?P<brace>\{)",
    re.DOTALL,
)


def harmless(pattern: str) -> bool:
    r"""Whether the pattern keeps to the small language.

    >>> harmless(r"[A-Z]{1,3}-\p{L}{2}"), harmless("((a{999}){999}){999}"), harmless("(?R)")
    (True, False, False)
    """
    repeats = 1
    for part in _PARTS.finditer(pattern):
        if part["extension"] or part["brace"]:
            return False
        if part["least"]:
            repeats *= max(1, int(part["most"] or part["least"]))
    return repeats <= MOST_REPEATS


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text matches, False also if that cannot be told in time."""
    try:
        return regex.fullmatch(pattern, text, timeout=SECONDS) is not None
    except TimeoutError:
        return False


def _compiles(pattern: str) -> str:
    if not harmless(pattern):
        raise PydanticCustomError("no_pattern", "no_pattern")
    try:
        regex.compile(pattern)
    except (regex.error, RecursionError, OverflowError) as reason:
        raise PydanticCustomError("no_pattern", "no_pattern") from reason
    return pattern


Pattern = Annotated[str, Field(max_length=300), AfterValidator(_compiles)]
"""A pattern in a definition."""
