"""The city's colours and logo, health pages, language cookie."""

from typing import Any

import pytest
from django.test import Client
from pydantic import ValidationError

from direktdraht.foundation.city import settings as city_settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_city() -> None:
    city_settings.forget()


def test_the_accent_colour_is_a_style_sheet(client: Client) -> None:
    city_settings.save(city_settings.City(accent="#7a0019"))

    response = client.get("/stadt.css")

    assert response.content == b":root{--city-accent:#7a0019}\n"


def test_an_accent_that_cannot_be_read_on_white_is_refused() -> None:
    with pytest.raises(ValidationError, match="contrast"):
        city_settings.City(accent="#ffcc00")


def test_the_language_is_kept_in_a_cookie_and_never_leads_elsewhere(client: Client) -> None:
    response = client.post("/sprache", {"language": "en", "next": "https://evil.example/"})

    assert response.headers["Location"] == "/"
    assert response.cookies["sprache"].value == "en"


def test_a_process_that_lives_says_ok(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


def test_readiness_names_its_parts_and_only_to_this_machine(client: Client) -> None:
    here = client.get("/readyz")
    elsewhere = client.get("/readyz", REMOTE_ADDR="203.0.113.9")

    assert here.json() == {"ready": True, "parts": {"database": True, "migrations": True}}
    assert elsewhere.status_code == 404


def test_an_unknown_address_is_told_in_the_citys_look(client: Client) -> None:
    response = client.get("/gibt-es-nicht")

    assert response.status_code == 404
    assert "Diese Seite gibt es nicht" in response.content.decode()


def test_behind_own_proxies_the_visitors_address_is_the_one_they_saw(client: Client, settings: Any) -> None:
    settings.PROXIES = 1

    response = client.get("/healthz", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.7", REMOTE_ADDR="127.0.0.1")

    assert response.wsgi_request.META["REMOTE_ADDR"] == "198.51.100.7"


def test_without_proxies_the_header_says_nothing(client: Client) -> None:
    response = client.get("/healthz", HTTP_X_FORWARDED_FOR="203.0.113.9", REMOTE_ADDR="127.0.0.1")

    assert response.wsgi_request.META["REMOTE_ADDR"] == "127.0.0.1"
