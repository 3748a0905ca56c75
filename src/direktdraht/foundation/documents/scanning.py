"""The malware scanner: ClamAV's daemon over its INSTREAM command (clamd(8)), where ``CLAMAV_URL`` names one."""

import socket
import struct
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 60
CHUNK_BYTES = 64 * 1024


class Verdict(NamedTuple):
    """What the scanner says: ``clean`` or not, and the reason."""

    clean: bool
    reason: str


def scan(path: Path) -> Verdict:
    """Ask the configured scanner; without one every file is clean, with one that is silent none is."""
    if not settings.CLAMAV_URL:
        return Verdict(True, "")
    try:
        answer = ask(urlsplit(settings.CLAMAV_URL).hostname or "127.0.0.1", urlsplit(settings.CLAMAV_URL).port or 3310, path)
    except OSError as problem:
        return Verdict(False, f"scanner not reachable: {problem}")
    return verdict(answer)


def verdict(answer: str) -> Verdict:
    """Read clamd's answer.

    >>> verdict("stream: OK").clean
    True
    >>> verdict("stream: Eicar-Signature FOUND")
    Verdict(clean=False, reason='Eicar-Signature')
    """
    text = answer.removeprefix("stream: ").strip("\0 \n")
    if text == "OK":
        return Verdict(True, "")
    return Verdict(False, text.removesuffix(" FOUND"))


def ask(host: str, port: int, path: Path) -> str:
    """Stream a file to clamd and return its answer; raises OSError."""
    with socket.create_connection((host, port), timeout=SECONDS) as connection, path.open("rb") as source:
        connection.sendall(b"zINSTREAM\0")
        while chunk := source.read(CHUNK_BYTES):
            connection.sendall(struct.pack("!L", len(chunk)) + chunk)
        connection.sendall(struct.pack("!L", 0))
        answer = b""
        while part := connection.recv(4096):
            answer += part
    return answer.decode("utf-8", errors="replace")
