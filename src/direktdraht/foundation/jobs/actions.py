"""What can be done with jobs: try a failed one again, take back those whose worker died."""

from asgiref.sync import async_to_sync
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Status

from direktdraht.foundation import clock

SECONDS_WITHOUT_HEARTBEAT = 30


def try_again(job_id: int) -> str:
    """Put a failed job back to the waiting ones; returns the name of its task, or "" when nothing was done.

    Nothing happens when the job is not a failed one, or when one of its kind waits already and only one may.
    """
    with transaction.atomic():
        job = ProcrastinateJob.objects.select_for_update(of=("self",)).filter(pk=job_id, status="failed").first()
        if job is None or waits_already(job.queueing_lock):
            return ""
        app.job_manager.retry_job_by_id(job_id, retry_at=clock.now())
    return str(job.task_name)


def take_back_stalled() -> int:
    """Give the jobs of dead workers to living ones; returns how many were taken back.

    A job of which only one may wait is given up when one waits already: that one does the work.
    """
    stalled = async_to_sync(app.job_manager.get_stalled_jobs)(seconds_since_heartbeat=SECONDS_WITHOUT_HEARTBEAT)
    done = 0
    for job in sorted(stalled, key=lambda one: one.id or 0):
        if job.id is None:
            continue
        if waits_already(job.queueing_lock):
            async_to_sync(app.job_manager.finish_job_by_id_async)(job_id=job.id, status=Status.ABORTED, delete_job=False)
            continue
        app.job_manager.retry_job_by_id(job.id, retry_at=clock.now())
        done += 1
    return done


def waits_already(queueing_lock: str | None) -> bool:
    """Whether a job with this lock waits; without a lock never."""
    return bool(queueing_lock) and ProcrastinateJob.objects.filter(status="todo", queueing_lock=queueing_lock).exists()
