r"""Plain text from outside: what is kept, what is removed, and why.

Text is brought to Unicode NFC. Removed without a word, because no one sees or means them and a refusal
could not be understood: control characters, characters that change the reading direction (U+202A-202E,
U+2066-2069, U+200E, U+200F, U+061C: with them "gpj.exe" reads as "exe.jpg"), invisible spaces, byte
order marks, noncharacters and lone surrogates. The review page shows what is left, so the person sees what
is sent. Kept: joiners U+200C and U+200D, which Persian and emoji need. Source: Unicode TR 9 and TR 36.
"""

import re
import unicodedata

_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u00ad\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
_SURROGATES = "\ud800-\udfff"
_TAGS = "\U000e0001\U000e0020-\U000e007f"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"

_REMOVED = re.compile(f"[{_DIRECTION}{_INVISIBLE}{_NONCHARACTERS}{_SURROGATES}{_TAGS}{_CONTROLS}]")
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_BLANKS = re.compile(r"\s+")

MOST_CHARACTERS = 100_000
"""Longer input is refused before it is looked at."""


def clean_lines(text: str) -> str:
    r"""Text of several lines: NFC, one kind of line end, nothing invisible, no blanks at the ends.

    >>> clean_lines("  a\u202eb\r\nc ")
    'ab\nc'
    """
    if text.isprintable():  # then there is one line, no blank but the space, and nothing to remove
        return unicodedata.normalize("NFC", text).strip()
    visible = _REMOVED.sub("", _LINE_ENDS.sub("\n", text))
    lines = unicodedata.normalize("NFC", visible).replace("\t", " ").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def clean_line(text: str) -> str:
    r"""Text of one line: as ``clean_lines``, and every run of blanks is one space.

    >>> clean_line("Anna \n  Meier")
    'Anna Meier'
    """
    return _BLANKS.sub(" ", clean_lines(text)).strip()
