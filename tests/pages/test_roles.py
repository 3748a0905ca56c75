"""The page list: every view, every role, against the written table; and what the pages say in German."""

import functools
import os

import pytest

from tests.pages import matrix
from tests.pages.addresses import addresses, views
from tests.pages.exceptions import OPEN_POSTS, OWN_POSTS, WITHOUT_ADDRESS
from tests.pages.reading import Pages, is_read, other_languages, read, shared_titles
from tests.pages.world import ROLES, TOUCH_THE_SESSION, build, client_of, read_to_the_end

pytestmark = pytest.mark.django_db


@functools.cache
def walk() -> tuple[matrix.Table, Pages]:
    """Everybody asks for every address, once for all tests of this file: who gets what, and what it says."""
    known = addresses(build())
    table: matrix.Table = {name: {} for name in known}
    pages: Pages = {role: {} for role in ROLES}
    for role in ROLES:
        client = client_of(role)
        for name, address in known.items():
            response = client.get(address)
            table[name][role] = matrix.cell(read_to_the_end(response))
            if is_read(name, role, list(table[name].values())):
                pages[role][name] = read(response.content.decode(), "de")
            if name.startswith(TOUCH_THE_SESSION):
                client = client_of(role)
    return table, pages


def test_every_view_has_an_address_or_a_reason() -> None:
    table, _ = walk()
    known = {name.partition("#")[0] for name in table}

    missing = [view.name for view in views() if view.name not in known and view.name not in WITHOUT_ADDRESS]
    stale = [name for name in {*OPEN_POSTS, *OWN_POSTS, *WITHOUT_ADDRESS} if name not in {view.name for view in views()}]

    assert not missing, f"Add them to tests/pages/addresses.py: {missing}"
    assert not stale, f"Take them out of tests/pages/exceptions.py: {stale}"


def test_who_gets_what_is_as_written() -> None:
    table, _ = walk()
    text = matrix.written(table)
    if matrix.WRITE in os.environ:
        matrix.TABLE.write_text(text, encoding="utf-8")

    changed = matrix.differences(matrix.TABLE.read_text(encoding="utf-8"), text)

    assert not changed, "\n".join(["If this is meant: python -m tests.pages.matrix", *changed])


def test_every_german_page_says_so() -> None:
    _, pages = walk()

    assert not (wrong := other_languages(pages, "de")), "\n".join(wrong)


def test_every_german_page_has_a_title_of_its_own() -> None:
    _, pages = walk()

    assert not (wrong := shared_titles(pages)), "\n".join(wrong)
