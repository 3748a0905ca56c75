"""German source texts and their English catalogues."""

import re
from pathlib import Path

import polib
import pytest
from tools.source_texts import texts_of

from tests.consistency.tree import apps, name_of, product_files, tracked

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
CALLS = re.compile(r"\b(?:gettext|gettext_lazy|ngettext|ngettext_lazy|_)\(f[\"']")


def catalogue(app: Path) -> polib.POFile:
    """The English catalogue of an app; an empty one if it has no file."""
    path = app / "locale" / "en" / "LC_MESSAGES" / "django.po"
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def is_whole(entry: polib.POEntry, plural: str) -> bool:
    """Whether a text, and where it has one its plural, is translated."""
    if plural:
        return entry.msgid_plural == plural and all(entry.msgstr_plural.get(form) for form in (0, 1))
    return bool(entry.msgstr)


@pytest.mark.parametrize("app", apps(), ids=name_of)
def test_every_german_text_has_its_english_one(app: Path) -> None:
    known = {entry.msgid: entry for entry in catalogue(app) if not entry.obsolete}

    missing = [text for text, plural in texts_of(app).items() if text not in known or not is_whole(known[text], plural)]

    assert missing == []


@pytest.mark.parametrize("app", apps(), ids=name_of)
def test_no_translation_is_left_over_or_uncertain(app: Path) -> None:
    used = texts_of(app)

    assert [entry.msgid for entry in catalogue(app) if entry.obsolete or entry.msgid not in used] == []
    assert [entry.msgid for entry in catalogue(app) if entry.fuzzy] == []


@pytest.mark.parametrize("app", apps(), ids=name_of)
def test_a_translation_has_the_same_places_for_facts(app: Path) -> None:
    different = [
        entry.msgid
        for entry in catalogue(app)
        for translated in ([entry.msgstr] if entry.msgstr else [entry.msgstr_plural.get(1, "")])
        if sorted(set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))) != sorted(set(PLACEHOLDER.findall(translated)))
    ]

    assert different == []


def test_no_sentence_is_glued_together_before_it_is_translated() -> None:
    assert [name_of(path) for path in product_files() if CALLS.search(path.read_text(encoding="utf-8"))] == []


def test_no_german_text_shouts() -> None:
    loud = [text for app in apps() for text in texts_of(app) if "!" in text]

    assert loud == []


def test_every_catalogue_belongs_to_an_app() -> None:
    homes = [path for path in tracked() if path.suffix == ".po"]

    assert [name_of(path) for path in homes if path.parents[3] not in apps()] == []
