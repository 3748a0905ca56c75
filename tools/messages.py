"""Translation catalogues without system gettext: ``compile`` them, or ``update`` them from the source texts.

Each room keeps ``locale/en/LC_MESSAGES/django.po``; the German source text is the message id.
"""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parents[1] / "src" / "direktdraht"


def catalogues() -> list[Path]:
    """Every catalogue of the house."""
    return sorted(SOURCE.rglob("locale/*/LC_MESSAGES/django.po"))


def compile_all() -> None:
    """Write the ``.mo`` file beside each catalogue."""
    for path in catalogues():
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def rooms() -> Iterator[Path]:
    """Every folder that is a Django app."""
    for apps in sorted(SOURCE.rglob("apps.py")):
        if "settings" not in apps.parts:
            yield apps.parent


def update_all() -> None:
    """Add new source texts to each room's English catalogue and drop the unused."""
    texts_of = importlib.import_module("tools.source_texts").texts_of  # needs Babel, which set-up does not have
    for room in rooms():
        found = texts_of(room)
        path = room / "locale" / "en" / "LC_MESSAGES" / "django.po"
        old = polib.pofile(str(path)) if path.exists() else polib.POFile()
        known = {entry.msgid: entry for entry in old}
        fresh = polib.POFile(wrapwidth=0)
        fresh.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": "en", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
        for text, plural in sorted(found.items()):
            entry = known.get(text) or polib.POEntry(msgid=text)
            entry.occurrences = []
            if plural:
                entry.msgid_plural = plural
                entry.msgstr_plural = entry.msgstr_plural or {0: "", 1: ""}
            fresh.append(entry)
        if found:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh.save(str(path))
            missing = [entry.msgid for entry in fresh if not entry.translated()]
            print(f"{room.name}: {len(fresh)} texts, {len(missing)} without translation")
            for text in missing:
                print(f"    {text!r}")


if __name__ == "__main__":
    compile_all() if sys.argv[1:] == ["compile"] else update_all()
