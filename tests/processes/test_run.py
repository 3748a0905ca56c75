"""Running the house as a city does: clear refusals, recovery by itself, nothing left behind."""

import json
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.processes.house import House, as_json, free_port, wait_for

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    folder = Path(tempfile.mkdtemp(prefix="dd-run-"))
    running = House(folder, empty=True)
    running.start()
    yield running
    running.close()
    shutil.rmtree(folder, ignore_errors=True)


def family(house: House) -> list[psutil.Process]:
    """The house's processes."""
    if house.process is None:
        return []
    parent = psutil.Process(house.process.pid)
    return [parent, *parent.children(recursive=True)]


def test_a_taken_port_is_told_with_another_one_to_choose(house: House) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        refused = house.run("run", "--port", str(port))

    assert refused.returncode == 2
    assert f"Port {port}" in refused.stderr
    assert f"PORT={port + 1}" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_a_second_house_in_the_same_folder_is_refused(house: House) -> None:
    second = house.run("run", "--port", str(free_port()))

    assert second.returncode == 2
    assert "already running" in second.stderr
    assert house.ready()


def test_an_unknown_variable_is_an_error_with_the_nearest_name(house: House) -> None:
    environment = {**house.environment, "DIREKTDRAHT_DTA": "/somewhere"}

    refused = subprocess.run(
        [sys.executable, "-m", "direktdraht.config.cli", "check"], env=environment, capture_output=True, text=True, check=False
    )

    assert refused.returncode == 2
    assert "Did you mean DIREKTDRAHT_DATA?" in refused.stderr


def test_the_doctor_reports_as_json(house: House) -> None:
    report = house.run("check", "--json")

    findings = as_json(report.stdout)["findings"]
    assert report.returncode in {0, 1}, report.stdout
    assert {finding["check"] for finding in findings} >= {"mail", "storage", "journal", "forms", "replay"}


def test_killed_without_warning_it_leaves_nothing_and_starts_again_with_its_data(house: House) -> None:
    number = house.ask("SELECT count(*) FROM django_migrations")
    members = family(house)

    members[0].send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs(members, timeout=30)
    house.reap()

    assert not alive, alive
    house.start()
    assert house.ask("SELECT count(*) FROM django_migrations") == number


def test_left_overs_are_ended_at_the_next_start_and_strangers_are_not(house: House) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"])
    try:
        members = family(house)
        web = next(member for member in members if "web" in member.cmdline())
        house.stop()
        run_file = house.data / "run" / "processes.json"
        rows = [{"pid": 1, "started": 1.0, "command": "gone"}, {"pid": stranger.pid, "started": 1.0, "command": "python"}]
        run_file.write_text(json.dumps(rows), encoding="utf-8")

        house.start()

        assert stranger.poll() is None
        assert not web.is_running()
    finally:
        stranger.kill()
        stranger.wait()


def test_a_dead_web_process_comes_back(house: House) -> None:
    web = next(member for member in family(house) if "web" in member.cmdline())

    web.kill()

    wait_for(lambda: not house.ready(), 10, "the web server to be gone")
    wait_for(house.ready, 90, "the web server to be back")


def test_stopping_politely_leaves_no_process(house: House) -> None:
    members = family(house)

    status = house.stop()

    assert status == 0
    assert not [member for member in members if member.is_running() and member.status() != psutil.STATUS_ZOMBIE]
    assert not (house.data / "run" / "processes.json").exists()
