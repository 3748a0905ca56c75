"""German order for a database that sorts by code point: a stored key after DIN 5007, variant 1 (dictionaries)."""

import unicodedata

# Letters that do not fall apart into a base letter and a mark.
WHOLE = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŋ": "n"})


def plain(text: str) -> str:
    """Small letters without marks, only letters, digits and single spaces.

    >>> plain("Straßen-Übergang, Öffnung")
    'strassen ubergang offnung'
    """
    small = unicodedata.normalize("NFKD", text).casefold().translate(WHOLE)
    apart = unicodedata.normalize("NFKD", small)
    letters = "".join(sign if sign.isalnum() else " " for sign in apart if not unicodedata.combining(sign))
    return " ".join(letters.split())


def sort_key(text: str) -> str:
    """The key after which the text is sorted: ä like a, ß like ss; equal words by their marks, marked ones last.

    >>> sorted(["Zander", "Ökotest", "Ofen", "Abfall", "Ärger"], key=sort_key)
    ['Abfall', 'Ärger', 'Ofen', 'Ökotest', 'Zander']
    """
    return f"{plain(text)}\t{unicodedata.normalize('NFC', text).lower()}"
