"""``direktdraht run``: the whole house on one node; the demo city with ``--demo``."""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from direktdraht.config.environment import EnvironmentProblem, read
from direktdraht.config.processes.embedded import addresses
from direktdraht.config.processes.postgres import Cluster
from direktdraht.config.processes.supervisor import Child, Supervisor

SECONDS_TO_READY = 60
SANDBOX = Path(__file__).resolve().parents[4] / "sandbox"


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("run", help="run everything: database, web, worker")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1, help="web processes (default 1)")
    parser.add_argument("--demo", action="store_true", help="the demo city Musterstadt with invented data")
    parser.add_argument("--demo-scale", type=int, default=1, metavar="N", help="multiply the bulk data of a new demo (default 1)")
    parser.set_defaults(run=execute)


def execute(options: argparse.Namespace) -> int:
    """Start everything, say where, stay until told to stop, stop everything."""
    began = time.monotonic()
    refuse_taken_port(options.host, options.port)
    os.environ.setdefault("DIREKTDRAHT_ENV", "demo" if options.demo else "production")
    os.environ.setdefault("DIREKTDRAHT_BASE_URL", f"http://{shown_host(options.host)}:{options.port}")
    environment = read()
    if environment.mode == "demo" and not options.demo:
        raise EnvironmentProblem("DIREKTDRAHT_ENV is demo; start with --demo, or set it to production.")
    environment.data_dir.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, interrupt)
    supervisor = Supervisor(environment.data_dir)
    supervisor.clear_leftovers()
    variables = {**os.environ, "DIREKTDRAHT_DATA": str(environment.data_dir)}
    try:
        if not environment.database_url:
            cluster = Cluster(environment.data_dir)
            supervisor.start_database(cluster)
            variables.update(addresses(cluster))
        counterparts: list[Child] = []
        if options.demo:
            catcher = mail_catcher(environment.data_dir, variables)
            variables["MAIL_URL"] = catcher.mail_url
            counterparts += [catcher.child, identity_provider(options, environment.data_dir, variables)]
            counterparts += [eid_server(environment.data_dir, variables), payment_provider(options, environment.data_dir, variables)]
            providers = demail_provider(environment.data_dir, variables)
            counterparts += providers.children if providers else []
        prepare(variables, demo_scale=options.demo_scale if options.demo else 0)
        supervisor.children = [*children(options, variables), *demail_receiver(environment.data_dir, options, variables), *counterparts]
        for child in supervisor.children:
            child.start()
        supervisor.write_down()
        wait_until_ready(options.host, options.port, supervisor)
        announce(options, time.monotonic() - began, catcher.web_url if options.demo else "")
        if options.demo and providers:
            print(f"De-Mails of the demo: {providers.web_url}", flush=True)
        return supervisor.watch()
    except KeyboardInterrupt:
        return 0
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        supervisor.stop_all()


def interrupt(number: int, frame: object) -> None:
    """A stop signal during start ends the start."""
    raise KeyboardInterrupt


def shown_host(host: str) -> str:
    """The address a person types: listening everywhere is reached at 127.0.0.1."""
    return "127.0.0.1" if host in {"0.0.0.0", "::"} else host


@dataclass(frozen=True)
class Catcher:
    """The demo's mail catcher: the program and its two addresses."""

    child: Child
    mail_url: str
    web_url: str


def mail_catcher(data_dir: Path, variables: Mapping[str, str]) -> Catcher:
    """The mail catcher as a child, on two free ports of this machine."""
    smtp, web = free_port(), free_port()
    command = [sys.executable, "-m", "sandbox.mail_catcher", str(data_dir / "mails"), "--smtp", str(smtp), "--web", str(web)]
    child = Child("mails", command, sandboxed(variables))
    return Catcher(child, f"smtp://127.0.0.1:{smtp}", f"http://127.0.0.1:{web}")


def identity_provider(options: argparse.Namespace, data_dir: Path, variables: Mapping[str, str]) -> Child:
    """The example of a user account, which this house trusts in the demo only; it writes its own metadata."""
    service = f"http://{shown_host(options.host)}:{options.port}/bundid/metadata"
    command = [sys.executable, "-m", "sandbox.identity_provider", str(data_dir / "sandbox" / "identity"), "--web", str(free_port())]
    return Child(
        "accounts", [*command, "--service", service, "--metadata", str(data_dir / "bundid" / "provider.xml")], sandboxed(variables)
    )


def eid_server(data_dir: Path, variables: Mapping[str, str]) -> Child:
    """The example of an eID server with its app, which this house trusts in the demo only; it writes the settings of the connection."""
    command = [sys.executable, "-m", "sandbox.eid_app", "--server", str(free_port()), "--app", str(free_port())]
    return Child(
        "cards", [*command, "--city", str(data_dir / "eid" / "city.pem"), "--settings", str(data_dir / "eid")], sandboxed(variables)
    )


def payment_provider(options: argparse.Namespace, data_dir: Path, variables: Mapping[str, str]) -> Child:
    """The example of an online payment provider, in the demo only; it writes the settings of the connection. No money moves."""
    notify = f"http://{shown_host(options.host)}:{options.port}/zahlung/meldung/online"
    settings = data_dir / "payments" / "provider.toml"
    command = [sys.executable, "-m", "sandbox.payment_provider", "--web", str(free_port()), "--settings", str(settings), "--notify", notify]
    return Child("payments", command, sandboxed(variables))


