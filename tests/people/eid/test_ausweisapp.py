"""The real AusweisApp takes our tcToken, and leads its errors back to our addresses."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from tests.people.eid import ausweisapp
from tests.people.eid.city import KEY
from tests.processes.house import free_port

from direktdraht.people.eid.answers import Result, Session
from direktdraht.people.eid.results import failure_of
from direktdraht.people.eid.tctoken import Addresses, error_token, start_address, token

pytestmark = pytest.mark.skipif(ausweisapp.PROGRAM is None, reason="the AusweisApp is not installed (make setup-system)")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of the app."""
    with ausweisapp.running(tmp_path_factory.mktemp("ausweisapp")) as port:
        yield port


def test_the_app_says_that_it_is_there(app: int) -> None:
    status, headers, text = ausweisapp.get(app, "/eID-Client?Status")

    assert (status, "Specification-Title: TR-03124" in text) == (200, True)
    assert headers["Access-Control-Allow-Origin"] == "*"


def test_the_app_takes_our_token_and_leads_its_error_back_to_us(app: int) -> None:
    port, asked = free_port(), list[str]()
    here = f"http://127.0.0.1:{port}/"
    ours = Addresses(f"{here}token/geheim", f"{here}zurueck/geheim", f"{here}fehler/geheim")
    nobody = f"https://127.0.0.1:{free_port()}/"
    page = token(Session(Result("ok", "", ""), "s" * 32, "a" * 32, KEY), ours, server=nobody)

    with ausweisapp.house({"/token/geheim": page}, asked, port):
        word = ausweisapp.run_auth(app, ours.token)

    assert asked == ["/token/geheim AusweisApp2"]
    assert word["url"] == ours.refresh
    assert failure_of(word["result"]["major"], word["result"]["minor"]) == "channel"


def test_the_app_leads_a_token_without_a_session_to_our_error_address(app: int) -> None:
    port, asked = free_port(), list[str]()
    here = f"http://127.0.0.1:{port}/"
    ours = Addresses(f"{here}token/geheim", f"{here}zurueck/geheim", f"{here}fehler/geheim")

    with ausweisapp.house({"/token/geheim": error_token(ours)}, asked, port):
        word = ausweisapp.run_auth(app, ours.token)

    assert (asked, word["url"]) == (["/token/geheim AusweisApp2"], ours.error)


def test_the_app_refuses_what_is_no_token(app: int) -> None:
    port, asked = free_port(), list[str]()
    here = f"http://127.0.0.1:{port}/"

    with ausweisapp.house({"/token/geheim": b"<html/>"}, asked, port):
        word = ausweisapp.run_auth(app, f"{here}token/geheim")

    assert asked[0] == "/token/geheim AusweisApp2"
    assert word.get("url", "") == ""
    assert failure_of(word["result"]["major"], word["result"]["minor"]) not in {"", "waiting", "unknown"}


def test_a_start_without_token_ends_on_a_page_of_the_app(app: int) -> None:
    parts = urlsplit(start_address("http://127.0.0.1:9/token"))

    status, _, text = ausweisapp.get(app, f"{parts.path}?{parts.query}")

    assert status >= 400
    assert "<html" in text
