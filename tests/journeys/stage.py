"""The stage of browser tests: one running house with its people, one browser."""

import functools
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.processes.house import House

CHROMIUM = next((path for path in (shutil.which("chromium"), "/usr/bin/chromium") if path and Path(path).exists()), "")
WHY_SKIPPED = "Chromium is missing: make setup-system"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]
SEED = """
import json, sys
from pathlib import Path
from dataclasses import asdict
from django.test.utils import setup_test_environment
from tests import cast
from tests.pages import world
from direktdraht.people.models import Role
setup_test_environment()
made = world.build()
cast.staff("jules@musterstadt.example", "Jules Arndt", cast.abfall(), Role.CLERK)
cast.staff("lou@musterstadt.example", "Lou Fischer", cast.abfall(), Role.LEAD)
sessions = {role: "" if role == "anonymous" else world.client_of(role).cookies["sitzung"].value for role in world.ROLES}
Path(%r).write_text(json.dumps({"world": asdict(made), "sessions": sessions}))
"""


class Stage:
    """A running house, and what was made in it by ``seed``, which writes world and sessions to the file that it is given."""

    def __init__(self, seed: str = SEED) -> None:
        self.seed = seed
        self.folder = Path(tempfile.mkdtemp(prefix="dd-stage-"))
        self.house = House(self.folder)
        self.values: dict[str, str | int] = {}
        self.sessions: dict[str, str] = {}

    @property
    def url(self) -> str:
        """Where the house answers."""
        return self.house.url

    def open(self) -> None:
        """Start the house and fill it."""
        made = self.folder / "made.json"
        try:
            self.house.start()
            self.house.execute(self.seed % str(made))
        except BaseException:
            self.close()
            raise
        known = json.loads(made.read_text(encoding="utf-8"))
        self.values, self.sessions = known["world"], known["sessions"]

    def close(self) -> None:
        """Stop it and remove its folder."""
        self.house.close()
        shutil.rmtree(self.folder, ignore_errors=True)


@functools.cache
def the_stage() -> Stage:
    """The one stage of this process."""
    stage = Stage()
    stage.open()
    return stage


def leave() -> None:
    """Close the stage if it was ever opened."""
    if the_stage.cache_info().currsize:
        the_stage().close()
        the_stage.cache_clear()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; closed before any other test runs, because an open one looks like an event loop to Django."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def context_of(browser: Browser, stage: Stage, role: str = "anonymous", *, width: int = 1280, script: bool = True) -> BrowserContext:
    """A fresh browser window of somebody, signed in already."""
    context = browser.new_context(
        base_url=stage.url,
        viewport={"width": width, "height": 900},
        locale="de-DE",
        timezone_id="Europe/Berlin",
        java_script_enabled=script,
    )
    context.set_default_timeout(20_000)
    if stage.sessions[role]:
        context.add_cookies([{"name": "sitzung", "value": stage.sessions[role], "url": stage.url}])
    return context


def app_code(secret: str) -> str:
    """The code that an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
