"""What the web pages of all examples share: one way to read what is sent, to answer, and to stop."""

import signal
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from typing import ClassVar
from urllib.parse import parse_qs

MOST_BYTES = 10_000


class Pages(BaseHTTPRequestHandler):
    """Answers without writing about it; ``also`` are header fields of every answer."""

    also: ClassVar[Mapping[str, str]] = {}

    def answer(self, status: int, kind: str, content: str | bytes) -> None:
        """Send one answer; texts go as UTF-8."""
        data, suffix = (content.encode(), "; charset=utf-8") if isinstance(content, str) else (content, "")
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}{suffix}")
        self.send_header("Content-Length", str(len(data)))
        for name, value in self.also.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def lead(self, address: str) -> None:
        """Send the browser on."""
        self.send_response(303)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def body(self, most: int = MOST_BYTES) -> bytes:
        """What was sent, at most so many bytes."""
        return self.rfile.read(min(int(self.headers.get("Content-Length", "0")), most))

    def fields(self) -> dict[str, str]:
        """The fields of a sent form, of doubled ones the first."""
        return {name: values[0] for name, values in parse_qs(self.body().decode()).items()}

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Say nothing."""


def wait_for_end() -> None:
    """Return when the process is told to stop."""
    done = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: done.set())
    done.wait()
