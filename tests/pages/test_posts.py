"""Posts at every address: those of strangers change nothing, those without a token are refused."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages import matrix
from tests.pages.addresses import View, addresses, names
from tests.pages.exceptions import OPEN_POSTS, OWN_POSTS
from tests.pages.world import TOUCH_THE_SESSION, build, client_of

pytestmark = pytest.mark.django_db
REFUSED = {">sign-in", ">key", "403", "404", "405"}
# What a refused post may still write: sessions, and counters of rate limits.
HARMLESS = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "?(django_session|limits_\w+|usersessions_usersession)"?', re.IGNORECASE)
WRITING = re.compile(r"^(INSERT|UPDATE|DELETE|TRUNCATE)", re.IGNORECASE)


@pytest.mark.parametrize("role", ["anonymous", "noa", "sascha"])
def test_posts_of_strangers_change_nothing(role: str) -> None:
    wrong, known, client = [], addresses(build()), client_of(role)
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


def test_posts_without_a_token_are_refused() -> None:
    taken, known, client = [], addresses(build()), client_of("alex")
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
