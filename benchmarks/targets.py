"""What is measured: each page or action of the product, its baseline and its aim."""

import enum
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from benchmarks import big_form

TOKEN = "a" * 32
WRITERS = 32
"""Drafts that are being written at once, more than connections: two windows over one draft would measure their conflict."""


class Baseline(enum.Enum):
    """What a target is measured against."""

    BARE = "bare Django view"
    PLAIN = "plain Django view of the same rows"
    INSERT = "one insert and redirect"
    FORM = "bare Django form of the same fields"
    FORM_POST = "bare Django form, validated"
    FORM_SEND = "bare Django form, validated and inserted"
    FORMSET = "bare Django formset of as many rows"
    LIST = "plain Django view of the newest versions"


@dataclass(frozen=True)
class Prepared:
    """What ``benchmarks.prepare`` printed."""

    clerk: str
    designer: str
    drafts: list[dict[str, str]]
    large: dict[str, Any]
    rows: dict[str, str]


@dataclass(frozen=True)
class Target:
    """One line of the table; ``once``: every request may be sent one time only, ``posts``: the answer is a redirect."""

    name: str
    note: str
    port: int
    requests: list[bytes]
    baseline: Baseline
    aim: float
    once: bool = False
    beside_worker: bool = False
    posts: bool = False


def get(port: int, path: str, cookies: str = "") -> bytes:
    """A GET as browsers send it."""
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept-Encoding: gzip, deflate, br", "Accept-Language: de-DE,de;q=0.9"]
    return "\r\n".join([*lines, *([f"Cookie: {cookies}"] if cookies else []), "", ""]).encode()


def post(port: int, path: str, fields: dict[str, str], cookies: str = "") -> bytes:
    """A form as browsers send it."""
    body = urlencode(fields)
    lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept-Language: de-DE,de;q=0.9", f"Origin: http://127.0.0.1:{port}"]
    lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, *([f"Cookie: {cookies}"] if cookies else []), "", body]).encode()


def post_insert(port: int) -> bytes:
    """The baseline's form, as long as the product's."""
    return post(port, "/insert", {"seen": "0" * 64, "csrfmiddlewaretoken": TOKEN})


def post_draft(port: int, draft: dict[str, str]) -> bytes:
    """Press the button of a draft's review page."""
    cookies = f"sitzung={draft['session']}; formularschutz={TOKEN}"
    return post(port, f"/antrag/{draft['draft']}/absenden", {"seen": draft["seen"], "csrfmiddlewaretoken": TOKEN}, cookies)


def form_targets(port: int, prepared: Prepared) -> list[Target]:
    """The form service: a large form, a large group, a long list. A ratio of 0.67 is 1.5 times the baseline's time."""
    page = prepared.large["page"]
    being_written, ready = prepared.large["drafts"][:WRITERS], prepared.large["drafts"][WRITERS:]
    fields = {**prepared.large["fields"], "csrfmiddlewaretoken": TOKEN}
    opened = [(f"/antrag/{one['draft']}/seite/{page}", f"sitzung={one['session']}; formularschutz={TOKEN}") for one in being_written]
    rows = get(port, f"/antrag/{prepared.rows['draft']}/seite/{prepared.rows['page']}", f"sitzung={prepared.rows['session']}")
    forms = get(port, "/buero/formulare", f"sitzung={prepared.designer}")
    built = [get(port, address, cookies) for address, cookies in opened]
    kept = [post(port, address, fields, cookies) for address, cookies in opened]
    sent = [post_draft(port, draft) for draft in ready]
    return [
        Target("form of 130 fields", "build page", port, built, Baseline.FORM, 0.67),
        Target("form of 130 fields", "validate, keep", port, kept, Baseline.FORM_POST, 0.67, posts=True),
        Target("form of 130 fields", "submit", port, sent, Baseline.FORM_SEND, 0.67, once=True, posts=True),
        Target("group of 100 rows", "build page", port, [rows], Baseline.FORMSET, 0.67),
        Target("100 forms × 50 versions", "list", port, [forms], Baseline.LIST, 0.5),
    ]


def baseline_requests(bare: int, plain: int, form: int) -> dict[Baseline, tuple[int, list[bytes]]]:
    """For each baseline its port and what it is asked."""
    answers = {name: value for field in big_form.fields() for name, value in big_form.posted_bare(field).items()}
    return {
        Baseline.BARE: (bare, [get(bare, "/")]),
        Baseline.PLAIN: (plain, [get(plain, "/rows")]),
        Baseline.INSERT: (plain, [post_insert(plain)]),
        Baseline.FORM: (form, [get(form, "/form")]),
        Baseline.FORM_POST: (form, [post(form, "/form", answers)]),
        Baseline.FORM_SEND: (form, [post(form, "/send", answers)]),
        Baseline.FORMSET: (form, [get(form, "/rows")]),
        Baseline.LIST: (form, [get(form, "/list")]),
    }


def targets(port: int, prepared: Prepared) -> list[Target]:
    """Everything that is measured, in the order of the table."""
    posts = [post_draft(port, draft) for draft in prepared.drafts]
    half = len(posts) // 2
    desk = get(port, "/buero/eingang?liste=abfall", f"sitzung={prepared.clerk}")
    return [
        Target("home page", "cached", port, [get(port, "/")], Baseline.BARE, 0.5),
        Target("service page", "cached", port, [get(port, "/dienste/sperrmuell")], Baseline.BARE, 0.5),
        Target("desk list", "not cached", port, [desk], Baseline.PLAIN, 0.5),
        Target("one submission", "worker rests", port, posts[:half], Baseline.INSERT, 0.3, once=True, posts=True),
        Target(
            "one submission", "beside a busy worker", port, posts[half:], Baseline.INSERT, 0.3, once=True, beside_worker=True, posts=True
        ),
        *form_targets(port, prepared),
    ]
