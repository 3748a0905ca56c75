"""No page asks the database much, and none asks more because there is more to show."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages import matrix
from tests.pages.addresses import addresses
from tests.pages.exceptions import READ_IN_CHUNKS
from tests.pages.more import grow
from tests.pages.world import World, build, client_of, read_to_the_end

pytestmark = pytest.mark.django_db
MOST = 12
# What is known about a person, its export, and "Mein Bereich" ask each room for each kind of thing once.
MORE = {"people:data": 24, "people:data_export": 30, "portal:area": 16}
# Marks inside a transaction, and the city's settings, which a process reads every two seconds and not for each page.
NOT_COUNTED = re.compile(r'^(SAVEPOINT|RELEASE)|FROM "city_cityrecord"')
# The roles that between them see every page.
ROLES = ("anonymous", "robin", "alex", "toni", "mika", "jo")
Counts = dict[tuple[str, str], list[str]]


def test_no_page_asks_much_or_more_when_there_is_more() -> None:
    world = build()
    grow(world, 2)
    few = counted(world)
    grow(world, 27)
    many = counted(world)

    over = [
        f"{name} for {role}: {len(asked)} queries\n{listed(asked)}"
        for (name, role), asked in few.items()
        if len(asked) > MORE.get(name, MOST)
    ]
    grown = [
        f"{page[0]} for {page[1]}: {len(few[page])} queries became {len(asked)}\n{listed(asked[len(few[page]) :])}"
        for page, asked in many.items()
        if len(asked) > len(few[page]) + (page[0] in READ_IN_CHUNKS)
    ]

    assert not over, "\n".join(over)
    assert not grown, "\n".join(grown)


def counted(world: World) -> Counts:
    """The queries of the second look at every page that a role may see."""
    allowed = matrix.read(matrix.TABLE.read_text(encoding="utf-8"))
    found: Counts = {}
    for role in ROLES:
        client = client_of(role)
        for name, address in addresses(world).items():
            if allowed[name][matrix.ROLES.index(role)] != "200" or (role != "anonymous" and is_open(allowed[name])):
                continue
            if name.startswith(("account_", "mfa_")):
                client = client_of(role)
            read_to_the_end(client.get(address))
            with CaptureQueriesContext(connection) as queries:
                response = read_to_the_end(client.get(address))
            assert response.status_code == 200, (name, role)
            found[name, role] = [query["sql"] for query in queries if not NOT_COUNTED.search(query["sql"])]
    return found


def is_open(cells: list[str]) -> bool:
    """Whether everybody sees the page; then one look is enough."""
    return set(cells) == {"200"}


def listed(queries: list[str]) -> str:
    """Some queries, shortened, for the reader of a failed test."""
    return "\n".join(f"    {query[:220]}" for query in queries[:16])
