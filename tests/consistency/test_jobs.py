"""Jobs: every one has a name of its own, in its room, and a schedule that can be read."""

from pathlib import Path

import pytest
from croniter import croniter
from procrastinate.contrib.django import app as procrastinate
from procrastinate.tasks import Task

from tests.consistency.tree import SOURCE, name_of, product_files


def own_tasks() -> list[Task]:  # type: ignore[type-arg]  # a task of any arguments
    """Every declared job of the house."""
    return [task for task in procrastinate.tasks.values() if task.func.__module__.startswith("direktdraht.")]


def test_there_are_jobs() -> None:
    assert len(own_tasks()) >= 5


def test_a_job_is_named_after_its_room() -> None:
    strange = [task.name for task in own_tasks() if task.name.split(".")[0] != task.func.__module__.split(".")[-2]]

    assert strange == []


def test_no_two_jobs_have_one_name() -> None:
    declared = [task.name for task in own_tasks()]
    functions = {(task.func.__module__, task.func.__qualname__) for task in own_tasks()}

    assert len(declared) == len(set(declared)) == len(functions)


def test_every_schedule_can_be_read() -> None:
    schedules = [periodic.cron for periodic in procrastinate.periodic_registry.periodic_tasks.values()]

    assert schedules
    assert [cron for cron in schedules if not croniter.is_valid(cron)] == []


@pytest.mark.parametrize("path", [path for path in product_files() if path.name == "jobs.py"], ids=name_of)
def test_jobs_of_a_room_are_found_at_start(path: Path) -> None:
    module = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)

    assert any(task.func.__module__ == module for task in own_tasks())
