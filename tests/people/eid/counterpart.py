"""The demo's eID server with its app as a real process, asked over HTTP as the person's browser asks it."""

import os
import subprocess
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree
from sandbox.eid_messages import Holder, new_holder

from direktdraht.config.commands import run


@dataclass(frozen=True)
class Counterpart:
    """The process: where the app listens, and the folder with the settings of the connection."""

    folder: Path
    app: int

    def choose(self, token: bytes, choice: str) -> str:
        """Somebody puts a card on the reader, or something goes wrong; the path to which the browser is led."""
        root = etree.fromstring(token)
        fields = {"session": root.findtext("SessionIdentifier"), "back": root.findtext("RefreshAddress"), "choice": choice}
        return self.post("/karte", {name: value or "" for name, value in fields.items()})

    def switch(self, state: str) -> None:
        """The state of the eID server itself."""
        assert self.post("/zustand", {"state": state}) == "/"

    def post(self, path: str, fields: dict[str, str]) -> str:
        """Send a form of the app; path and query of the address to which it leads."""
        connection = HTTPConnection("127.0.0.1", self.app, timeout=20)
        connection.request("POST", path, urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        connection.close()
        assert answer.status == 303, answer.status
        return path_of(answer.headers["Location"])


def path_of(address: str) -> str:
    """Path and query of an address, as a browser of the tests takes them."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def write_city(folder: Path, *, since: datetime | None = None, days: int = 365) -> Holder:
    """Key and certificate of a city below a data folder."""
    holder = new_holder("Stadt", since=since or datetime.now(UTC) - timedelta(days=1), days=days)
    for part in ("eid", "keys"):
        (folder / part).mkdir(exist_ok=True)
    (folder / "keys" / "eid.key").write_bytes(holder.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "eid" / "city.pem").write_bytes(holder.certificate.public_bytes(Encoding.PEM))
    return holder


@contextmanager
def running(folder: Path) -> Iterator[Counterpart]:
    """The process as ``direktdraht run --demo`` starts it beside a data folder with the city's certificate; its settings go with it."""
    settings = folder / "eid"
    child = run.eid_server(folder, os.environ)
    process = subprocess.Popen(child.command, env=dict(child.environment))
    try:
        until = time.monotonic() + 30
        while not (settings / "service.toml").exists():
            assert time.monotonic() < until, "the eID server does not start"
            assert process.poll() is None, "the eID server ended"
            time.sleep(0.05)
        app = urlsplit(tomllib.loads((settings / "service.toml").read_text())["example_app"])
        yield Counterpart(settings, app.port or 0)
    finally:
        process.terminate()
        process.wait(20)
        (settings / "service.toml").unlink(missing_ok=True)
