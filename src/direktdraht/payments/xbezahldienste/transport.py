"""One question to the provider and its answer: a token by client credentials (OAuth 2.0), then JSON over TLS.

Bounded in size and time; an answer is only bytes here, ``messages`` decides what is believed.
"""

import base64
import ssl
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Lock
from urllib.parse import quote, urlencode, urlsplit

from direktdraht.payments.xbezahldienste.messages import NotUnderstood, parsed
from direktdraht.payments.xbezahldienste.own import Connection

SECONDS = 10
MOST_BYTES = 256 * 1024
CHUNK = 65536
# A token is not used any more so long before its end.
TOKEN_MARGIN_SECONDS = 30
LONGEST_TOKEN = 8192


class Unreachable(Exception):
    """No usable answer came; the text is for the log."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes


@dataclass(frozen=True)
class Token:
    """An access token, for whom it was given, and until when by this machine's monotonic clock."""

    text: str
    owner: str
    until: float


class _Kept:
    """The token of this process."""

    token: Token | None = None
    lock = Lock()


def ask(connection: Connection, method: str, path: str, body: bytes | None = None) -> Answer:
    """Ask with a token; one that the provider does not take any more is replaced once. Raises Unreachable."""
    answer = _exchange(method, connection.base_url + path, body, _headers(_token(connection)))
    if answer.status == 401:
        answer = _exchange(method, connection.base_url + path, body, _headers(_token(connection, fresh=True)))
    return answer


def _headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Accept": "application/json"}


def _token(connection: Connection, *, fresh: bool = False) -> str:
    """A token that holds, asked for anew when needed."""
    owner = f"{connection.token_url} {connection.client_id}"
    with _Kept.lock:
        kept = _Kept.token
        if not fresh and kept is not None and kept.owner == owner and time.monotonic() < kept.until:
            return kept.text
        name = f"{quote(connection.client_id, safe='')}:{quote(connection.client_secret, safe='')}"
        headers = {
            "Authorization": "Basic " + base64.b64encode(name.encode()).decode(),
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        answer = _exchange("POST", connection.token_url, urlencode({"grant_type": "client_credentials"}).encode(), headers)
        _Kept.token = _read_token(answer, owner)
        return _Kept.token.text


def _read_token(answer: Answer, owner: str) -> Token:
    """The token in an answer (RFC 6749, 5.1). Raises Unreachable."""
    if answer.status != 200:
        raise Unreachable(f"no access: HTTP {answer.status}")
    try:
        found = parsed(answer.body)
    except NotUnderstood as error:
        raise Unreachable(f"no access: {error}") from error
    text, seconds = found.get("access_token"), found.get("expires_in", 60)
    usable = isinstance(text, str) and 0 < len(text) <= LONGEST_TOKEN and text.isascii() and text.isprintable()
    if not usable or str(found.get("token_type", "")).lower() != "bearer" or not isinstance(seconds, int):
        raise Unreachable("no access: not a bearer")
    return Token(str(text), owner, time.monotonic() + max(0, min(seconds, 3600) - TOKEN_MARGIN_SECONDS))


def _exchange(method: str, address: str, body: bytes | None, headers: dict[str, str]) -> Answer:
    """One request, one answer. Raises Unreachable."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    connection: HTTPConnection
    if parts.scheme == "https":
        connection = HTTPSConnection(host, parts.port, timeout=SECONDS, context=ssl.create_default_context())
    else:
        connection = HTTPConnection(host, parts.port, timeout=SECONDS)
    until = time.monotonic() + SECONDS
    try:
        connection.request(method, parts.path or "/", body, headers)
        answer = connection.getresponse()
        content = b""
        while chunk := answer.read(CHUNK):
            content += chunk
            if len(content) > MOST_BYTES or time.monotonic() > until:
                raise Unreachable("answer too long")
    except (OSError, HTTPException) as problem:
        raise Unreachable(f"{type(problem).__name__}: {problem}") from problem
    finally:
        connection.close()
    return Answer(answer.status, content)
