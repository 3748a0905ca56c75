"""The catalogue: what is checked when a service is saved, and who may do it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pydantic import ValidationError
from tests import cast

from direktdraht.foundation.journal.models import Entry
from direktdraht.people.models import Role
from direktdraht.services import actions, queries
from direktdraht.services.entries import ServiceEntry
from direktdraht.services.models import Service

pytestmark = pytest.mark.django_db
DEMO = Path(actions.__file__).with_name("demo_services.json")
POST = {
    "key": "laub",
    "title_de": "Laubsack bestellen",
    "title_en": "Order a leaf bag",
    "summary_de": "Wir bringen Säcke für Laub.",
    "needs_de": "Anschrift\nAnzahl",
    "needs_en": "Address\nNumber",
    "category": "abfall",
    "unit": "abfall",
    "answer_days": "3",
    "duration_minutes": "5",
    "keywords": "Laub\nHerbst",
    "law": "vwvfg",
    "written_form": "none",
    "retention_months": "12",
    "popular": "0",
    "active": "on",
}


def entry(**changes: Any) -> ServiceEntry:
    cast.abfall()
    return ServiceEntry.model_validate({"key": "laub", "title": {"de": "Laubsack bestellen"}, "unit": "abfall"} | changes)


def test_loading_the_demo_twice_changes_nothing() -> None:
    count = actions.load_services(DEMO)
    rows = Entry.objects.count()

    again = actions.load_services(DEMO)

    assert count == again == Service.objects.count() == 12
    assert Entry.objects.count() == rows


def test_the_demo_is_complete_in_all_three_languages() -> None:
    content = json.loads(DEMO.read_text(encoding="utf-8"))

    for service in content["services"]:
        for text in (service["title"], service["summary"], service["description"], service["cost"], *service["needs"]):
            assert set(text) == {"de", "en", "de-x-leicht"}, (service["key"], text)
        assert service["legal_basis"]
        assert service["retention_basis"]


def test_ten_services_of_the_demo_have_an_online_form() -> None:
    actions.load_services(DEMO)

    forms = {service.key: service.form_key for service in queries.all_az() if service.online}

    assert forms == {
        "sperrmuell": "sperrmuell",
        "meldung": "meldung",
        "bewohnerparkausweis": "bewohnerparkausweis",
        "hundesteuer-anmelden": "hundesteuer_anmeldung",
        "geburtsurkunde": "geburtsurkunde",
        "veranstaltung-anmelden": "veranstaltung",
        "elternbeitrag": "elternbeitrag",
        "baum-faellen": "baumfaellung",
        "gewerbe-anmelden": "gewerbeanmeldung",
        "widerspruch": "widerspruch",
    }


def test_popular_services_come_in_the_citys_order() -> None:
    actions.load_services(DEMO)

    assert [service.key for service in queries.popular(3)] == ["sperrmuell", "meldung", "bewohnerparkausweis"]


def test_categories_hold_every_service_once(django_assert_num_queries: Any) -> None:
    actions.load_services(DEMO)

    with django_assert_num_queries(1):
        groups = queries.by_category()

    assert sum(len(group.services) for group in groups) == 12
    assert all(group.label for group in groups)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"title": {"en": "Leaf bag"}},
        {"title": {"de": "x" * 121}},
        {"title": {"de": "Laub", "tlh": "pIm"}},
        {"summary": {"en": "only English"}},
        {"needs": [{"en": "only English"}]},
        {"answer_days": 0},
        {"answer_days": 366},
        {"retention_months": 0},
        {"law": "stgb"},
        {"key": "Mit Leerzeichen"},
        {"unknown": 1},
        {"description": {"de": "x" * 5_001}},
    ],
)
def test_spoilt_entries_are_refused(spoilt: Mapping[str, Any]) -> None:
    with pytest.raises(ValidationError):
        entry(**spoilt)


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(actions.UnknownUnit):
        actions.save_service(entry(unit="gibt-es-nicht"), by=None)


def test_leaders_save_services_of_their_unit_only() -> None:
    actions.save_service(entry(), by=cast.alex())

    for person in (cast.kim(), cast.sascha(), cast.robin(), cast.toni()):
        with pytest.raises(PermissionDenied):
            actions.save_service(entry(answer_days=9), by=person)


def test_nobody_moves_a_service_out_of_a_foreign_unit_or_into_one() -> None:
    leader = cast.staff("lea@musterstadt.example", "Lea Steuer", cast.steueramt(), Role.LEAD)
    actions.save_service(entry(), by=cast.alex())

    with pytest.raises(PermissionDenied):
        actions.save_service(entry(unit="steueramt"), by=leader)
    with pytest.raises(PermissionDenied):
        actions.save_service(entry(unit="steueramt"), by=cast.alex())


def test_saving_is_journaled_with_the_digest_of_the_public_text() -> None:
    alex = cast.alex()

    actions.save_service(entry(), by=alex)
    actions.save_service(entry(), by=alex)
    actions.save_service(entry(answer_days=9), by=alex)

    rows = list(Entry.objects.filter(kind="service.saved").order_by("id"))
    assert [row.facts["new"] for row in rows] == [True, False]
    assert rows[0].digest != rows[1].digest
    assert rows[0].by == str(alex.pk)


def test_the_pages_are_for_leaders_and_admins(client: Client) -> None:
    answers = [client.get(reverse("services:list")).status_code]
    people = [cast.robin(), cast.kim(), cast.toni(), cast.alex(), cast.jo()]

    answers += [cast.signed_in(Client(), person).get(reverse("services:list")).status_code for person in people]

    assert answers == [302, 403, 403, 403, 200, 200]


def test_a_leader_adds_and_changes_a_service_without_javascript(client: Client) -> None:
    cast.signed_in(client, cast.alex())

    empty = client.get(reverse("services:add"))
    added = client.post(reverse("services:add"), POST)
    shown = client.get(reverse("services:edit", args=["laub"]))
    changed = client.post(reverse("services:edit", args=["laub"]), POST | {"answer_days": "7", "active": ""})

    service = Service.objects.get(key="laub")
    assert (empty.status_code, added["Location"], changed["Location"]) == (200, reverse("services:list"), reverse("services:list"))
    assert "Anzahl" in shown.content.decode()
    assert service.needs == [{"de": "Anschrift", "en": "Address"}, {"de": "Anzahl", "en": "Number"}]
    assert service.keywords == ["Laub", "Herbst"]
    assert (service.answer_days, service.active) == (7, False)


@pytest.mark.parametrize(
    ("spoilt", "sentence"),
    [
        ({"title_de": ""}, "Dieses Feld ist zwingend erforderlich"),
        ({"needs_en": "Address"}, "so viele Zeilen"),
        ({"answer_days": "viele"}, "ganze Zahl"),
        ({"key": "Laub Sack"}, "gültigen Wert"),
        ({"unit": "steueramt"}, "gültige Auswahl"),
    ],
)
def test_errors_stand_at_their_field(client: Client, spoilt: dict[str, str], sentence: str) -> None:
    cast.steueramt()
    cast.signed_in(client, cast.alex())

    response = client.post(reverse("services:add"), POST | spoilt)

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Service.objects.exists()


def test_a_key_is_taken_once(client: Client) -> None:
    cast.signed_in(client, cast.alex())
    client.post(reverse("services:add"), POST)

    again = client.post(reverse("services:add"), POST | {"title_de": "Anders"})

    assert "gibt es schon" in again.content.decode()
    assert str(Service.objects.get()) == "Laubsack bestellen"


def test_foreign_services_are_refused_and_unknown_ones_hidden(client: Client) -> None:
    cast.steueramt()
    actions.save_service(entry(key="steuer", unit="steueramt"), by=None)
    cast.signed_in(client, cast.alex())

    foreign = client.get(reverse("services:edit", args=["steuer"])).status_code
    unknown = client.get(reverse("services:edit", args=["gibt-es-nicht"])).status_code

    assert (foreign, unknown) == (403, 404)
