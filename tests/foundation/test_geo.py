"""The local index of streets: loaded from invented data, searched with typing errors, used by the place question."""

from datetime import date

import pytest
from tests.questions.browser import read, send, show
from tests.questions.forms import element, parsed

from direktdraht.foundation.geo import queries
from direktdraht.foundation.geo.demo import DemoStreets, streets
from direktdraht.foundation.geo.models import Street
from direktdraht.questions.evaluation import evaluate
from direktdraht.questions.faces import Sight
from direktdraht.questions.posting import is_page_change, read_page
from direktdraht.questions.rendering import plain_text

TODAY = date(2026, 6, 15)
PLACE = parsed(element("place"))


@pytest.fixture
def city(db: None) -> None:
    DemoStreets().seed(1)


def test_the_demo_city_has_two_hundred_streets_the_same_on_every_machine() -> None:
    once, again = list(streets()), list(streets())

    assert once == again
    assert len({street.name for street in once}) == len(once) == 204
    assert all(53 < float(street.lat) < 53.3 and 8 < float(street.lon) < 8.4 for street in once)


def test_seeding_is_known_to_have_happened(city: None) -> None:
    assert DemoStreets().is_seeded()
    DemoStreets().seed(1)
    assert Street.objects.count() == 204


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("Lindenallee 1", "Lindenallee 1"),
        ("lindenalee 1", "Lindenallee 1"),
        ("LINDEN", "Lindenallee"),
        ("lange strasse", "Lange Straße"),
        ("Überwasserkirche", "An der Überwasserkirche"),
        ("gross buettel weg 2", "Groß-Büttel-Weg 2"),
        ("Lindenallee 999", "Lindenallee"),
    ],
)
def test_a_street_is_found_also_with_typing_errors(city: None, typed: str, best: str) -> None:
    assert queries.search(typed)[0].label == best


@pytest.mark.parametrize("typed", ["", "12", "?", "Qxyvw", "x" * 10_000])
def test_what_means_no_street_finds_nothing(city: None, typed: str) -> None:
    assert queries.search(typed) == []


def test_a_place_is_searched_and_chosen_without_a_script(city: None) -> None:
    post = send(show(PLACE, "first", {}), **{"it.search": "lindenalee 3", "_search": "it"})
    raw = read_page(PLACE, "first", post, {})
    face = Sight({}, None, [], "de", queries).face(PLACE.outline.element("it"), raw)
    first = face.own["options"][0]

    chosen = read_page(PLACE, "first", send(show(PLACE, "first", raw), it=first["value"]), raw)
    answers = evaluate(PLACE, chosen, today=TODAY).answers

    assert is_page_change(post)
    assert len(face.own["options"]) == queries.MOST_HITS or len(face.own["options"]) > 1
    assert answers["it"]["label"] == first["label"] == "Lindenallee 3"
    assert set(answers["it"]) == {"lat", "lon", "label"}
    assert f"    Lindenallee 3\n    {answers['it']['lat']}, {answers['it']['lon']}\n" in plain_text(PLACE, answers, "de")
    assert "checked" in show(PLACE, "first", answers)


def test_words_are_enough() -> None:
    raw = read_page(PLACE, "first", send(show(PLACE, "first", {}), **{"it.text": "An der Bank hinter dem Teich"}), {})

    assert evaluate(PLACE, raw, today=TODAY).answers == {"it": {"label": "An der Bank hinter dem Teich"}}
    assert ("it.text", "An der Bank hinter dem Teich") in read(show(PLACE, "first", {"it": {"label": "An der Bank hinter dem Teich"}})).sent


def test_nothing_found_is_said() -> None:
    raw = read_page(PLACE, "first", send(show(PLACE, "first", {}), **{"it.search": "Qxyvw", "_search": "it"}), {})

    assert "nichts gefunden" in show(PLACE, "first", raw)


def test_streets_meet_at_their_corners() -> None:
    entries = list(streets())
    corners = {point for entry in entries for line in entry.course for point in (line[0], line[-1])}
    beginnings = [entry.course[0][0] for entry in entries]

    assert len(corners) < 2 * len(entries)
    assert all(len(entry.course) == 2 for entry in entries)
    assert len(set(beginnings)) == len(entries)


def test_the_map_gets_every_street_with_longitude_first(city: None) -> None:
    Street.objects.filter(name="Lange Straße").update(course=[])

    found = {one["properties"]["name"]: one["geometry"] for one in queries.streets_as_geojson()["features"]}

    assert len(found) == 204
    assert found["Lange Straße"]["type"] == "MultiPoint"
    assert found["Lindenallee"]["type"] == "MultiLineString"
    assert all(8 < lon < 8.4 and 53 < lat < 53.3 for line in found["Lindenallee"]["coordinates"] for lon, lat in line)


def test_a_street_without_houses_and_course_is_one_point(db: None) -> None:
    Street.objects.create(name="Neuer Weg", sort_key="neuer weg", lat="53.1", lon="8.2")

    (only,) = queries.streets_as_geojson()["features"]

    assert only["geometry"] == {"type": "MultiPoint", "coordinates": [[8.2, 53.1]]}
