"""One SOAP message to the eID server and its answer (TR-03130-1 section 3.5.1): TLS with certificates on both sides.

Bounded in size and time; the answer is only bytes here, ``checking`` decides whether it is believed.
"""

import ssl
import time
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection

from direktdraht.people.eid.addresses import read_address
from direktdraht.people.eid.wss import MOST_BYTES

SECONDS = 15
CHUNK = 65536


class Unreachable(Exception):
    """The eID server gave no usable answer; the text is for the log, not for people."""


@dataclass(frozen=True)
class Reply:
    """What came back: the body, and the server's own clock if it told it."""

    body: bytes
    date: datetime | None


def tls(*, certificate: str, key: str, authorities: str | None = None) -> ssl.SSLContext:
    """TLS from version 1.2 with our certificate (files, PEM); ``authorities`` replaces the system's. Raises OSError."""
    context = ssl.create_default_context(cafile=authorities)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    return context


def ask(address: str, message: bytes, context: ssl.SSLContext | None, *, seconds: int = SECONDS) -> Reply:
    """Send a message and wait so long. Raises BadAddress, Unreachable. Without TLS only a server on this machine is asked."""
    parts = read_address(address)
    host, path = parts.hostname or "", f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    connection: HTTPConnection
    if parts.scheme == "https":
        connection = HTTPSConnection(host, parts.port, timeout=seconds, context=context)
    else:
        connection = HTTPConnection(host, parts.port, timeout=seconds)
    try:
        return _exchanged(connection, path, message, seconds)
    except (OSError, HTTPException) as problem:
        raise Unreachable(f"{type(problem).__name__}: {problem}") from problem
    finally:
        connection.close()


def _exchanged(connection: HTTPConnection, path: str, message: bytes, seconds: int) -> Reply:
    """One request, one answer; a fault of SOAP comes with status 500 and is read like any other answer."""
    until = time.monotonic() + seconds
    connection.request("POST", path, message, {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'})
    answer = connection.getresponse()
    if answer.status not in {200, 500}:
        raise Unreachable(f"HTTP {answer.status}")
    body = b""
    while chunk := answer.read(CHUNK):
        body += chunk
        if len(body) > MOST_BYTES or time.monotonic() > until:
            raise Unreachable("answer too long")
    return Reply(body, _date(answer.getheader("Date", "")))


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return found if found.tzinfo else None
