"""The real AusweisApp of Debian, without a window, asked over its own WebSocket (``--ui websocket``).

It trusts built-in authorities only and here has no card: start, tcToken and the ways after an error can be seen with it.
"""

import base64
import json
import os
import shutil
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.processes.house import free_port

PROGRAM = shutil.which("AusweisApp2")


@contextmanager
def running(folder: Path) -> Iterator[int]:
    """The app with its own home; gives its port."""
    port, runtime = free_port(), folder / "run"
    runtime.mkdir(mode=0o700)
    environment = {
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(runtime),
        "QT_QPA_PLATFORM": "offscreen",
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
    }
    words = [str(PROGRAM), "--no-proxy", "--no-logfile", "--ui", "webservice", "--ui", "websocket", "--port", str(port)]
    app = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 30
        while not answers(port):
            assert time.monotonic() < until, "the app does not start"
            time.sleep(0.1)
        yield port
    finally:
        app.terminate()
        app.wait(timeout=20)


def answers(port: int) -> bool:
    """Whether the app tells its status."""
    try:
        return get(port, "/eID-Client?Status")[0] == 200
    except OSError:
        return False


def get(port: int, path: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and text of an address of the app."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        answer: HTTPResponse = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


def run_auth(port: int, token: str) -> dict[str, Any]:
    """Start with the address of a token; the app's last word."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        key = base64.b64encode(os.urandom(16)).decode()
        upgrade = f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
        line.sendall(f"GET /eID-Kernel HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{upgrade}".encode())
        head = b""
        while b"\r\n\r\n" not in head:
            head += exactly(line, 1)
        send(line, {"cmd": "RUN_AUTH", "tcTokenURL": token, "developerMode": True, "handleInterrupt": False, "status": False})
        while True:
            word: dict[str, Any] = json.loads(receive(line))
            if word.get("msg") == "AUTH" and ("result" in word or "error" in word):
                return word


def send(line: socket.socket, message: dict[str, Any]) -> None:
    """One masked text frame (RFC 6455 section 5.2)."""
    content, mask = json.dumps(message).encode(), os.urandom(4)
    masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(content))
    line.sendall(b"\x81" + bytes([0x80 | 126]) + struct.pack(">H", len(content)) + mask + masked)


def receive(line: socket.socket) -> str:
    """The text of one frame."""
    size = exactly(line, 2)[1] & 127
    if size >= 126:
        size = int.from_bytes(exactly(line, 2 if size == 126 else 8), "big")
    return exactly(line, size).decode()


def exactly(line: socket.socket, size: int) -> bytes:
    """So many bytes."""
    found = b""
    while len(found) < size:
        more = line.recv(size - len(found))
        assert more, "the app hung up"
        found += more
    return found


@contextmanager
def house(pages: dict[str, bytes], asked: list[str], port: int) -> Iterator[None]:
    """Our side: pages by path; ``asked`` collects who asked for what."""

    class Pages(BaseHTTPRequestHandler):
        """The token and nothing else."""

        def do_GET(self) -> None:
            """Answer with a page or 404."""
            asked.append(f"{self.path} {self.headers.get('User-Agent', '').split('/')[0]}")
            page = pages.get(self.path)
            self.send_response(404 if page is None else 200)
            self.send_header("Content-Type", "text/xml; charset=utf-8")
            self.send_header("Content-Length", str(len(page or b"")))
            self.end_headers()
            self.wfile.write(page or b"")

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Pages)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
