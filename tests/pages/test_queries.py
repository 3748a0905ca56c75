"""No page asks the database much, and none asks more because there is more to show."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages import matrix
from tests.pages.addresses import addresses
from tests.pages.exceptions import READ_IN_CHUNKS
from tests.pages.more import grow
from tests.pages.world import TOUCH_THE_SESSION, World, build, client_of, read_to_the_end

pytestmark = pytest.mark.django_db
MOST = 12
# What is known about a person, its export, and "Mein Bereich" ask each room for each kind of thing once.
MORE = {"people:data": 24, "people:data_export": 30, "portal:area": 16}
# Marks inside a transaction, and the city's settings, which a process reads every two seconds and not for each page.
NOT_COUNTED = re.compile(r'^(SAVEPOINT|RELEASE)|FROM "city_cityrecord"')
# The roles that between them see every page.
ROLES = ("anonymous", "robin", "alex", "toni", "mika", "jo")
Page = tuple[str, str]
Queries = list[str]


def test_no_page_asks_much_or_more_when_there_is_more() -> None:
    world = build()
    grow(world, 2)
    few = {page: looks[-1] for page, looks in counted(world, lambda _page, looks: len(looks) < 2).items()}
    grow(world, 27)
    # A look that asks no more than before needs no second one, which would ask even less.
    many = counted(world, lambda page, looks: not looks or (len(looks) < 2 and has_grown(page, few[page], looks[0])))

    over = [
        f"{name} for {role}: {len(asked)} queries\n{listed(asked)}"
        for (name, role), asked in few.items()
        if len(asked) > MORE.get(name, MOST)
    ]
    grown = [
        f"{page[0]} for {page[1]}: {len(few[page])} queries became {len(looks[-1])}\n{listed(looks[-1][len(few[page]) :])}"
        for page, looks in many.items()
        if has_grown(page, few[page], looks[-1])
    ]

    assert not over, "\n".join(over)
    assert not grown, "\n".join(grown)


def counted(world: World, again: Callable[[Page, list[Queries]], bool]) -> dict[Page, list[Queries]]:
    """The queries of each look at every page that a role may see; ``again`` tells whether a further look is needed."""
    allowed = matrix.read(matrix.TABLE.read_text(encoding="utf-8"))
    known = addresses(world)
    found: dict[Page, list[Queries]] = {}
    for role in ROLES:
        client = client_of(role)
        for name, address in known.items():
            if allowed[name][matrix.ROLES.index(role)] != "200" or (role != "anonymous" and is_open(allowed[name])):
                continue
            if name.startswith(TOUCH_THE_SESSION):
                client = client_of(role)
            looks = found.setdefault((name, role), [])
            while again((name, role), looks):
                with CaptureQueriesContext(connection) as queries:
                    response = read_to_the_end(client.get(address))
                assert response.status_code == 200, (name, role)
                looks.append([query["sql"] for query in queries if not NOT_COUNTED.search(query["sql"])])
    return found


def has_grown(page: Page, few: Queries, many: Queries) -> bool:
    """Whether a page asks more than it may when there is more."""
    return len(many) > len(few) + (page[0] in READ_IN_CHUNKS)


def is_open(cells: list[str]) -> bool:
    """Whether everybody sees the page; then one look is enough."""
    return set(cells) == {"200"}


def listed(queries: list[str]) -> str:
    """Some queries, shortened, for the reader of a failed test."""
    return "\n".join(f"    {query[:220]}" for query in queries[:16])
