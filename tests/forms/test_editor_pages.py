"""The editor as a clerk uses it, page by page, without JavaScript."""

import pytest
from django.test import Client

from direktdraht.forms.models import Form, FormVersion
from direktdraht.questions.elements.registry import ELEMENT_TYPES
from tests import cast
from tests.forms.editor import DESK, KEY, act, do, elements, new_draft, present, publish
from tests.pages.world import client_of

pytestmark = pytest.mark.django_db
PAGES = (
    *("", "/frage/anliegen", "/angaben", "/texte", "/verlauf", "/bedingung/anliegen"),
    *("/gebuehr", "/ausprobieren", "/vorschlaege", "/listen", "/pruefen"),
)
NEEDS_A_LIST = {"codelist"}


@pytest.fixture
def toni() -> Client:
    """Toni designs forms; a working draft lies on the desk."""
    new_draft()
    return client_of("toni")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_new_draft_opens(toni: Client, page: str) -> None:
    assert toni.get(f"{DESK}{page}").status_code == 200


def test_adding_a_question_shows_it_and_says_so(toni: Client) -> None:
    response = act(toni, "frage-hinzufuegen", label="Wie viele Stände?", kind="integer", into="seite_1")
    page = toni.get(response.headers["Location"].partition("#")[0]).content.decode()

    assert response.headers["Location"].endswith("#frage-wie_viele_staende")
    assert [one["key"] for one in elements()] == ["anliegen", "wie_viele_staende"]
    assert "Frage „Wie viele Stände?“ hinzugefügt" in page


@pytest.mark.parametrize("kind", sorted({name for name, _ in ELEMENT_TYPES.items()} - NEEDS_A_LIST))
def test_a_new_question_of_any_kind_can_be_opened_and_saved_as_it_is(toni: Client, kind: str) -> None:
    act(toni, "frage-hinzufuegen", label="Neu", kind=kind, into="seite_1")
    before = elements()[1]
    form = toni.get(f"{DESK}/frage/neu").context["form"]
    values = {name: value for name, value in form.initial.items() if value not in (None, False)}

    response = do(toni, "frage/neu", **values)

    assert response.status_code == 302, response.context["form"].errors
    assert elements()[1] == before


def test_an_answer_keeps_its_value_when_it_is_renamed_or_others_come(toni: Client) -> None:
    act(toni, "frage-hinzufuegen", label="Was?", kind="choice", into="seite_1")

    do(toni, "frage/was", label_de="Was?", required="on", options_de="Erste\nAntwort 2")
    do(toni, "frage/was", label_de="Was?", required="on", options_de="Erste\nDazwischen\nAntwort 2")

    assert [(one["value"], one["label"]["de"]) for one in elements()[1]["options"]] == [
        ("eins", "Erste"),
        ("dazwischen", "Dazwischen"),
        ("zwei", "Antwort 2"),
    ]


def test_answers_need_as_many_lines_in_each_language(toni: Client) -> None:
    act(toni, "frage-hinzufuegen", label="Was?", kind="choice", into="seite_1")

    response = do(toni, "frage/was", label_de="Was?", options_de="Ja\nNein", options_en="Yes")

    assert response.status_code == 422
    assert "so viele Zeilen wie auf Deutsch" in response.content.decode()


def test_moving_copying_and_deleting(toni: Client) -> None:
    act(toni, "frage-hinzufuegen", label="Zweite", kind="text", into="seite_1")

    act(toni, "frage-hoch", element="zweite")
    assert [one["key"] for one in elements()] == ["zweite", "anliegen"]

    act(toni, "frage-kopieren", element="zweite")
    assert [one["key"] for one in elements()] == ["zweite", "zweite_2", "anliegen"]

    act(toni, "frage-loeschen", element="zweite_2")
    assert [one["key"] for one in elements()] == ["zweite", "anliegen"]


def test_a_refused_command_says_why_and_changes_nothing(toni: Client) -> None:
    response = act(toni, "frage-loeschen", element="anliegen")

    assert response.status_code == 422
    assert "mindestens eine Frage" in response.content.decode()
    assert present().revision == 0


def test_undo_and_redo_go_through_the_whole_history(toni: Client) -> None:
    states = [present().definition]
    for label in ("Eins", "Zwei", "Drei"):
        act(toni, "frage-hinzufuegen", label=label, kind="text", into="seite_1")
        states.append(present().definition)

    for expected in [*reversed(states[:-1]), states[0]]:
        do(toni, "zuruecknehmen")
        assert present().definition == expected
    for expected in states[1:]:
        do(toni, "wiederholen")
        assert present().definition == expected


def test_a_new_command_after_undo_ends_redo_but_stays_in_the_history(toni: Client) -> None:
    act(toni, "frage-hinzufuegen", label="Eins", kind="text", into="seite_1")
    do(toni, "zuruecknehmen")
    act(toni, "frage-hinzufuegen", label="Zwei", kind="text", into="seite_1")
    do(toni, "wiederholen")

    history = toni.get(f"{DESK}/verlauf").content.decode()

    assert [one["key"] for one in elements()] == ["anliegen", "zwei"]
    assert "„Eins“" in history
    assert "verworfen" in history
    assert "Toni" in history


