"""Taking files in: a form with proposals to settle, code lists for all forms."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from direktdraht.forms.models import CodeList, Form, FormVersion, Proposal, WorkingDraft
from tests.forms.editor import DESK, act, do, elements, new_draft, present
from tests.pages.world import client_of

pytestmark = pytest.mark.django_db
NEW = "/buero/formulare/neu/datei"
CSV = b"code;label\nB01;Beagle\nD01;Dackel\n"


def file(name: str, content: bytes) -> SimpleUploadedFile:
    """An upload."""
    return SimpleUploadedFile(name, content)


@pytest.fixture
def toni() -> Client:
    """Toni, with a working draft on the desk."""
    new_draft()
    return client_of("toni")


def test_a_file_of_our_own_format_begins_a_form(toni: Client) -> None:
    definition: dict[str, Any] = {**present().definition, "key": "aus_datei"}

    response = toni.post(NEW, {"datei": [file("form.json", json.dumps(definition).encode())]})

    assert response.status_code == 200
    assert "Das Formular ist eingelesen" in response.content.decode()
    assert WorkingDraft.objects.get(pk="aus_datei").definition == definition


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "Zeile 1"),
        (b"<a/>", "Zeile 1"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "Zeile"),
        (b"{}", "Daraus wird kein Formular"),
    ],
)
def test_a_bad_file_is_refused_with_line_and_reason(toni: Client, content: bytes, sentence: str) -> None:
    forms = Form.objects.count()

    response = toni.post(NEW, {"datei": [file("form", content)]})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Form.objects.count() == forms


def test_rules_in_prose_are_settled_one_by_one_before_publishing(toni: Client) -> None:
    draft = present()
    first, second = (draft.proposals.create(source_id=f"R{n}", name=f"Regel {n}", text="Nur wenn …", place="anliegen") for n in (1, 2))
    codes = [one.code for one in toni.get(f"{DESK}/pruefen").context["warnings"]]

    refused = do(toni, "pruefen", gesehen=codes)
    do(toni, f"vorschlaege/{first.pk}", stand="umgesetzt")
    without_reason = do(toni, f"vorschlaege/{second.pk}", stand="verworfen")
    do(toni, f"vorschlaege/{second.pk}", stand="verworfen", grund="Steht schon in der Satzung.")
    published = do(toni, "pruefen", gesehen=codes)

    assert "noch niemand entschieden" in refused.content.decode()
    assert without_reason.status_code == 422
    assert published.status_code == 302
    assert set(Proposal.objects.values_list("state", flat=True)) == {"accepted", "dismissed"}
    assert FormVersion.objects.filter(form=draft.form).exists()


def test_a_settled_rule_can_be_opened_again(toni: Client) -> None:
    rule = present().proposals.create(source_id="R1", name="Regel", text="…")
    do(toni, f"vorschlaege/{rule.pk}", stand="umgesetzt")
    do(toni, f"vorschlaege/{rule.pk}", stand="offen")

    rule.refresh_from_db()

    assert rule.state == "open"
    assert rule.settled_by is None


def test_a_rule_of_another_form_is_not_there(toni: Client) -> None:
    rule = present().proposals.create(source_id="R1", name="Regel", text="…")

    assert toni.post(f"/buero/formulare/anderes/entwurf/vorschlaege/{rule.pk}", {"stand": "umgesetzt"}).status_code == 404


def test_a_code_list_from_a_table_is_kept_for_all_and_copied_into_the_form(toni: Client) -> None:
    do(toni, "listen/hochladen", datei=file("Hunderassen.csv", CSV))
    act(toni, "frage-hinzufuegen", label="Rasse", kind="codelist", into="seite_1")

    assert CodeList.objects.get().entries == [{"code": "B01", "label": {"de": "Beagle"}}, {"code": "D01", "label": {"de": "Dackel"}}]
    assert elements()[1]["list"] == "urn:liste:hunderassen"
    assert "Benutzt in:" in toni.get(f"{DESK}/listen").content.decode()


def test_a_list_that_is_used_stays_and_an_unused_one_goes(toni: Client) -> None:
    do(toni, "listen/hochladen", datei=file("Hunderassen.csv", CSV))
    act(toni, "frage-hinzufuegen", label="Rasse", kind="codelist", into="seite_1")
    assert act(toni, "liste-entfernen", urn="urn:liste:hunderassen").status_code == 422

    act(toni, "frage-loeschen", element="rasse")
    act(toni, "liste-entfernen", urn="urn:liste:hunderassen")
    assert "code_lists" not in present().definition

    do(toni, f"listen/{CodeList.objects.get().pk}/uebernehmen")
    assert "urn:liste:hunderassen" in present().definition["code_lists"]


def test_a_question_from_a_list_needs_a_list_first(toni: Client) -> None:
    response = act(toni, "frage-hinzufuegen", label="Rasse", kind="codelist", into="seite_1")

    assert response.status_code == 422
    assert "Wertelisten" in response.content.decode()


def test_a_bad_list_names_its_line(toni: Client) -> None:
    response = do(toni, "listen/hochladen", datei=file("x.csv", b"code;label\nA;Apfel\nA;Apfel\n"))

    assert response.status_code == 422
    assert "Zeile 3" in response.content.decode()
    assert not CodeList.objects.exists()
