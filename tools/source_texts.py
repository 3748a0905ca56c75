"""The German source texts of a room: from Python by Babel, from templates by Django's own extractor."""

from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_python
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS = dict.fromkeys(("gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "_", "_p", "npgettext", "N_"))

if not settings.configured:
    settings.configure()


def texts_of(room: Path) -> dict[str, str]:
    """Return message id → plural id (or "") of every marked text below ``room``, apps inside it excluded."""
    found: dict[str, str] = {}
    inner = [apps.parent for apps in room.rglob("apps.py") if apps.parent != room]
    for path in sorted(room.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or any(folder in path.parents for folder in inner):
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            source = templatize(source)
        for _line, function, messages, _comments in extract_python(BytesIO(source.encode()), KEYWORDS, [], {}):
            collect(found, str(function), messages)
    return found


def collect(found: dict[str, str], function: str, messages: object) -> None:
    """Note one call; context calls are noted by their text alone."""
    parts = list(messages) if isinstance(messages, tuple | list) else [messages]
    if "pgettext" in function or function == "_p":
        parts = parts[1:]
    if not parts or not isinstance(parts[0], str) or not parts[0]:
        return
    plural = parts[1] if "ngettext" in function and len(parts) > 1 and isinstance(parts[1], str) else ""
    found[parts[0]] = plural or found.get(parts[0], "")
