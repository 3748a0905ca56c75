"""Every page in German and English: says its language, leaves nothing in German by mistake, has a title of its own."""

import re
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.test import Client

from tests.pages import matrix
from tests.pages.addresses import addresses
from tests.pages.exceptions import NOT_PAGES, SAME_TITLE
from tests.pages.world import World, build, client_of

pytestmark = pytest.mark.django_db
SOURCE = Path(settings.PACKAGE_DIR)
ROLES = ("anonymous", "robin", "alex", "toni", "jo", "pat")
# Words that stand in our data as well as in our texts: names of units, of services, what people wrote.
DATA = {"Abfallwirtschaft", "Regel", "Möbel und Hausrat", "Sperrmüll", "Deutsch", "Leichte Sprache", "Direktdraht"}


class Texts(HTMLParser):
    """The texts of a page that are in the page's own language, and its title."""

    def __init__(self, language: str) -> None:
        super().__init__(convert_charrefs=True)
        self.language = language
        self.title = ""
        self.said_language = ""
        self.texts: list[str] = []
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the language that holds inside the element."""
        values = dict(attrs)
        outer = self.open[-1][1] if self.open else self.language
        if tag == "html":
            self.said_language = values.get("lang") or ""
        if tag not in {"input", "br", "img", "meta", "link", "hr"}:
            self.open.append((tag, values.get("lang") or outer))
        if outer == self.language:
            self.texts += [values.get(name) or "" for name in ("aria-label", "placeholder", "alt", "title")]

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Note one text."""
        tag, language = self.open[-1] if self.open else ("", "")
        if tag == "title":
            self.title += data
        elif language == self.language and tag not in {"textarea", "script", "style"}:
            self.texts.append(" ".join(data.split()))


def german_sources() -> set[str]:
    """Every German source text that reads differently in English."""
    entries = [entry for path in SOURCE.rglob("en/LC_MESSAGES/django.po") for entry in polib.pofile(str(path))]
    english = {entry.msgstr for entry in entries}
    german = {entry.msgid for entry in entries if entry.msgstr and entry.msgstr != entry.msgid and "%(" not in entry.msgid}
    return german - english - DATA


def seen(world: World, client: Client, role: str, language: str) -> dict[str, Texts]:
    """The pages of a role in one language."""
    client.cookies["sprache"] = language
    allowed = matrix.read(matrix.TABLE.read_text(encoding="utf-8"))
    found = {}
    for name, address in addresses(world).items():
        mine = allowed[name][matrix.ROLES.index(role)] == "200" and (role == "anonymous" or allowed[name][0] != "200")
        if mine and name.partition("#")[0] not in NOT_PAGES:
            found[name] = Texts(language)
            found[name].feed(client.get(address).content.decode())
    return found


def test_every_page_speaks_the_language_it_says() -> None:
    world, german, wrong = build(), german_sources(), []
    for role in ROLES:
        for language in ("de", "en"):
            for name, page in seen(world, client_of(role), role, language).items():
                if page.said_language != language:
                    wrong.append(f"{name} says {page.said_language!r} instead of {language}")
                if language == "en":
                    wrong += [f"{name} for {role} says in English: {text!r}" for text in page.texts if text in german]

    assert not wrong, "\n".join(sorted(set(wrong)))


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_has_a_title_of_its_own(language: str) -> None:
    world, wrong = build(), []
    for role in ROLES:
        titles: dict[str, str] = {}
        for name, page in seen(world, client_of(role), role, language).items():
            title, view = page.title.strip(), name.partition("#")[0]
            if not re.search(r"\w{3}", title.partition(" – ")[0]):
                wrong.append(f"{name} for {role}: {title!r}")
            other = titles.setdefault(title, view)
            if other != view and frozenset({other, view}) not in SAME_TITLE:
                wrong.append(f"{name} and {other} for {role}: both {title!r}")

    assert not wrong, "\n".join(wrong)
