"""What is measured: each page or action of the product, its baseline and its aim."""

import enum
from dataclasses import dataclass
from urllib.parse import urlencode

TOKEN = "a" * 32


class Baseline(enum.Enum):
    """What a target is measured against."""

    BARE = "bare Django view"
    PLAIN = "plain Django view of the same rows"
    INSERT = "one insert and redirect"


@dataclass(frozen=True)
class Prepared:
    """What ``benchmarks.prepare`` printed."""

    clerk: str
    drafts: list[dict[str, str]]


@dataclass(frozen=True)
class Target:
    """One line of the table; ``once``: every request may be sent one time only."""

    name: str
    note: str
    port: int
    requests: list[bytes]
    baseline: Baseline
    aim: float
    once: bool = False
    beside_worker: bool = False


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


def targets(port: int, prepared: Prepared) -> list[Target]:
    """Everything that is measured, in the order of the table."""
    posts = [post_draft(port, draft) for draft in prepared.drafts]
    half = len(posts) // 2
    desk = get(port, "/buero/eingang?liste=abfall", f"sitzung={prepared.clerk}")
    return [
        Target("home page", "cached", port, [get(port, "/")], Baseline.BARE, 0.5),
        Target("service page", "cached", port, [get(port, "/dienste/sperrmuell")], Baseline.BARE, 0.5),
        Target("desk list", "not cached", port, [desk], Baseline.PLAIN, 0.5),
        Target("one submission", "worker rests", port, posts[:half], Baseline.INSERT, 0.3, once=True),
        Target("one submission", "beside a busy worker", port, posts[half:], Baseline.INSERT, 0.3, once=True, beside_worker=True),
    ]
