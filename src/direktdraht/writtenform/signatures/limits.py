"""The check in a process of its own with limits on time and memory: what files can do ends there."""

import base64
import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from direktdraht.writtenform.checks import CheckResult, result_from_json
from direktdraht.writtenform.signatures.checking import check_signature
from direktdraht.writtenform.signatures.faults import FOREIGN, UnreadableSignature
from direktdraht.writtenform.signatures.trust import read_trust

SPENT = "Die Prüfung brach ab: Die Datei braucht zu viel Zeit oder Speicher oder ist beschädigt."


@dataclass(frozen=True)
class Limits:
    """What one check may use."""

    cpu_seconds: int = 60
    wall_seconds: float = 90
    memory_bytes: int = 2_000_000_000


USUAL = Limits()


def check_limited(
    data: bytes, trust: Mapping[str, bytes], *, at: datetime, content: bytes | None = None, limits: Limits = USUAL
) -> CheckResult:
    """As ``checking.check_signature`` with the files of ``trust.read_trust``, in a limited process.

    Raises:
        UnreadableSignature: no signature, not readable, or more time and memory than allowed.
    """
    order = {
        "data": _text(data),
        "content": None if content is None else _text(content),
        "trust": {name: _text(one) for name, one in trust.items()},
        "at": at.isoformat(),
    }
    # Isolated: neither the folder of the caller nor the environment may bring modules of their own.
    command = [sys.executable, "-I", "-m", __name__, str(limits.cpu_seconds), str(limits.memory_bytes)]
    try:
        done = subprocess.run(command, input=json.dumps(order).encode(), capture_output=True, timeout=limits.wall_seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnreadableSignature(SPENT) from error
    if done.returncode != 0:
        raise UnreadableSignature(SPENT)
    answer = json.loads(done.stdout)
    if "unreadable" in answer:
        raise UnreadableSignature(answer["unreadable"])
    return result_from_json(answer)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)


def main() -> int:
    """The limited process: an order on standard input, an answer on standard output."""
    cpu_seconds, memory_bytes = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    order = json.load(sys.stdin)
    trust = read_trust({name: _bytes(text) for name, text in order["trust"].items()})
    content = None if order["content"] is None else _bytes(order["content"])
    try:
        answer = check_signature(_bytes(order["data"]), trust, at=datetime.fromisoformat(order["at"]), content=content).as_json()
    except UnreadableSignature as problem:
        answer = {"unreadable": str(problem)}
    except (*FOREIGN, MemoryError):
        answer = {"unreadable": SPENT}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
