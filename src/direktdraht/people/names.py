"""Names of people as they write them: any letter, no form of address, no hidden signs."""

import unicodedata

LIMIT = 200
# Signs that turn the reading direction or hide: they let a name pose as something else.
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


class NameRefused(ValueError):
    """The name cannot be stored."""


def clean_name(text: str) -> str:
    """Return the name in composed form with single spaces.

    Raises NameRefused for hidden signs or more than 200 characters.

    >>> clean_name("  Kim   Yılmaz ")
    'Kim Yılmaz'
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    if len(words) > LIMIT:
        raise NameRefused("Der Name ist zu lang.")
    if any(unicodedata.category(sign) in HIDDEN for sign in words):
        raise NameRefused("Der Name enthält unsichtbare Zeichen.")
    return words
