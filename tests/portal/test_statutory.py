"""Pages that the law asks for."""

from datetime import datetime

import pytest
from django.test import Client
from tests import cast

from direktdraht.foundation import clock
from direktdraht.services.models import Service

pytestmark = pytest.mark.django_db
PAGES = {
    "/kontakt": ("Kontakt", "Contact"),
    "/impressum": ("Impressum", "Imprint"),
    "/datenschutz": ("Aufsichtsbehörde", "supervisory authority"),
    "/barrierefreiheit": ("BITV 2.0", "Report a barrier"),
}


@pytest.mark.parametrize("address", PAGES)
def test_each_page_speaks_both_languages(client: Client, address: str) -> None:
    german = client.get(address, headers={"Accept-Language": "de"}).content.decode()
    english = client.get(address, headers={"Accept-Language": "en"}).content.decode()

    assert PAGES[address][0] in german
    assert PAGES[address][1] in english


def test_privacy_names_the_cookies_that_exist(client: Client) -> None:
    text = client.get("/datenschutz").content.decode()

    for name in ("sitzung", "formularschutz", "sprache"):
        assert f"<dt>{name}</dt>" in text


def test_security_txt_keeps_its_standard(client: Client) -> None:
    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:sicherheit@musterstadt.example"
    assert fields["Canonical"].endswith("/.well-known/security.txt")
    assert fields["Preferred-Languages"] == "de, en"
    days_left = (datetime.fromisoformat(fields["Expires"]) - clock.now()).days
    assert 30 < days_left < 365


def test_a_barrier_is_reported_with_the_form_or_the_statement_names_the_address(client: Client) -> None:
    assert client.get("/barriere-melden")["Location"] == "/barrierefreiheit"


def test_every_footer_link_opens(client: Client, bulky_waste: Service) -> None:
    cast.hauptamt()
    for address in ("/kontakt", "/barrierefreiheit", "/datenschutz", "/impressum", "/quittung"):
        assert client.get(address).status_code == 200
