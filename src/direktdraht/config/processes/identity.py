"""Who a process is: a pid alone is reused, a pid with its start time is not."""

from dataclasses import asdict, dataclass
from typing import Any

import psutil


@dataclass(frozen=True)
class ProcessIdentity:
    """A process by pid, start time (seconds since 1970) and command line."""

    pid: int
    started: float
    command: str

    @classmethod
    def of(cls, pid: int) -> "ProcessIdentity | None":
        """The identity of a running process, ``None`` when there is none or it is a zombie."""
        try:
            process = psutil.Process(pid)
            if process.status() == psutil.STATUS_ZOMBIE:
                return None
            return cls(pid, process.create_time(), " ".join(process.cmdline()))
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return None

    def to_json(self) -> dict[str, Any]:
        """A plain dict for the run file."""
        return asdict(self)


def is_running(identity: ProcessIdentity) -> bool:
    """Whether this very process (same pid, same start) still runs."""
    now = ProcessIdentity.of(identity.pid)
    return now is not None and abs(now.started - identity.started) < 0.1
