"""What can be asked about background work."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from direktdraht.foundation import clock

MOST_FAILED = 100


@dataclass(frozen=True)
class Counts:
    """How many jobs wait to be run now, wait for a later time, run, failed."""

    waiting: int
    later: int
    running: int
    failed: int


def counts() -> Counts:
    """Count jobs by where they stand."""
    now = clock.now()
    ready = Q(status="todo") & (Q(scheduled_at=None) | Q(scheduled_at__lte=now))
    found = ProcrastinateJob.objects.filter(status__in=["todo", "doing", "failed"]).aggregate(
        waiting=Count("pk", filter=ready),
        later=Count("pk", filter=Q(status="todo", scheduled_at__gt=now)),
        running=Count("pk", filter=Q(status="doing")),
        failed=Count("pk", filter=Q(status="failed")),
    )
    return Counts(**found)


@dataclass(frozen=True)
class FailedJob:
    """A job that was given up."""

    id: int
    name: str
    attempts: int
    failed_at: datetime | None


def failed_jobs() -> list[FailedJob]:
    """The newest jobs that failed for good, at most 100."""
    found = (
        ProcrastinateJob.objects.filter(status="failed")
        .annotate(failed_at=Max("procrastinateevent__at", filter=Q(procrastinateevent__type="failed")))
        .order_by("-pk")[:MOST_FAILED]
    )
    return [FailedJob(job.pk, job.task_name, job.attempts, job.failed_at) for job in found]


@dataclass(frozen=True)
class Schedule:
    """A job that runs by the clock, and when it last ended well."""

    name: str
    cron: str
    last_run: datetime | None


def schedules() -> list[Schedule]:
    """All periodic jobs of this release by name, in one query."""
    tasks = {periodic.task.name: periodic.cron for periodic in app.periodic_registry.periodic_tasks.values()}
    ended = (
        ProcrastinateEvent.objects.filter(type="succeeded", job__task_name__in=tasks)
        .values_list("job__task_name")
        .annotate(last=Max("at"))
        .order_by("job__task_name")
    )
    last_runs = dict(ended)
    return [Schedule(name, cron, last_runs.get(name)) for name, cron in sorted(tasks.items())]


def last_success() -> datetime | None:
    """When any job last ended well."""
    newest = ProcrastinateEvent.objects.filter(type="succeeded").exclude(at=None).order_by("-at").first()
    return newest.at if newest is not None else None


def oldest_waiting() -> datetime | None:
    """Since when the oldest job waits that could run now; nothing when none waits."""
    now = clock.now()
    ready = ProcrastinateJob.objects.filter(status="todo").filter(Q(scheduled_at=None) | Q(scheduled_at__lte=now))
    first = ready.annotate(since=Max("procrastinateevent__at")).order_by("pk").values_list("since", "scheduled_at").first()
    if first is None:
        return None
    since, scheduled = first
    return max(moment for moment in (since, scheduled, now - timedelta(days=3650)) if moment is not None)
