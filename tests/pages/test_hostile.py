"""Whatever stands in an address: a page that says no, never a broken one."""

from urllib.parse import quote, unquote
from uuid import UUID

import pytest
from django.urls import Resolver404, resolve, reverse

from tests.pages import matrix
from tests.pages.addresses import View, names, values
from tests.pages.exceptions import ANY_VALUE, GONE_ALREADY
from tests.pages.world import TOUCH_THE_SESSION, World, build, client_of, read_to_the_end

pytestmark = pytest.mark.django_db
HOSTILE = (
    str(UUID(int=7)),
    "0",
    "-1",
    "9" * 40,
    "x" * 5_000,
    "Ünïcödé-\u202e\U0001f980",
    "\x00",
    "%00",
    "../../../etc/passwd",
    "' OR 1=1 --",
    '"><script>alert(1)</script>',
    "${7*7}",
    "26-99999-A",
    " ",
)
MARK = {"uuid": str(UUID(int=1)), "int": "7" * 12, "str": "7" * 12, "slug": "7" * 12, "re": "7" * 12}
WIDE = ("robin", "alex", "jo")
SAYS_NO = {"400", "403", "404", "405", "414", ">key", ">order", ">sign-in"}


def test_every_parameter_refuses_hostile_values() -> None:
    world = build()
    cells = matrix.read(matrix.TABLE.read_text(encoding="utf-8"))
    clients = {role: client_of(role) for role in WIDE}
    wrong = []
    for name, view in (entry for entry in names() if "#" not in entry[0]):
        role = widest(name, cells[name])
        for parameter in view.parameters:
            stopped = False
            marked = with_mark(name, view, world, parameter)
            allowed = SAYS_NO | ({"200", "422", ">form", ">page"} if (view.name, parameter) in ANY_VALUE else set())
            allowed |= {GONE_ALREADY[name]} if name in GONE_ALREADY else set()
            for value in HOSTILE:
                address = marked.replace(MARK[view.parameters[parameter]], quote(value, safe=""))
                if not reaches_a_view(address):
                    if stopped:
                        continue  # one address that no view is asked for stands for all
                    stopped = True
                for method in ("GET", "POST"):
                    got = matrix.cell(read_to_the_end(clients[role].generic(method, address)))
                    if got not in allowed:
                        wrong.append(f"{method} {name} {parameter}={value[:40]!r}: {got}")
        if name.startswith(TOUCH_THE_SESSION):
            clients[role] = client_of(role)

    assert not wrong, "\n".join(wrong)


def reaches_a_view(address: str) -> bool:
    """Whether any view is asked for this address."""
    try:
        resolve(unquote(address))
    except Resolver404:
        return False
    return True


def with_mark(name: str, view: View, world: World, parameter: str) -> str:
    """The address with a mark where the hostile value shall stand."""
    return reverse(view.name, kwargs={**(values(name, view, world) or {}), parameter: MARK[view.parameters[parameter]]})


def widest(name: str, cells: list[str]) -> str:
    """The role that sees the page, or the one with the widest rights in its room."""
    seeing = [role for role in WIDE if cells[matrix.ROLES.index(role)] == "200"]
    return seeing[0] if seeing else ("alex" if "buero" in name or name.startswith("cases:") else "robin")


def test_every_query_parameter_is_read_with_care() -> None:
    build()
    wrong = []
    for role, path, parameter in QUESTIONS:
        client = client_of(role)
        for value in HOSTILE:
            got = client.get(path, {parameter: value}).status_code
            if got not in {200, 302, 400, 404}:
                wrong.append(f"{path}?{parameter}={value[:40]!r}: {got}")

    assert not wrong, "\n".join(wrong)


QUESTIONS = (
    ("anonymous", "/suche", "q"),
    *(("anonymous", "/termine", name) for name in ("anlass", "standort", "ab", "tag")),
    *(("kim", "/buero/termine", name) for name in ("standort", "tag", "suche", "stand", "sortierung", "seite")),
    *(("kim", "/buero/termine/tag.csv", name) for name in ("standort", "tag", "suche")),
    *(("kim", "/buero/termine/wuensche", name) for name in ("suche", "seite")),
    *(("kim", "/buero/termine/neu", name) for name in ("anlass", "standort", "ab", "tag")),
    ("anonymous", "/termine/wunsch", "anlass"),
    ("anonymous", "/vorgang", "nummer"),
    ("anonymous", "/quittung", "nummer"),
    ("anonymous", "/journal", "vor"),
    ("anonymous", "/konto/anmelden", "next"),
    ("robin", "/mein-bereich", "nach"),
    ("kim", "/buero/eingang", "liste"),
    ("kim", "/buero/eingang", "zeige"),
    ("kim", "/buero/eingang", "suche"),
    ("kim", "/buero/eingang", "sortierung"),
    ("kim", "/buero/eingang", "nach"),
    ("kim", "/buero/eingang.csv", "suche"),
    *(("kim", "/buero/anmeldungen/ferien-kurse/liste", name) for name in ("stand", "suche", "sortierung", "nach")),
    *(("kim", "/buero/anmeldungen/ferien-kurse/angebot/1", name) for name in ("stand", "suche", "sortierung", "nach")),
    ("kim", "/buero/anmeldungen/ferien-kurse/liste.csv", "suche"),
)
