"""One parent, its children: starts them, watches them, stops them in order, and clears what a crash left.

The parent writes pid and start time of itself and each child into ``DATA/run/processes.json``. The next start ends
exactly those that still run, nothing else.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from direktdraht.config.processes.identity import ProcessIdentity, is_running
from direktdraht.config.processes.postgres import Cluster, DatabaseProblem, stop

SECONDS_TO_DRAIN = 25
RESTART_PAUSE_SECONDS = 1.0
MOST_RESTARTS = 20
RESTARTS_FORGIVEN_AFTER_SECONDS = 60.0


@dataclass
class Child:
    """A supervised program: its name, command, and how often it had to be started again."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    restarts: int = 0

    def start(self) -> None:
        """Start it so that it ends with us."""
        wrapped = [sys.executable, "-m", "direktdraht.config.processes.child", str(os.getpid()), *self.command]
        self.process = subprocess.Popen(wrapped, env=dict(self.environment), start_new_session=True)
        self.started = time.monotonic()


@dataclass
class Supervisor:
    """Holds the children of one node."""

    data_dir: Path
    children: list[Child] = field(default_factory=list)
    stopping: bool = False
    cluster: Cluster | None = None
    database: "subprocess.Popen[bytes] | None" = None

    def start_database(self, cluster: Cluster) -> None:
        """Start the embedded database and write it down."""
        self.cluster = cluster
        self.database = cluster.start()
        self.write_down()

    @property
    def run_file(self) -> Path:
        """Where the running processes are written down, the parent first."""
        return self.data_dir / "run" / "processes.json"

    def clear_leftovers(self) -> None:
        """End processes of an earlier run that outlived it, recognised by pid and start time.

        Raises:
            DatabaseProblem: the earlier run still goes on.
        """
        if not self.run_file.exists():
            return
        parent, *children = (ProcessIdentity(**row) for row in json.loads(self.run_file.read_text(encoding="utf-8")))
        if is_running(parent):
            raise DatabaseProblem(f"Direktdraht is already running in {self.data_dir} (process {parent.pid}). Stop it first.")
        leftovers = [identity for identity in children if is_running(identity)]
        for identity in leftovers:
            print(f"Ending a process left over from an earlier run: {identity.pid} ({identity.command[:60]})", file=sys.stderr)
            end_tree(identity.pid)
        self.run_file.unlink()

    def write_down(self) -> None:
        """Write the run file anew."""
        running = [self.database, *(child.process for child in self.children)]
        pids = [os.getpid(), *(process.pid for process in running if process is not None)]
        rows = [identity.to_json() for identity in map(ProcessIdentity.of, pids) if identity]
        self.run_file.parent.mkdir(parents=True, exist_ok=True)
        draft = self.run_file.with_suffix(".draft")
        draft.write_text(json.dumps(rows), encoding="utf-8")
        draft.replace(self.run_file)

    def watch(self) -> int:
        """Stay until told to stop; start again what ended. Returns the exit status."""
        signal.signal(signal.SIGTERM, self.ask_to_stop)
        signal.signal(signal.SIGINT, self.ask_to_stop)
        while not self.stopping:
            time.sleep(0.2)
            if self.database is not None and self.database.poll() is not None and self.cluster is not None and not self.stopping:
                print("The database ended and is started again.", file=sys.stderr)
                self.start_database(self.cluster)
            for child in self.children:
                if child.process is not None and child.process.poll() is not None and not self.start_again(child):
                    return 1
        return 0

    def start_again(self, child: Child) -> bool:
        """Start an ended child again, with a limit against endless crashing; not while we stop."""
        if self.stopping:
            return True
        lived = time.monotonic() - child.started
        child.restarts = 0 if lived > RESTARTS_FORGIVEN_AFTER_SECONDS else child.restarts + 1
        if child.restarts > MOST_RESTARTS:
            print(f"{child.name} ended {MOST_RESTARTS} times in a row; giving up.", file=sys.stderr)
            return False
        print(f"{child.name} ended and is started again.", file=sys.stderr)
        time.sleep(RESTART_PAUSE_SECONDS if child.restarts > 1 else 0)
        child.start()
        self.write_down()
        return True

    def ask_to_stop(self, number: int, frame: object) -> None:
        """Signal handler."""
        del number, frame
        self.stopping = True

    def stop_all(self) -> None:
        """Ask the children to finish, end those that do not in time, and stop the database last."""
        for child in self.children:
            if child.process is not None and child.process.poll() is None:
                child.process.terminate()
        limit = time.monotonic() + SECONDS_TO_DRAIN
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                end_tree(child.process.pid)
                child.process.wait()
        if self.database is not None:
            stop(self.database)
        self.run_file.unlink(missing_ok=True)


def end_tree(pid: int) -> None:
    """End a process and its descendants: politely, then for good."""
    try:
        process = psutil.Process(pid)
        family = [*process.children(recursive=True), process]
    except psutil.NoSuchProcess:
        return
    for member in family:
        try:
            member.terminate()
        except psutil.NoSuchProcess:
            continue
    for member in psutil.wait_procs(family, timeout=5)[1]:
        member.kill()
