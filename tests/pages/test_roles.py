"""The page list: every view, every role, against the written table."""

import os
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages import matrix
from tests.pages.addresses import View, addresses, names, views
from tests.pages.exceptions import OPEN_POSTS, OWN_POSTS, WITHOUT_ADDRESS
from tests.pages.world import ROLES, World, build, client_of, read_to_the_end

pytestmark = pytest.mark.django_db
TOUCH_THE_SESSION = ("account_", "mfa_")
REFUSED = {">sign-in", ">key", "403", "404", "405"}
# What a refused post may still write: sessions, and counters of rate limits.
HARMLESS = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "?(django_session|limits_\w+|usersessions_usersession)"?', re.IGNORECASE)
WRITING = re.compile(r"^(INSERT|UPDATE|DELETE|TRUNCATE)", re.IGNORECASE)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return build()


def test_every_view_has_an_address_or_a_reason(world: World) -> None:
    known = {name.partition("#")[0] for name in addresses(world)}

    missing = [view.name for view in views() if view.name not in known and view.name not in WITHOUT_ADDRESS]
    stale = [name for name in {*OPEN_POSTS, *OWN_POSTS, *WITHOUT_ADDRESS} if name not in {view.name for view in views()}]

    assert not missing, f"Add them to tests/pages/addresses.py: {missing}"
    assert not stale, f"Take them out of tests/pages/exceptions.py: {stale}"


def test_who_gets_what_is_as_written(world: World) -> None:
    table: matrix.Table = {name: {} for name in addresses(world)}
    for role in ROLES:
        client = client_of(role)
        for name, address in addresses(world).items():
            table[name][role] = matrix.cell(read_to_the_end(client.get(address)))
            if name.startswith(TOUCH_THE_SESSION):
                client = client_of(role)
    text = matrix.written(table)
    if matrix.WRITE in os.environ:
        matrix.TABLE.write_text(text, encoding="utf-8")

    changed = matrix.differences(matrix.TABLE.read_text(encoding="utf-8"), text)

    assert not changed, "\n".join(["If this is meant: python -m tests.pages.matrix", *changed])


@pytest.mark.parametrize("role", ["anonymous", "noa", "sascha"])
def test_posts_of_strangers_change_nothing(world: World, role: str) -> None:
    wrong, known, client = [], addresses(world), client_of(role)
    for name, view in names():
        if name not in known or view.name in OPEN_POSTS or (view.name in OWN_POSTS and role != "anonymous"):
            continue
        with CaptureQueriesContext(connection) as queries:
            got = matrix.cell(client.post(known[name]))
        written = [query["sql"] for query in queries if WRITING.match(query["sql"]) and not HARMLESS.match(query["sql"])]
        if name.startswith(TOUCH_THE_SESSION):
            client = client_of(role)
        if got not in REFUSED or written:
            wrong.append(f"{name}: {got} {written}")

    assert not wrong, "\n".join(wrong)


def test_posts_without_a_token_are_refused(world: World) -> None:
    taken, known, client = [], addresses(world), client_of("alex")
    client.handler.enforce_csrf_checks = True
    for name, view in names():
        if (got := client.post(known[name]).status_code) not in {403, 405, 302, 404}:
            taken.append(f"{name}: {got}")
        elif got == 302 and not accepts_without_token(view):
            taken.append(f"{name}: redirected without a token")

    assert not taken, "\n".join(taken)


def accepts_without_token(view: View) -> bool:
    """The one view that sets nothing but the reader's language."""
    return view.name == "web:set_language"
