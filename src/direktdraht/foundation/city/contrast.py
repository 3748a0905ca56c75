"""Contrast of two colours, WCAG 2.2, definition of relative luminance."""

import re

HEX = re.compile(r"#[0-9a-fA-F]{6}")
LEAST_FOR_TEXT = 4.5  # WCAG 2.2, 1.4.3 (AA)


def luminance(colour: str) -> float:
    """Return the relative luminance (0 black … 1 white) of ``#rrggbb``.

    Raises:
        ValueError: not a six-digit hex colour.
    """
    if not HEX.fullmatch(colour):
        raise ValueError(colour)
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21.

    >>> round(ratio("#000000", "#ffffff"))
    21
    """
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
