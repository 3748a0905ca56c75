"""Who gets what: one line an address, one column a role. ``python -m tests.pages.matrix`` writes the table anew.

A number is the status of a GET; ``>name`` is a redirect to that view.
"""

import os
import sys
from pathlib import Path

import pytest
from django.http import HttpResponseBase
from django.urls import Resolver404, resolve

ROLES = ("anonymous", "noa", "robin", "kim", "pat", "alex", "sascha", "toni", "mika", "jo")
TABLE = Path(__file__).with_name("matrix.txt")
WRITE = "WRITE_PAGE_MATRIX"
HEAD = """# Who gets what. A number is the status of a GET; >name is a redirect to that view.
# noa is another resident, robin the person of draft and cases, kim a clerk of the unit, alex its lead,
# pat a new clerk of that unit who has no second factor yet, sascha a clerk of another unit,
# toni designs forms, mika keeps the city's accounts, jo administers the platform.
# Written by: python -m tests.pages.matrix (then read the difference).
"""
# Long names of redirects, shortened so that the table stays readable.
SHORT = {
    "account_change_password": ">change",
    "account_login": ">sign-in",
    "account_reset_password_from_key": ">form",
    "account_reauthenticate": ">again",
    "cases:enter": ">key",
    "forms:page": ">page",
    "mfa_deactivate_totp": ">remove",
    "mfa_index": ">factor",
    "payments:enter": ">order",
    "people:second_factor": ">factor",
    "portal:accessibility": ">read",
    "portal:area": ">area",
    "portal:home": ">home",
    "portal:staff_start": ">start",
    "submissions:receipt": ">receipt",
}

Table = dict[str, dict[str, str]]


def cell(response: HttpResponseBase) -> str:
    """What one role gets at one address, as a word."""
    if response.status_code not in {301, 302, 303}:
        return str(response.status_code)
    path = response.headers["Location"].split("?")[0].split("#")[0]
    try:
        name = resolve(path).view_name
    except Resolver404:
        name = path
    return SHORT.get(name, f">{name}")


def written(table: Table) -> str:
    """The table as text with aligned columns."""
    rows = [["#", *ROLES], *([name, *(cells[role] for role in ROLES)] for name, cells in table.items())]
    widths = [max(len(row[place]) for row in rows) for place in range(len(ROLES) + 1)]
    lines = ["  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return HEAD + "\n".join(lines) + "\n"


def differences(old: str, new: str) -> list[str]:
    """What changed, as sentences."""
    before, after = read(old), read(new)
    said = [f"{name} is new: {' '.join(after[name])}" for name in after if name not in before]
    said += [f"{name} is gone" for name in before if name not in after]
    for name in before.keys() & after.keys():
        pairs = zip(ROLES, before[name], after[name], strict=True)
        said += [f"{name} for {role}: {was} became {now}" for role, was, now in pairs if was != now]
    return sorted(said)


def read(text: str) -> dict[str, list[str]]:
    """The rows of a written table."""
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return {row[0]: row[1:] for row in rows}


if __name__ == "__main__":
    os.environ[WRITE] = "1"
    sys.exit(pytest.main(["-q", "-p", "no:randomly", "tests/pages/test_roles.py", "-k", "as_written"]))