@dataclass(frozen=True)
class DeMails:
    """The demo's De-Mail provider and the receiver to which it delivers, and where one writes a De-Mail."""

    children: list[Child]
    web_url: str


def demail_provider(data_dir: Path, variables: Mapping[str, str]) -> DeMails | None:
    """The example of a De-Mail provider, which this house trusts in the demo only; it writes the settings. It needs OpenSSL's program."""
    if shutil.which("openssl") is None:
        return None
    web, smtp, lmtp = free_port(), free_port(), free_port()
    command = [sys.executable, "-m", "sandbox.demail_mailbox", str(data_dir / "sandbox" / "demail"), "--web", str(web)]
    more = ["--smtp", str(smtp), "--lmtp", str(lmtp), "--settings", str(data_dir / "demail")]
    intake = [sys.executable, "-m", "direktdraht.config.cli", "demail", "receive", "--port", str(lmtp)]
    children = [Child("demail", intake, variables), Child("demails", [*command, *more], sandboxed(variables))]
    return DeMails(children, f"http://127.0.0.1:{web}")


def demail_receiver(data_dir: Path, options: argparse.Namespace, variables: Mapping[str, str]) -> list[Child]:
    """The receiver over LMTP, where ``demail/service.toml`` asks for one; the demo has its own."""
    path = data_dir / "demail" / "service.toml"
    if options.demo or not path.exists():
        return []
    try:
        wanted = "lmtp" in tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise EnvironmentProblem(f"{path} cannot be read.") from problem
    return [Child("demail", [sys.executable, "-m", "direktdraht.config.cli", "demail", "receive"], variables)] if wanted else []


def sandboxed(variables: Mapping[str, str]) -> dict[str, str]:
    """The environment of a counterpart: it finds the folder ``sandbox`` beside the product."""
    paths = os.pathsep.join(part for part in (str(SANDBOX.parent), os.environ.get("PYTHONPATH", "")) if part)
    return {**variables, "PYTHONPATH": paths}


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def refuse_taken_port(host: str, port: int) -> None:
    """Raise with a clear sentence when something else listens already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise EnvironmentProblem(
                f"Port {port} on {host} cannot be used ({problem.strerror}). Choose another one, for example: make run PORT={port + 1}"
            ) from problem


def prepare(variables: Mapping[str, str], *, demo_scale: int) -> None:
    """Migrate, and seed the demo city once (0: no demo), in one short process that has the owner's address."""
    module = "direktdraht.config.operations.migrate_as_owner"
    application = variables["DATABASE_URL"]
    owner = variables.get("DIREKTDRAHT_MIGRATE_DATABASE_URL", application)
    environment = {**variables, "DATABASE_URL": owner, "DJANGO_SETTINGS_MODULE": "direktdraht.config.settings"}
    command = [sys.executable, "-m", module, application, *(["--demo", str(demo_scale)] if demo_scale else [])]
    if subprocess.run(command, env=environment, check=False).returncode != 0:
        raise EnvironmentProblem("The database could not be brought to this release; see the message above.")


def children(options: argparse.Namespace, variables: Mapping[str, str]) -> list[Child]:
    """The programs of this node, in the order in which they are stopped."""
    program = [sys.executable, "-m", "direktdraht.config.cli"]
    web = [*program, "web", "--host", options.host, "--port", str(options.port), "--workers", str(options.workers)]
    return [Child("web", web, variables), Child("worker", [*program, "worker"], variables)]


def wait_until_ready(host: str, port: int, supervisor: Supervisor) -> None:
    """Wait until the web server answers that it is ready."""
    address = f"http://{shown_host(host)}:{port}/readyz"
    limit = time.monotonic() + SECONDS_TO_READY
    while time.monotonic() < limit:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # our own http address
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        if any(child.process is not None and child.process.poll() is not None for child in supervisor.children):
            break
    raise EnvironmentProblem("The web server did not become ready; see the messages above.")


def announce(options: argparse.Namespace, seconds: float, mails: str) -> None:
    """Say where the house is and, in the demo, who lives in it and where its mail arrives."""
    print(f"\nDirektdraht is ready after {seconds:.1f} s: http://{shown_host(options.host)}:{options.port}")
    if options.demo:
        print("Demo logins (password of all: direktdraht-demo):")
        for line in DEMO_LOGINS:
            print(f"  {line}")
        print(f"Mails of the demo: {mails}")
    print("Ctrl-C stops everything.", flush=True)


DEMO_LOGINS = (
    "buergerin@musterstadt.example        a resident",
    "buerger@musterstadt.example          another resident",
    "sachbearbeitung@musterstadt.example  a clerk, /buero",
    "leitung@musterstadt.example          the head of the unit",
    "formulare@musterstadt.example        makes forms",
    "kasse@musterstadt.example            the city's till",
    "bibliothek@musterstadt.example       the city library",
    "bauleitplanung@musterstadt.example   development plans",
    "beteiligung@musterstadt.example      participation",
    "moderation@musterstadt.example       moderation",
    "admin@musterstadt.example            runs the platform",
)
