"""Every page in English: says so, leaves nothing in German by mistake, has a title of its own."""

import functools
from pathlib import Path

import polib
import pytest
from django.conf import settings

from tests.pages import matrix
from tests.pages.addresses import addresses
from tests.pages.reading import ROLES, Pages, is_read, other_languages, read, shared_titles
from tests.pages.world import build, client_of

pytestmark = pytest.mark.django_db
SOURCE = Path(settings.PACKAGE_DIR)
# Words that stand in our data as well as in our texts: names of units, of services, what people wrote.
DATA = {"Abfallwirtschaft", "Regel", "Möbel und Hausrat", "Sperrmüll", "Deutsch", "Leichte Sprache", "Direktdraht"}


def german_sources() -> set[str]:
    """Every German source text that reads differently in English."""
    entries = [entry for path in SOURCE.rglob("en/LC_MESSAGES/django.po") for entry in polib.pofile(str(path))]
    english = {entry.msgstr for entry in entries}
    german = {entry.msgid for entry in entries if entry.msgstr and entry.msgstr != entry.msgid and "%(" not in entry.msgid}
    return german - english - DATA


@functools.cache
def english_pages() -> Pages:
    """Every page in English, read once for all tests of this file."""
    known = addresses(build())
    allowed = matrix.read(matrix.TABLE.read_text(encoding="utf-8"))
    pages: Pages = {}
    for role in ROLES:
        client = client_of(role)
        client.cookies["sprache"] = "en"
        seen = [(name, address) for name, address in known.items() if is_read(name, role, allowed[name])]
        pages[role] = {name: read(client.get(address).content.decode(), "en") for name, address in seen}
    return pages


def test_every_english_page_says_so() -> None:
    assert not (wrong := other_languages(english_pages(), "en")), "\n".join(wrong)


def test_no_english_page_leaves_a_text_in_german() -> None:
    german = german_sources()

    wrong = {
        f"{name} for {role} says in English: {text!r}"
        for role, pages in english_pages().items()
        for name, page in pages.items()
        for text in page.texts
        if text in german
    }

    assert not wrong, "\n".join(sorted(wrong))


def test_every_english_page_has_a_title_of_its_own() -> None:
    assert not (wrong := shared_titles(english_pages())), "\n".join(wrong)
