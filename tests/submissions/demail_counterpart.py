"""The demo's De-Mail provider and the receiver as real processes, beside a running house."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from direktdraht.config.commands import run
from tests.processes.house import wait_for


@contextmanager
def running(data: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Both programs as ``direktdraht run --demo`` starts them; the address of the provider's page. Their settings go with them."""
    made = run.demail_provider(data, environment)
    assert made is not None, "OpenSSL's program is missing: make setup-system"
    processes = [subprocess.Popen(child.command, env=dict(child.environment)) for child in made.children]
    settings = data / "demail"
    try:
        receiver = int(made.children[0].command[-1])
        wait_for(lambda: (settings / "service.toml").exists() and listens(receiver), 60, "the De-Mail provider and the receiver")
        yield made.web_url
    finally:
        for process in processes:
            os.kill(process.pid, signal.SIGTERM)
            process.wait(20)
        shutil.rmtree(settings, ignore_errors=True)


def listens(port: int) -> bool:
    """Whether something listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
