"""The whole house as separate processes, as a city runs it, with a mail catcher beside it."""

import email
import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any, TypeVar

import psycopg

from direktdraht.config.processes.postgres import OWNER, Cluster
from tests.harness import migrated

ROOT = Path(__file__).resolve().parents[2]
PORTS = (20_000, 32_000)
T = TypeVar("T")
Unanswered = (urllib.error.URLError, OSError, http.client.HTTPException)


def free_port() -> int:
    """A port that nothing listens on now, below those that the system gives to outgoing connections: it stays free for a restart."""
    while True:
        port = random.randint(*PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port


def wait_for(question: Callable[[], T | None], seconds: float, what: str) -> T:
    """Ask until the answer is truthy; raises TimeoutError that names what was waited for."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        answer = question()
        if answer:
            return answer
        time.sleep(0.1)
    raise TimeoutError(what)


class House:
    """``direktdraht run`` in a folder of its own, in test mode so that fault points work."""

    def __init__(self, folder: Path, *, empty: bool = False) -> None:
        self.folder = folder
        self.empty = empty
        self.data = folder / "data"
        self.port, self.smtp, self.mail_page = free_port(), free_port(), free_port()
        self.mails = folder / "mails"
        known = {key: value for key, value in os.environ.items() if not key.startswith(("DIREKTDRAHT_", "DATABASE_URL", "DJANGO_"))}
        self.environment = {
            **known,
            "DIREKTDRAHT_ENV": "test",
            "DIREKTDRAHT_DATA": str(self.data),
            "MAIL_URL": f"smtp://127.0.0.1:{self.smtp}",
            "PYTHONPATH": f"{ROOT}/src:{ROOT}",
        }
        self.process: subprocess.Popen[bytes] | None = None
        self.catcher: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the house answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def owner(self) -> dict[str, str]:
        """The environment of a program that works in its database with the owner's rights."""
        return {**self.environment, "DATABASE_URL": Cluster(self.data).url(OWNER), "DJANGO_SETTINGS_MODULE": "direktdraht.config.settings"}

    def start(self, *options: str) -> None:
        """Start it and wait until it says that it is ready; its first start begins with a migrated database, unless it is ``empty``."""
        if not self.empty and not self.data.exists():
            migrated.lay_out(self.data)
        with (self.folder / "log").open("ab") as log:
            if self.catcher is None:
                command = [
                    sys.executable,
                    "-m",
                    "sandbox.mail_catcher",
                    str(self.mails),
                    "--smtp",
                    str(self.smtp),
                    "--web",
                    str(self.mail_page),
                ]
                self.catcher = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
            command = [sys.executable, "-m", "direktdraht.config.cli", "run", "--port", str(self.port), *options]
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, cwd=self.folder)
        wait_for(self.ready, 180, f"ready: {self.log()[-2000:]}")

    def ready(self) -> bool:
        """Whether it answers that it is ready."""
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except Unanswered:
            return False

    def stop(self) -> int:
        """Stop it the polite way; returns its exit status."""
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(60)
        self.process = None
        return status

    def reap(self) -> None:
        """Note that it was killed."""
        if self.process is not None:
            self.process.wait(30)
            self.process = None

    def close(self) -> None:
        """Stop everything."""
        self.stop()
        if self.catcher is not None:
            self.catcher.terminate()
            self.catcher.wait(10)

    def log(self) -> str:
        """What it printed."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run another ``direktdraht`` command beside it."""
        words = [sys.executable, "-m", "direktdraht.config.cli", *command]
        return subprocess.run(words, env=self.environment, capture_output=True, text=True, check=False, cwd=self.folder)

    def execute(self, code: str) -> None:
        """Run some Python with Django set up, with the owner's rights."""
        subprocess.run([sys.executable, "-c", f"import django; django.setup()\n{code}"], env=self.owner, check=True, cwd=ROOT)

    def crowd(self, module: str, *, processes: int, seconds: float) -> list[Any]:
        """Start so many processes of a module at once, each with its number; what each printed last, read as JSON."""
        command = [sys.executable, "-m", module]
        started = [
            subprocess.Popen([*command, str(number)], env=self.owner, cwd=ROOT, stdout=subprocess.PIPE, text=True)
            for number in range(processes)
        ]
        printed = [process.communicate(timeout=seconds)[0] for process in started]
        assert [process.returncode for process in started] == [0] * processes
        return [json.loads(text.splitlines()[-1]) for text in printed]

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the database directly, as its owner."""
        with psycopg.connect(Cluster(self.data).url(OWNER)) as connection:
            return connection.execute(query.encode(), values).fetchall()

    def database_pid(self) -> int:
        """The process id of the database server."""
        return int((self.data / "postgres" / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])

    def arm(self, point: str, victim: int | None = None) -> None:
        """Plan a death at a fault point."""
        (self.data / "faults.reached").unlink(missing_ok=True)
        (self.data / "faults.plan").write_text(point if victim is None else f"{point}@{victim}", encoding="utf-8")

    def reached(self) -> str:
        """The fault point that was reached since the last plan."""
        path = self.data / "faults.reached"
        return path.read_text(encoding="utf-8").strip() if path.exists() else ""

    def mails_to(self, address: str) -> set[str]:
        """The different mails (by Message-ID) that arrived for an address."""
        messages = [email.message_from_bytes(path.read_bytes()) for path in self.mails.glob("*.eml")]
        return {str(message["Message-ID"]) for message in messages if message["To"] == address}


class Browser:
    """A person's browser without JavaScript: cookies, forms, and patience."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.at = ""
        self.page = ""

    def get(self, path: str) -> str:
        """Open an address; raises one of ``Unanswered``."""
        return self._open(urllib.request.Request(f"{self.house.url}{path}"))

    def post(self, path: str, fields: dict[str, str], picture: bytes = b"") -> str:
        """Send a form with the token of the page that is open."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        fields = {**fields, "csrfmiddlewaretoken": found.group(1) if found else ""}
        body, kind = multipart(fields, picture)
        request = urllib.request.Request(f"{self.house.url}{path}", body, {"Content-Type": kind, "Referer": self.house.url})
        return self._open(request)

    def _open(self, request: urllib.request.Request) -> str:
        with self.opener.open(request, timeout=30) as answer:
            self.page = answer.read().decode()
            self.at = urllib.parse.urlsplit(answer.url).path
        return self.page

    def patiently(self, act: Callable[[], str]) -> str:
        """Try as a person does after an error page: again, until it answers."""

        def attempt() -> str | None:
            try:
                return act()
            except Unanswered:
                time.sleep(0.3)
                return None

        return wait_for(attempt, 60, f"an answer: {self.house.log()[-1500:]}")


def multipart(fields: dict[str, str], picture: bytes) -> tuple[bytes, str]:
    """A form body with at most one picture."""
    mark = "----------------------------direktdraht"
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    if picture:
        head = f'--{mark}\r\nContent-Disposition: form-data; name="photos"; filename="sofa.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
        parts.append(head.encode() + picture + b"\r\n")
    return b"".join(parts) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


def as_json(text: str) -> Any:
    """Parse what a command printed."""
    return json.loads(text)
