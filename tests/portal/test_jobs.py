"""The page of background work: what failed, once more, and jobs of dead workers."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from tests import cast

from direktdraht.foundation import clock
from direktdraht.foundation.checks import Level
from direktdraht.foundation.jobs import actions, queries
from direktdraht.foundation.jobs.health import job_problems
from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.post.jobs import send_mail
from direktdraht.foundation.post.models import Mail, State

pytestmark = pytest.mark.django_db


def job(status: str = "todo", **columns: str | int | datetime) -> int:
    """A job row as procrastinate leaves it."""
    number = send_mail.defer(mail_id="00000000-0000-0000-0000-000000000000")
    names = {"status": status, **columns}
    with connection.cursor() as cursor:
        for name, value in names.items():
            cast_to = "::procrastinate_job_status" if name == "status" else ""
            cursor.execute(f"UPDATE procrastinate_jobs SET {name} = %s{cast_to} WHERE id = %s", [value, number])
    return number


def worker(seconds_silent: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id", [seconds_silent]
        )
        return int(cursor.fetchone()[0])


def status_of(number: int) -> str:
    return str(ProcrastinateJob.objects.get(pk=number).status)


def failed_mail() -> Mail:
    return Mail.objects.create(
        to="robin@example.org", subject="Neues zu Ihrem Vorgang", text="…", template="t", state=State.FAILED, problem="SMTP 550"
    )


def test_the_page_shows_what_failed_and_what_runs_by_the_clock(client: Client) -> None:
    job("failed")
    failed_mail()

    text = cast.signed_in(client, cast.jo()).get("/buero/auftraege").content.decode()

    assert "post.send_mail" in text
    assert "SMTP 550" in text
    assert "jobs.take_back_stalled" in text


def test_the_page_without_anything_is_calm(client: Client) -> None:
    text = cast.signed_in(client, cast.jo()).get("/buero/auftraege").content.decode()

    assert "Kein Auftrag ist gescheitert." in text
    assert "Alle E-Mails sind gesendet." in text


def test_the_page_is_for_the_administration(client: Client) -> None:
    number, mail = job("failed"), failed_mail()
    cast.signed_in(client, cast.alex())

    assert client.get("/buero/auftraege").status_code == 403
    assert client.post(f"/buero/auftraege/{number}/erneut").status_code == 403
    assert client.post(f"/buero/auftraege/mail/{mail.pk}/erneut").status_code == 403
    assert status_of(number) == "failed"


def test_a_failed_job_runs_again(client: Client) -> None:
    number = job("failed")

    cast.signed_in(client, cast.jo()).post(f"/buero/auftraege/{number}/erneut")

    assert status_of(number) == "todo"
    assert Entry.objects.filter(kind="job.tried_again", subject=f"job:{number}").exists()
    assert "läuft gleich noch einmal" in client.get("/buero/auftraege").content.decode()


def test_a_job_that_did_not_fail_is_left_alone(client: Client) -> None:
    number = job("succeeded")

    cast.signed_in(client, cast.jo()).post(f"/buero/auftraege/{number}/erneut")

    assert status_of(number) == "succeeded"
    assert client.get(f"/buero/auftraege/{number}/erneut").status_code == 405


def test_of_two_jobs_that_may_wait_only_once_the_failed_one_stays() -> None:
    job("todo", queueing_lock="einmal")
    failed = job("failed", queueing_lock="einmal")

    assert not actions.try_again(failed)
    assert status_of(failed) == "failed"


def test_a_failed_mail_is_queued_again(client: Client) -> None:
    mail = failed_mail()

    cast.signed_in(client, cast.jo()).post(f"/buero/auftraege/mail/{mail.pk}/erneut")

    mail.refresh_from_db()
    assert mail.state == State.QUEUED
    assert client.post(f"/buero/auftraege/mail/{mail.pk}/erneut").status_code == 404


def test_jobs_of_dead_workers_are_taken_back_and_those_of_living_ones_are_not() -> None:
    lost, orphaned = job("doing", worker_id=worker(120)), job("doing")
    running = job("doing", worker_id=worker(1))

    taken = actions.take_back_stalled()

    assert taken == 2
    assert [status_of(lost), status_of(orphaned), status_of(running)] == ["todo", "todo", "doing"]


def test_a_lost_job_whose_successor_waits_is_given_up() -> None:
    job("todo", queueing_lock="einmal")
    lost = job("doing", worker_id=worker(120), queueing_lock="einmal")

    assert actions.take_back_stalled() == 0
    assert status_of(lost) == "aborted"


def test_counts_tell_now_from_later() -> None:
    job("todo")
    job("todo", scheduled_at=clock.now() + timedelta(hours=1))
    job("failed")

    counts = queries.counts()

    assert (counts.waiting, counts.later, counts.running, counts.failed) == (1, 1, 0, 1)


def test_the_doctor_warns_of_failed_jobs() -> None:
    job("failed")

    assert [found.level for found in job_problems()] == [Level.WARNING]


def test_the_doctor_sees_that_nobody_works() -> None:
    number = job("todo")
    assert list(job_problems()) == []

    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '20 minutes' WHERE job_id = %s", [number])

    assert [found.level for found in job_problems()] == [Level.ERROR]
