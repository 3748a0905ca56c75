"""The processes of a house: their memory as proportional set size (PSS), so that shared pages count once; a worker that rests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil


def family(pid: int) -> list[psutil.Process]:
    """A process and everything below it."""
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def worker_of(pid: int) -> psutil.Process:
    """The process of a house's family that does the jobs."""
    return next(member for member in family(pid) if "worker" in member.cmdline()[-1:])


@contextmanager
def worker_rests(pid: int) -> Iterator[None]:
    """The worker of a house's family rests meanwhile, so that it does nothing of what is measured."""
    worker = worker_of(pid)
    worker.suspend()
    try:
        yield
    finally:
        worker.resume()


def pss_mb(process: psutil.Process) -> float:
    """The proportional set size of one process in megabytes; 0 for one that has just ended."""
    try:
        text = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024


def kind_of(process: psutil.Process) -> str:
    """Which part of the house a process is."""
    words = " ".join(process.cmdline())
    for mark, kind in (
        ("mail_catcher", "mail catcher (demo only)"),
        ("cli worker", "worker"),
        ("cli web", "web"),
        ("postgres", "database"),
    ):
        if mark in words:
            return kind
    return "supervisor"


def by_part(pid: int) -> dict[str, float]:
    """The memory of each part of the house below ``pid``, in megabytes."""
    found: dict[str, float] = {}
    for process in family(pid):
        try:
            kind = kind_of(process)
        except psutil.NoSuchProcess:
            continue
        found[kind] = found.get(kind, 0.0) + pss_mb(process)
    return found
