"""The house as the demo city runs it, and the two baselines, all pinned to one core."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import psutil
from tests.processes.house import free_port, wait_for

from benchmarks.memory import worker_of
from direktdraht.config.processes.postgres import APPLICATION, OWNER, Cluster

ROOT = Path(__file__).resolve().parents[1]
SERVER_CORE, GENERATOR_CORE = 0, 1
SECONDS_TO_START = 180


class House:
    """``direktdraht run --demo`` with a data folder of its own; fault points are inert in this mode."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dd-bench-"))
        self.data = self.folder / "data"
        self.port = free_port()
        known = {
            key: value for key, value in os.environ.items() if not key.startswith(("DIREKTDRAHT_", "DATABASE_URL", "DJANGO_", "MAIL_URL"))
        }
        self.environment = {**known, "DIREKTDRAHT_DATA": str(self.data), "PYTHONPATH": f"{ROOT}/src:{ROOT}"}
        self.process: subprocess.Popen[bytes] | None = None
        self.baselines: list[subprocess.Popen[bytes]] = []

    def start(self, *, pinned: bool = False) -> float:
        """Start it and wait until it is ready; returns the seconds that took."""
        pin = ["taskset", "--cpu-list", str(SERVER_CORE)] if pinned else []
        began = time.perf_counter()
        with (self.folder / "log").open("ab") as log:
            command = [*pin, sys.executable, "-m", "direktdraht.config.cli", "run", "--demo", "--port", str(self.port)]
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, cwd=self.folder)
        wait_for(lambda: answers(f"http://127.0.0.1:{self.port}/readyz") or None, SECONDS_TO_START, f"the house: {self.log()}")
        return time.perf_counter() - began

    def log(self) -> str:
        """The end of what it printed."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:]

    def owner(self) -> dict[str, str]:
        """The environment of a program with the rights of the database's owner."""
        owner = {**self.environment, "DATABASE_URL": Cluster(self.data).url(OWNER), "DJANGO_SETTINGS_MODULE": "direktdraht.config.settings"}
        return owner | {"DIREKTDRAHT_ENV": "demo", "DIREKTDRAHT_BASE_URL": f"http://127.0.0.1:{self.port}"}

    def prepare(self, cases: int, drafts: int) -> dict[str, Any]:
        """Fill the database; see ``benchmarks.prepare``."""
        owner = self.owner()
        command = [sys.executable, "-m", "benchmarks.prepare", str(cases), str(drafts)]
        done = subprocess.run(command, env=owner, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
        prepared: dict[str, Any] = json.loads(done.stdout)
        return prepared

    def start_baseline(self, name: str, variables: dict[str, str]) -> int:
        """Start ``benchmarks.<name>`` on the server's core; returns its port."""
        port = free_port()
        environment = {**self.environment, "DATABASE_URL": Cluster(self.data).url(APPLICATION), "DIREKTDRAHT_ENV": "demo", **variables}
        command = ["taskset", "--cpu-list", str(SERVER_CORE), sys.executable, "-m", "benchmarks.serve", f"benchmarks.{name}", str(port)]
        with (self.folder / "log").open("ab") as log:
            self.baselines.append(subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log))
        wait_for(lambda: answers(f"http://127.0.0.1:{port}/") or None, SECONDS_TO_START, f"the baseline {name}: {self.log()}")
        return port

    def worker(self) -> psutil.Process:
        """The process that does the jobs."""
        if self.process is None:
            raise RuntimeError("the house does not run")
        return worker_of(self.process.pid)

    def stop(self) -> None:
        """Stop it the polite way."""
        if self.process is not None:
            self.worker().send_signal(signal.SIGCONT)
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)
            self.process = None

    def stop_baselines(self) -> None:
        """Stop the baselines; their connections are processes of the house's database."""
        while self.baselines:
            baseline = self.baselines.pop()
            baseline.terminate()
            baseline.wait(30)

    def close(self) -> None:
        """Stop everything and remove the folder."""
        self.stop_baselines()
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def answers(address: str) -> bool:
    """Whether something answers there in good order; a page that is not there is an answer too."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as refused:
        return refused.code == 404
    except (urllib.error.URLError, OSError):
        return False
