"""Home, catalogue, service page, search: what a visitor sees."""

import pytest
from django.test import Client

from direktdraht.services.models import Service

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str, language: str = "de") -> str:
    response = client.get(address, headers={"Accept-Language": language})
    assert response.status_code == 200
    return response.content.decode()


def test_home_leads_to_what_is_needed_often(client: Client, bulky_waste: Service) -> None:
    text = text_of(client, "/")

    assert 'href="/dienste/sperrmuell"' in text
    assert "Online · 5 Minuten · kostenlos" in text
    assert 'action="/suche"' in text
    assert 'action="/vorgang"' in text


def test_home_holds_no_form_secret_and_sets_no_cookie(client: Client) -> None:
    response = client.get("/")

    assert b"csrfmiddlewaretoken" not in response.content
    assert not response.cookies


def test_home_speaks_english(client: Client, bulky_waste: Service) -> None:
    text = text_of(client, "/", "en")

    assert "What would you like to do?" in text
    assert "Have bulky waste collected" in text
    assert "Online · 5 minutes · free of charge" in text


def test_services_stand_under_their_letter_in_german_order(client: Client, bulky_waste: Service, housing_benefit: Service) -> None:
    text = text_of(client, "/dienste")

    assert text.index('id="buchstabe-O"') < text.index("Ökologisches Wohngeld") < text.index('id="buchstabe-S"')


def test_services_stand_under_their_situation_in_life(client: Client, bulky_waste: Service, housing_benefit: Service) -> None:
    text = text_of(client, "/dienste/lebenslagen")

    assert text.index("Wohnen und Umziehen") < text.index("Ökologisches Wohngeld") < text.index("Abfall und Umwelt")


def test_an_empty_catalogue_says_so(client: Client) -> None:
    assert "Noch kein Dienst" in text_of(client, "/dienste")
    assert "Noch kein Dienst" in text_of(client, "/dienste/lebenslagen")


def test_a_service_says_everything_and_leads_to_its_form(client: Client, bulky_waste: Service) -> None:
    text = text_of(client, "/dienste/sperrmuell")

    assert 'href="/formulare/sperrmuell"' in text
    for said in ("Anschrift der Abholung", "kostenlos", "nach höchstens 4 Arbeitstagen", "Abfallwirtschaft", "§ 15 Satzung"):
        assert said in text
    assert "Sie müssen nichts unterschreiben." in text
    assert text.count("kern-btn--primary") == 1


def test_a_service_without_form_names_the_unit(client: Client, housing_benefit: Service) -> None:
    text = text_of(client, "/dienste/wohngeld")

    assert "Dieser Dienst geht noch nicht online" in text
    assert "Bitte wenden Sie sich an: Steueramt." in text
    assert "verlangt hier Ihre Unterschrift" in text


def test_a_service_that_rests_is_not_there(client: Client, bulky_waste: Service) -> None:
    Service.objects.update(active=False)

    assert client.get("/dienste/sperrmuell").status_code == 404
    assert client.get("/dienste/gibt-es-nicht").status_code == 404


@pytest.mark.parametrize("typed", ["sperrmüll", "sperrmul", "Sperrmuell", "sofa"])
def test_search_forgives_typing_errors(client: Client, bulky_waste: Service, typed: str) -> None:
    text = text_of(client, f"/suche?q={typed}")

    assert "Ein Dienst passt zu" in text
    assert 'href="/dienste/sperrmuell"' in text
    assert '<meta name="robots" content="noindex">' in text


def test_search_without_result_suggests(client: Client, bulky_waste: Service) -> None:
    text = text_of(client, "/suche?q=Xyzzyqwv")

    assert "Zu „Xyzzyqwv“ haben wir nichts gefunden" in text
    assert "Oft gebraucht" in text


@pytest.mark.parametrize("hostile", ["%00", "<script>alert(1)</script>", "x" * 5_000, "%F0%9F%92%A9", "{{ q }}"])
def test_search_survives_hostile_words(client: Client, hostile: str) -> None:
    response = client.get("/suche", {"q": hostile.replace("%00", "\x00").replace("{{ q }}", "{ { q")})

    assert response.status_code == 200
    assert b"<script>" not in response.content


def test_the_catalogue_costs_few_queries(
    client: Client, bulky_waste: Service, housing_benefit: Service, django_assert_max_num_queries: object
) -> None:
    for address in ("/", "/dienste", "/dienste/lebenslagen", "/dienste/sperrmuell", "/suche?q=sofa"):
        with django_assert_max_num_queries(6):  # type: ignore[operator]  # the fixture has no public type
            client.get(address)
