"""Named fault points: places at which a test may kill a process. Inert outside the test environment.

A switch in the environment would be reachable in production, so the plan is a file in the data folder that
only a process in test mode reads: ``name`` kills the process that passes the point, ``name@pid`` another one.
The first pass notes the name in ``faults.reached``, takes the plan away and sends SIGKILL.
"""

import os
import signal
from pathlib import Path

from django.conf import settings

PLAN = "faults.plan"
REACHED = "faults.reached"


def fault(name: str) -> None:
    """Pass the fault point ``name``; somebody dies here if a test planned it."""
    if settings.MODE != "test":
        return
    plan = Path(settings.DATA_DIR) / PLAN
    try:
        planned, _, victim = plan.read_text(encoding="utf-8").strip().partition("@")
    except FileNotFoundError:
        return
    if planned == name:
        strike(plan, name, int(victim or os.getpid()))


def strike(plan: Path, name: str, pid: int) -> None:
    """Note that the point was reached, take the plan away, and kill without warning."""
    try:
        plan.unlink()
    except FileNotFoundError:
        return  # another process passed the point at the same moment
    with plan.with_name(REACHED).open("a", encoding="utf-8") as reached:
        reached.write(f"{name}\n")
        reached.flush()
        os.fsync(reached.fileno())
    os.kill(pid, signal.SIGKILL)
