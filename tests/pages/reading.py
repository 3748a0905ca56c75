"""What a page says: its language, its title, its texts; and what is wrong with that."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

from tests.pages import matrix
from tests.pages.exceptions import NOT_PAGES, SAME_TITLE

# Whose pages are read; what mika sees shows names of accounts, which a city keeps in one language.
ROLES = ("anonymous", "robin", "alex", "toni", "jo", "pat")


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


Pages = dict[str, dict[str, Texts]]
"""By role, then by the name of the address."""


def is_read(name: str, role: str, cells: list[str]) -> bool:
    """Whether a page is read as this role: one that anybody sees only as nobody in particular."""
    mine = role in ROLES and cells[matrix.ROLES.index(role)] == "200" and (role == "anonymous" or cells[0] != "200")
    return mine and name.partition("#")[0] not in NOT_PAGES


def read(html: str, language: str) -> Texts:
    """Read one page."""
    texts = Texts(language)
    texts.feed(html)
    return texts


def other_languages(pages: Pages, language: str) -> list[str]:
    """The pages that say they were in another language, as sentences."""
    seen = [(name, page) for of_role in pages.values() for name, page in of_role.items()]
    return sorted({f"{name} says {page.said_language!r} instead of {language}" for name, page in seen if page.said_language != language})


def shared_titles(pages: Pages) -> list[str]:
    """The pages without a title of their own among the pages of a role, as sentences."""
    return [wrong for role, of_role in pages.items() for wrong in shared_titles_of(role, of_role.items())]


def shared_titles_of(role: str, pages: Iterable[tuple[str, Texts]]) -> list[str]:
    """The same for one role."""
    wrong, titles = [], dict[str, str]()
    for name, page in pages:
        title, view = page.title.strip(), name.partition("#")[0]
        if not re.search(r"\w{3}", title.partition(" – ")[0]):
            wrong.append(f"{name} for {role}: {title!r}")
        other = titles.setdefault(title, view)
        if other != view and frozenset({other, view}) not in SAME_TITLE:
            wrong.append(f"{name} and {other} for {role}: both {title!r}")
    return wrong
