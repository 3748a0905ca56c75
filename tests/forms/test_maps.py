"""Maps: only pages with a place load one, only the city's own service is asked, staff see what was drawn."""

import json
from uuid import UUID

import pytest
from django.test import Client

from direktdraht.foundation.city import settings as city_settings
from direktdraht.foundation.city.settings import City
from direktdraht.foundation.geo.demo import DemoStreets
from direktdraht.people.models import Role
from direktdraht.submissions.models import Submission
from tests import cast
from tests.submissions import way

pytestmark = pytest.mark.django_db
SERVICE = "https://karten.musterstadt.example:8443/wms?map=stadt"
WHAT = {"topic": "pothole", "description": "Tiefes Schlagloch auf dem Radweg.", "danger": "false"}
WHERE = {**way.PLACE, "pictures": ""}


def at_the_place(client: Client) -> str:
    """Begin the form that asks for a place on its second page; that page's address."""
    draft_id = way.begin(client, "meldung")
    answer = way.post_page(client, draft_id, "what", WHAT)
    assert answer.status_code == 302, answer.context["problems"]
    return f"/antrag/{draft_id}/seite/where"


def use_a_service(**changed: str) -> None:
    """The city has a map service of its own."""
    city_settings.save(City(map_kind="wms", map_address=SERVICE, map_layers="stadtplan", map_source="Vermessungsamt", **changed))


def test_only_a_page_with_a_place_loads_the_map(client: Client) -> None:
    with_place = at_the_place(client)

    assert "leaflet.js" in client.get(with_place).content.decode()
    assert "leaflet" not in client.get(with_place.replace("where", "what")).content.decode()


def test_without_a_service_nobody_else_is_asked(client: Client) -> None:
    page = client.get(at_the_place(client))

    assert "img-src 'self' data:;" in f"{page.headers['Content-Security-Policy']};"
    assert 'data-kind="own"' in page.content.decode()


def test_only_pages_with_a_map_may_ask_the_service_of_the_city(client: Client) -> None:
    use_a_service()
    address = at_the_place(client)

    page, other = client.get(address), client.get(address.replace("where", "what"))

    assert "https://karten.musterstadt.example:8443" in page.headers["Content-Security-Policy"]
    assert "karten.musterstadt.example" not in other.headers["Content-Security-Policy"]
    assert "Vermessungsamt" in page.content.decode()


def test_streets_come_from_our_own_address_and_are_kept_for_an_hour(client: Client) -> None:
    DemoStreets().seed(1)

    answer = client.get("/stadt/strassen.json")

    assert answer.headers["Content-Type"] == "application/geo+json"
    assert "max-age=3600" in answer.headers["Cache-Control"]
    assert "public" in answer.headers["Cache-Control"]
    assert len(json.loads(answer.content)["features"]) == 204


def test_the_clerk_sees_the_place_on_a_map_with_the_text_beside_it(client: Client) -> None:
    address = at_the_place(client)
    draft_id = UUID(address.split("/")[2])
    chosen = {**WHERE, "spot": "53.12000 8.17000 Lange Straße 12", "spot.search": "", "spot.searched": "", "spot.text": "am Baum"}
    assert way.post_page(client, draft_id, "where", chosen).status_code == 302
    assert way.post_page(client, draft_id, "contact", {"answer": "false"}).status_code == 302
    client.post(f"/antrag/{draft_id}/absenden", {"seen": str(client.get(f"/antrag/{draft_id}/pruefen").context["seen"])})
    case = Submission.objects.get().case

    page = (
        cast.signed_in(Client(), cast.staff("los@musterstadt.example", "Lo Sommer", case.unit, Role.CLERK))
        .get(f"/buero/vorgang/{case.number}/antrag")
        .content.decode()
    )

    assert 'data-map-shown="53.12000,8.17000"' in page
    assert "Lange Straße 12, am Baum" in page
    assert "leaflet.js" in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"map_address": "http://karten.example/wms"}, "map_address"),
        ({"map_address": "https://karten.example; script-src *"}, "map_address"),
        ({"map_address": "https://user:secret@karten.example/wms"}, "map_address"),
        ({"map_address": "https://karten.example'/wms"}, "map_address"),
        ({"map_address": "https://*/wms"}, "map_address"),
        ({"map_address": ""}, "map_address"),
        ({"map_kind": "wmts", "map_address": "https://karten.example/{z}/{x}"}, "map_address"),
        ({"map_layers": ""}, "map_layers"),
        ({"map_layers": "stadtplan&REQUEST=GetMap"}, "map_layers"),
    ],
)
def test_a_map_service_that_cannot_be_asked_safely_is_refused_at_its_field(client: Client, changed: dict[str, str], field: str) -> None:
    values = City().model_dump(mode="json") | {"map_kind": "wms", "map_address": SERVICE, "map_layers": "stadtplan"} | changed

    answer = cast.signed_in(client, cast.jo()).post("/buero/stadt", values)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_a_service_of_tiles_is_saved(client: Client) -> None:
    tiles = {"map_kind": "wmts", "map_address": "https://kacheln.example/{z}/{x}/{y}.png"}

    answer = cast.signed_in(client, cast.jo()).post("/buero/stadt", City().model_dump(mode="json") | tiles)

    assert answer.status_code == 302
    assert city_settings.current().map_host == "https://kacheln.example"
