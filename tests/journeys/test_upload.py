"""Files are sent while the person goes on filling in; without the script they come with the page."""

import os
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.people import PLACE, a_monday, pictures, press
from tests.journeys.stage import Stage, context_of

pytestmark = pytest.mark.browser


@pytest.fixture(params=[390, 1280])
def page(stage: Stage, browser: Browser, request: pytest.FixtureRequest) -> Page:
    """The page of the bulky waste form that asks for photos."""
    opened = context_of(browser, stage, width=request.param).new_page()
    opened.goto("/formulare/sperrmuell")
    press(opened, "Beginnen")
    for name, value in PLACE.items():
        opened.fill(f"[name='{name}']", value)
    press(opened, "Weiter")
    return opened


def answer_the_rest(page: Page) -> None:
    """Everything on the page but the photos."""
    page.check("[name=kind][value=furniture]")
    for name, value in {"count": "3", **a_monday()}.items():
        page.fill(f"[name='{name}']", value)
    page.check("[name=express][value=false]")


def test_chosen_files_are_listed_and_sent(page: Page, tmp_path: Path) -> None:
    answer_the_rest(page)
    page.set_input_files("[name=photos]", pictures(tmp_path))
    expect(page.locator(".dd-stored li", has_text="entfernen")).to_have_count(2)

    page.locator(".dd-stored li", has_text="schrank.jpg").get_by_role("button", name="entfernen").click()
    expect(page.locator(".dd-stored li")).to_have_count(1)
    expect(page.locator("[name=count]")).to_have_value("3")
    press(page, "Weiter")

    expect(page.locator("[name=contact_name]")).to_be_visible()
    page.context.close()


def test_a_lost_connection_is_told_and_tried_again(page: Page, tmp_path: Path) -> None:
    answer_the_rest(page)
    page.route("**/datei", lambda route: route.abort())
    page.set_input_files("[name=photos]", pictures(tmp_path)[0])
    lost = page.locator(".dd-stored li", has_text="nicht angekommen")
    expect(lost).to_be_visible()
    page.unroute("**/datei")

    lost.get_by_role("button", name="noch einmal versuchen").click()

    expect(page.locator(".dd-stored li", has_text="sofa.jpg")).to_contain_text("entfernen")
    page.context.close()


def test_what_did_not_arrive_comes_with_the_page(page: Page, tmp_path: Path) -> None:
    answer_the_rest(page)
    page.route("**/datei", lambda route: route.abort())
    page.set_input_files("[name=photos]", pictures(tmp_path))
    expect(page.locator(".dd-stored li", has_text="nicht angekommen")).to_have_count(2)

    press(page, "Weiter")
    expect(page.locator("[name=contact_name]")).to_be_visible()
    press(page, "Zurück")

    expect(page.locator(".dd-stored li", has_text="entfernen")).to_have_count(2)
    page.context.close()


def large_picture(folder: Path) -> Path:
    """A picture of noise, of several pieces."""
    path = folder / "rauschen.png"
    Image.frombytes("RGB", (1000, 1000), os.urandom(3_000_000)).save(path)
    return path


def hold_after_the_first_piece(page: Page) -> list[str]:
    """Let one piece through; later ones wait for ever. Returns where pieces began."""
    begun: list[str] = []

    def one_only(route: Route) -> None:
        if route.request.method == "PATCH":
            begun.append(route.request.headers["upload-offset"])
            if len(begun) > 1:
                return
        route.continue_()

    page.route("**/antrag/*/datei/*", one_only)
    return begun


def wait_for_the_second_piece(page: Page, begun: list[str]) -> None:
    """The browser tells of a request a moment after the page shows that the piece before it arrived."""
    for _ in range(100):
        if len(begun) > 1:
            return
        page.wait_for_timeout(50)
    raise AssertionError("The second piece was never sent.")


def test_an_upload_is_paused_and_goes_on(page: Page, tmp_path: Path) -> None:
    begun = hold_after_the_first_piece(page)
    page.set_input_files("[name=photos]", large_picture(tmp_path))
    line = page.locator(".dd-stored li")
    expect(page.locator(".dd-stored li")).to_contain_text(re.compile(r"3\d %"))
    wait_for_the_second_piece(page, begun)

    line.get_by_role("button", name="anhalten").click()
    expect(line).to_contain_text("angehalten")
    page.unroute("**/antrag/*/datei/*")
    line.get_by_role("button", name="fortsetzen").click()

    expect(line).to_contain_text("entfernen")
    assert begun == ["0", "1048576"]
    page.context.close()


def test_after_a_reload_the_same_file_goes_on_where_it_stopped(page: Page, tmp_path: Path) -> None:
    picture = large_picture(tmp_path)
    begun_before = hold_after_the_first_piece(page)
    page.set_input_files("[name=photos]", picture)
    expect(page.locator(".dd-stored li")).to_contain_text(re.compile(r"3\d %"))
    wait_for_the_second_piece(page, begun_before)
    page.reload()
    page.unroute("**/antrag/*/datei/*")
    expect(page.locator(".dd-stored li")).to_contain_text("rauschen.png: angefangen")
    begun: list[str] = []
    page.on("request", lambda asked: begun.append(asked.headers["upload-offset"]) if asked.method == "PATCH" else None)

    page.set_input_files("[name=photos]", picture)

    expect(page.locator(".dd-stored li")).to_contain_text("entfernen")
    assert begun[0] == "1048576"
    page.context.close()
