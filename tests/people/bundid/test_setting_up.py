"""Staff set up BundID in the browser: metadata are looked at, confirmed, taken back; bad files change nothing."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import cast
from tests.people.bundid.provider import IDP, Provider, stamp
from tests.people.bundid.test_way import connected

from direktdraht.foundation.journal.models import Entry
from direktdraht.people import methods
from direktdraht.people.bundid import own, setting_up

__all__ = ["connected"]
pytestmark = pytest.mark.django_db
PAGE = "/buero/bundid"


@pytest.fixture
def jo(client: Client) -> Client:
    """Somebody who administers the platform."""
    return cast.signed_in(client, cast.jo())


def upload(client: Client, content: str | bytes) -> str:
    """Give metadata; returns the page afterwards."""
    answer = client.post(
        PAGE, {"file": SimpleUploadedFile("provider.xml", content.encode() if isinstance(content, str) else content)}, follow=True
    )
    return answer.content.decode()


def digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def test_metadata_are_looked_at_before_they_are_used(jo: Client, connected: Path, provider: Provider) -> None:
    connected.unlink()
    metadata = provider.metadata()

    page = upload(jo, metadata)

    assert "Neue Angaben warten" in page
    assert IDP in page
    assert own.provider() is None
    page = jo.post(f"{PAGE}/uebernehmen", {"digest": digest(metadata)}, follow=True).content.decode()
    assert "Der Weg über BundID ist offen." in page
    assert "Neue Angaben warten" not in page
    assert connected.read_text() == metadata
    assert list(methods.REMOTE.get("bundid").problems()) == []
    assert Entry.objects.get(kind="bundid.provider_changed").facts == {"before": "", "now": digest(metadata)}


def test_what_somebody_else_gave_meanwhile_is_not_taken_over(jo: Client, connected: Path, provider: Provider) -> None:
    first, second = provider.metadata(valid_until=stamp(500)), provider.metadata(valid_until=stamp(900))
    before = connected.read_bytes()
    upload(jo, first)
    upload(jo, second)

    page = jo.post(f"{PAGE}/uebernehmen", {"digest": digest(first)}, follow=True).content.decode()

    assert "Inzwischen warten andere Angaben." in page
    assert connected.read_bytes() == before


def test_a_change_can_be_taken_back(jo: Client, connected: Path, provider: Provider) -> None:
    old, new = connected.read_text(), provider.metadata(valid_until=stamp(500))
    upload(jo, new)
    jo.post(f"{PAGE}/uebernehmen", {"digest": digest(new)})

    page = jo.post(f"{PAGE}/fruehere", follow=True).content.decode()
    assert "Neue Angaben warten" in page
    jo.post(f"{PAGE}/uebernehmen", {"digest": digest(old)})

    assert connected.read_text() == old
    assert setting_up.file_before().read_text() == new


def test_a_double_press_takes_over_once(jo: Client, connected: Path, provider: Provider) -> None:
    new = provider.metadata(valid_until=stamp(500))
    upload(jo, new)

    for _ in range(2):
        jo.post(f"{PAGE}/uebernehmen", {"digest": digest(new)})

    assert connected.read_text() == new
    assert Entry.objects.filter(kind="bundid.provider_changed").count() == 1


def test_waiting_metadata_can_be_discarded(jo: Client, connected: Path, provider: Provider) -> None:
    before = connected.read_bytes()
    upload(jo, provider.metadata(valid_until=stamp(500)))

    page = jo.post(f"{PAGE}/verwerfen", follow=True).content.decode()

    assert "Die neuen Angaben sind verworfen." in page
    assert (setting_up.waiting(), connected.read_bytes()) == (None, before)
    assert "Es gibt keine früheren Angaben." in jo.post(f"{PAGE}/fruehere", follow=True).content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"nothing", "Die Metadaten sind kein einfaches, lesbares XML."),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "Die Metadaten sind kein einfaches, lesbares XML."),
        (b"<a/>", "Die Metadaten beschreiben nicht genau ein Nutzerkonto."),
        (b" " * 1_000_001, "Diese Datei ist größer als 1 MB."),
    ],
    ids=["no XML", "entities", "no provider", "too large"],
)
def test_bad_files_change_nothing_and_say_why(jo: Client, connected: Path, content: bytes, said: str) -> None:
    before = connected.read_bytes()

    assert said in upload(jo, content)
    assert (setting_up.waiting(), connected.read_bytes()) == (None, before)


def test_metadata_without_the_agreed_address_are_not_taken(jo: Client, provider: Provider) -> None:
    assert "fehlt eine Adresse für die Anmeldung" in upload(jo, provider.metadata().replace("HTTP-Redirect", "HTTP-POST"))


def test_the_number_of_the_service_is_stored_and_bad_ones_are_not(jo: Client, connected: Path) -> None:
    del connected
    jo.post(f"{PAGE}/nummer", {"service_id": "BMI-0042"})
    assert own.service_id() == "BMI-0042"

    answer = jo.post(f"{PAGE}/nummer", {"service_id": 'x"\nkey = "y'})

    assert (answer.status_code, own.service_id()) == (422, "BMI-0042")
    assert "höchstens 60 Zeichen" in answer.content.decode()
    jo.post(f"{PAGE}/nummer", {"service_id": ""})
    assert own.service_id() == ""


def test_only_those_who_administer_the_platform_may_look(client: Client) -> None:
    kim = cast.signed_in(client, cast.kim())

    assert kim.get(PAGE).status_code == 403
    for change in ("uebernehmen", "verwerfen", "fruehere", "nummer"):
        assert kim.post(f"{PAGE}/{change}").status_code == 403