def test_two_clerks_at_once_get_a_real_choice(toni: Client) -> None:
    jo, old = client_of("jo"), present().revision
    act(toni, "frage-hinzufuegen", label="Von Toni", kind="text", into="seite_1")

    response = jo.post(f"{DESK}/tun/frage-hinzufuegen", {"revision": old, "label": "Von Jo", "kind": "text", "into": "seite_1"})

    text = response.content.decode()
    assert response.status_code == 409
    assert "„Von Toni“" in text
    assert "Meine Änderung trotzdem speichern" in text
    assert len(elements()) == 2

    act(jo, "frage-hinzufuegen", **dict(response.context["fields"]))
    assert [one["key"] for one in elements()] == ["anliegen", "von_toni", "von_jo"]


def test_pages_are_added_moved_and_deleted(toni: Client) -> None:
    act(toni, "seite-hinzufuegen", title="Zweite Seite")
    act(toni, "seite-hoch", page="zweite_seite")
    assert [page["key"] for page in present().definition["pages"]] == ["zweite_seite", "seite_1"]

    act(toni, "seite-loeschen", page="zweite_seite")
    assert [page["key"] for page in present().definition["pages"]] == ["seite_1"]


def test_texts_show_gaps_and_take_translations(toni: Client) -> None:
    assert "2 Lücken" in toni.get(f"{DESK}/texte?teil=seite_1").content.decode()

    do(toni, "texte?teil=seite_1", **{"pages.0.title:de": "Ihr Anliegen", "pages.0.title:en": "Your request", "pages.0.title:leicht": ""})

    assert present().definition["pages"][0]["title"] == {"de": "Ihr Anliegen", "en": "Your request"}


def test_publishing_needs_a_look_at_every_warning(toni: Client) -> None:
    refused = do(toni, "pruefen")
    assert refused.status_code == 422
    assert "Noch nicht angesehen" in refused.content.decode()

    assert publish(toni).status_code == 302
    version = FormVersion.objects.get(form_id=KEY)
    assert version.acknowledged
    assert version.published_by == cast.toni()


def test_trying_keeps_the_answers_as_a_test(toni: Client) -> None:
    toni.post(f"{DESK}/ausprobieren?seite=seite_1", {"_shown": "anliegen", "anliegen": "Guten Tag"})
    do(toni, "ausprobieren/merken", name="Ein Satz")

    (test,) = present().definition["tests"]

    assert test["answers"] == {"anliegen": "Guten Tag"}
    assert test["expect"]["valid"] is True
    assert "bestanden" in toni.get(f"{DESK}/ausprobieren?seite=ergebnis").content.decode()


def test_the_result_of_a_trial_names_the_questions_that_are_still_open(toni: Client) -> None:
    response = toni.get(f"{DESK}/ausprobieren?seite=ergebnis")

    assert [name for name, _words in response.context["wrong"]] == ["Was möchten Sie uns sagen?"]


def test_a_failing_test_inside_refuses_publishing(toni: Client) -> None:
    toni.post(f"{DESK}/ausprobieren?seite=seite_1", {"_shown": "anliegen", "anliegen": "Guten Tag"})
    do(toni, "ausprobieren/merken", name="Ein Satz")
    act(toni, "frage-hinzufuegen", label="Neu", kind="text", into="seite_1")

    response = publish(toni)

    assert response.status_code == 422
    assert "Der Test „Ein Satz“ schlägt fehl" in response.content.decode()
    assert "Neue Frage: „Neu“" in response.content.decode()
    assert not FormVersion.objects.filter(form_id=KEY).exists()


def test_a_form_begins_from_empty_and_from_the_gallery(toni: Client) -> None:
    toni.post("/buero/formulare/neu/leer", {"title": "Baum fällen", "unit": "abfall", "service": "probe"})
    toni.post("/buero/formulare/neu/vorlage", {"vorlage": "sperrmuell"})

    assert set(Form.objects.values_list("key", flat=True)) == {KEY, "baum_faellen", "sperrmuell"}
    assert toni.get("/buero/formulare?stand=draft").status_code == 200


def test_a_question_is_pulled_over_several_places(toni: Client) -> None:
    for label in ("Eins", "Zwei", "Drei"):
        act(toni, "frage-hinzufuegen", kind="yesno", label=label, into=present().definition["pages"][0]["key"])
    keys = [element["key"] for element in elements()]

    act(toni, "frage-hoch", element=keys[-1], places="2")

    assert [element["key"] for element in elements()] == [*keys[:-3], keys[-1], *keys[-3:-1]]


@pytest.mark.parametrize(("places", "moved"), [("99", False), ("0", True), ("x", True), ("-2", True), ("٢", True), ("9" * 50, True)])
def test_places_that_are_none_move_by_one_and_too_many_are_refused(toni: Client, places: str, moved: bool) -> None:
    act(toni, "frage-hinzufuegen", kind="yesno", label="Eins", into=present().definition["pages"][0]["key"])
    before = [element["key"] for element in elements()]

    act(toni, "frage-hoch", element=before[-1], places=places)

    assert ([element["key"] for element in elements()] != before) is moved
