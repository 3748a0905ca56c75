"""What all written answers share: one check of type and length, before anything else looks at them."""

from direktdraht.questions.elements.base import Cleaned, Raw, refused
from direktdraht.questions.plain import MOST_CHARACTERS, clean_line, clean_lines


def written_line(raw: Raw, most: int) -> Cleaned:
    """A raw answer as one clean line, None if empty, refused if it is no text or too long."""
    return _written(raw, most, several_lines=False)


def written_lines(raw: Raw, most: int) -> Cleaned:
    """A raw answer as clean lines, None if empty, refused if it is no text or too long."""
    return _written(raw, most, several_lines=True)


def _written(raw: Raw, most: int, *, several_lines: bool) -> Cleaned:
    if raw is None:
        return Cleaned()
    if not isinstance(raw, str):
        return refused("wrong_type")
    if len(raw) > MOST_CHARACTERS:
        return refused("too_long", most=most)
    text = clean_lines(raw) if several_lines else clean_line(raw)
    if len(text) > most:
        return refused("too_long", most=most)
    return Cleaned(text or None)
