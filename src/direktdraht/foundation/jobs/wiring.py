"""The two decorators with which a room declares its jobs (procrastinate underneath)."""

from collections.abc import Callable
from typing import Any, Protocol, cast

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

FIRST_WAIT_SECONDS = 5
QUEUE = "default"


class Task(Protocol):
    """A declared job."""

    name: str

    def defer(self, **arguments: Any) -> int:
        """Enqueue one run with JSON arguments inside the present transaction; returns the job's id."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run it here and now."""


def task(*, name: str, attempts: int = 8) -> Callable[[Callable[..., Any]], Task]:
    """Declare a job ``room.verb``; a failing run is tried again with growing pauses, ``attempts`` times in all."""

    def declare(function: Callable[..., Any]) -> Task:
        retry = RetryStrategy(max_attempts=attempts, exponential_wait=FIRST_WAIT_SECONDS)
        return cast(Task, app.task(name=name, queue=QUEUE, retry=retry)(function))

    return declare


def periodic(*, name: str, cron: str, alone: bool = True) -> Callable[[Callable[..., Any]], Task]:
    """Declare a job that runs on a schedule (cron with optional sixth field for seconds); never twice at once.

    ``alone=False`` is for jobs that may overlap: a run whose worker died does not hold them up.
    """

    def declare(function: Callable[[int], Any]) -> Task:
        declared = app.task(name=name, queue=QUEUE, queueing_lock=name, lock=name if alone else None)(function)
        return cast(Task, app.periodic(cron=cron)(declared))

    return declare
