"""The staff's start page, the gallery and the city's settings: who sees what, and what is refused."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import cast

from direktdraht.cases import actions as cases
from direktdraht.foundation import clock
from direktdraht.foundation.city import settings as city_settings
from direktdraht.foundation.city.models import CityRecord
from direktdraht.foundation.journal.models import Entry
from direktdraht.people.models import Account

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x20\x00\x00\x00\x20\x08\x06\x00\x00\x00" + b"\x00" * 8
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path fill="#003c90" d="M0 0h10v10z"/>%s</svg>'


@pytest.fixture(autouse=True)
def fresh_city() -> Iterator[None]:
    """The settings of one test never reach the next."""
    city_settings.forget()
    yield
    city_settings.forget()


def settings_form(**changed: object) -> dict[str, object]:
    values: dict[str, object] = city_settings.City().model_dump(mode="json")
    return values | changed


@pytest.mark.parametrize(
    ("who", "seen", "hidden"),
    [
        (cast.kim, ["/buero/eingang"], ["/buero/stadt", "/buero/formulare", "/buero/dienste", "/buero/auftraege"]),
        (cast.alex, ["/buero/eingang", "/buero/dienste"], ["/buero/stadt", "/buero/auftraege"]),
        (cast.toni, ["/buero/formulare", "/buero/bausteine"], ["/buero/eingang", "/buero/stadt"]),
        (cast.jo, ["/buero/stadt", "/buero/auftraege", "/buero/stellen", "/buero/dienste"], ["/buero/eingang"]),
    ],
)
def test_start_shows_only_what_the_role_may_open(client: Client, who: Callable[[], Account], seen: list[str], hidden: list[str]) -> None:
    text = cast.signed_in(client, who()).get("/buero").content.decode()

    for address in seen:
        assert f'href="{address}"' in text
        assert client.get(address).status_code == 200
    for address in hidden:
        assert f'href="{address}"' not in text
        assert client.get(address).status_code in {403, 404}


def test_start_counts_the_open_cases_of_the_own_units(client: Client) -> None:
    for days, unit in ((0, cast.abfall()), (30, cast.abfall()), (0, cast.steueramt())):
        with clock.frozen(clock.now() - timedelta(days=days)):
            facts = cases.PersonFacts("Robin Weber")
            cases.open_case(origin="test", origin_ref=str(uuid4()), title="Sofa", service=None, unit=unit, person=facts, text="Bitte.")
    first = cases.open_case(
        origin="test", origin_ref="meins", title="Bett", service=None, unit=cast.abfall(), person=cases.PersonFacts(), text="Bitte."
    )[0]
    cases.take(case=first, by=cast.kim())

    text = cast.signed_in(client, cast.kim()).get("/buero").content.decode()

    numbers = [part.split("<")[0] for part in text.split('dd-figures__number">')[1:]]
    assert numbers == ["1", "3"]
    assert "1 überfällig" in text


def test_start_is_for_staff(client: Client) -> None:
    assert client.get("/buero")["Location"] == "/konto/anmelden?next=/buero"
    assert cast.signed_in(client, cast.robin()).get("/buero").status_code == 403


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_gallery_shows_every_component(client: Client, language: str) -> None:
    response = cast.signed_in(client, cast.toni()).get("/buero/bausteine", headers={"Accept-Language": language})

    text = response.content.decode()
    for mark in (
        "dd-notice--danger",
        "dd-tag--warning",
        "dd-clock--resting",
        "dd-message--internal",
        "dd-steps",
        "dd-tabs",
        "dd-confirmation",
    ):
        assert mark in text
    assert text.count("aria-invalid") >= 4


def test_settings_are_for_the_administration(client: Client) -> None:
    assert cast.signed_in(client, cast.alex()).get("/buero/stadt").status_code == 403
    assert client.post("/buero/stadt", settings_form(name="Stadt Fremd")).status_code == 403
    assert not CityRecord.objects.exists()


def test_saved_settings_hold_at_once_and_are_journaled(client: Client) -> None:
    response = cast.signed_in(client, cast.jo()).post("/buero/stadt", settings_form(name="Stadt Neustadt", accent="#7A1F3D"))

    assert response.status_code == 302
    assert city_settings.current().name == "Stadt Neustadt"
    assert client.get("/stadt.css").content == b":root{--city-accent:#7a1f3d}\n"
    assert Entry.objects.filter(kind="city.changed").count() == 1


def test_a_change_of_the_city_gives_style_and_logo_a_new_address(client: Client) -> None:
    before = client.get("/kontakt").content.decode().split('href="/stadt.css?')[1].split('"')[0]
    cast.signed_in(client, cast.jo()).post("/buero/stadt", settings_form(accent="#7a1f3d"))

    after = client.get("/kontakt").content.decode().split('href="/stadt.css?')[1].split('"')[0]

    assert before == "0"
    assert after.isdigit()
    assert after != before


def test_a_colour_that_is_too_light_is_refused_with_its_contrast(client: Client) -> None:
    response = cast.signed_in(client, cast.jo()).post("/buero/stadt", settings_form(accent="#ffcc00"))

    assert response.status_code == 422
    assert "Kontrast 1,5 zu 1. Nötig sind mindestens 4,5 zu 1." in response.content.decode()
    assert not CityRecord.objects.exists()


@pytest.mark.parametrize("accent", ["red", "#12345", "#003c90;}", "url(x)"])
def test_what_is_no_colour_is_refused(client: Client, accent: str) -> None:
    response = cast.signed_in(client, cast.jo()).post("/buero/stadt", settings_form(accent=accent))

    assert response.status_code == 422


@pytest.mark.parametrize(("content", "kind"), [(PNG, "image/png"), ((SVG % "").encode(), "image/svg+xml")])
def test_a_logo_is_shown(client: Client, content: bytes, kind: str) -> None:
    upload = SimpleUploadedFile("logo", content)

    response = cast.signed_in(client, cast.jo()).post("/buero/stadt", settings_form(logo=upload))

    assert response.status_code == 302
    shown = client.get("/stadt/logo")
    assert (shown.content, shown["Content-Type"]) == (content, kind)
    assert client.post("/buero/stadt", settings_form(remove_logo="on")).status_code == 302
    assert client.get("/stadt/logo").content != content


@pytest.mark.parametrize(
    "content",
    [
        SVG % "<script>alert(1)</script>",
        SVG % '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
        SVG % '<path onload="alert(1)" d="M0 0"/>',
        SVG % '<use href="https://evil.example/x.svg#a"/>',
        SVG % '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="data:image/svg+xml,x"/>',
        SVG % '<path fill="url(https://evil.example/)" d="M0 0"/>',
        SVG % '<path style="background:url(//evil.example)" d="M0 0"/>',
        SVG % "<style>@import 'x'</style>",
        SVG % '<image href="#a"/>',
        SVG % '<animate attributeName="href" values="javascript:alert(1)"/>',
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG % "&a;",
        '<?xml-stylesheet href="https://evil.example/x.css"?>' + SVG % "",
        "<html><body>kein Bild</body></html>",
        "kein Bild",
        "<svg",
        "x" * 200_001,
    ],
)
def test_what_is_more_than_a_drawing_is_refused(client: Client, content: str) -> None:
    upload = SimpleUploadedFile("logo.svg", content.encode())

    response = cast.signed_in(client, cast.jo()).post("/buero/stadt", settings_form(logo=upload))

    assert response.status_code == 422
    assert not CityRecord.objects.exists()


def test_a_utf_16_drawing_is_refused(client: Client) -> None:
    upload = SimpleUploadedFile("logo.svg", (SVG % "").encode("utf-16"))

    assert cast.signed_in(client, cast.jo()).post("/buero/stadt", settings_form(logo=upload)).status_code == 422
