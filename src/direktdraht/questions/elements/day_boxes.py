"""Three boxes for a day, so that no one has to guess the order: how they are read, kept and shown again."""

from collections.abc import Mapping
from typing import Any

from direktdraht.questions.days import iso_day
from direktdraht.questions.elements.base import Posted, Raw
from direktdraht.questions.plain import clean_line

BOXES = ("day", "month", "year")


def posted_day(post: Posted, path: str) -> Raw:
    """The boxes of a posted page: "" if empty, YYYY-MM-DD if they make a day, else as they were typed."""
    boxes = {box: post.get(f"{path}.{box}", "") for box in BOXES}
    if not any(isinstance(text, str) and text.strip() for text in boxes.values()):
        return ""
    joined = joined_day(boxes)
    return joined if joined is not None and iso_day(joined) else boxes


def joined_day(boxes: Mapping[str, Any]) -> str | None:
    """Three boxes as YYYY-MM-DD, "" if all are empty, None if they hold no text."""
    texts = [boxes.get(box, "") for box in BOXES]
    if not all(isinstance(text, str) and len(text) <= 40 for text in texts):
        return None
    day, month, year = (clean_line(text).rstrip(".") for text in texts)
    if not (day or month or year):
        return ""
    return f"{year}-{month.zfill(2)}-{day.zfill(2)}"


def shown_boxes(raw: Raw) -> dict[str, str]:
    """What the boxes show for a raw answer."""
    if isinstance(raw, dict):
        return {box: text if isinstance(text := raw.get(box), str) else "" for box in BOXES}
    if isinstance(raw, str) and (day := iso_day(raw)):
        return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
    return dict.fromkeys(BOXES, "")


def box_names(path: str) -> tuple[str, ...]:
    """Names of the boxes on a page."""
    return tuple(f"{path}.{box}" for box in BOXES)
