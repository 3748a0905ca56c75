"""The person opens a case with number and key (or account), reads, answers, retrieves, objects."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.cases import factories

from direktdraht.cases import actions
from direktdraht.cases.models import Case, DecisionState, State
from direktdraht.foundation import codes

pytestmark = pytest.mark.django_db


def entered(client: Client) -> Case:
    """A case that this browser opened with its key."""
    case, key = factories.open_bulky_case()
    client.post(reverse("cases:enter"), {"number": case.number, "key": key})
    return case


def status_of_file(client: Client, address: str) -> int:
    """Fetch a file to its end, so that it is closed."""
    answer = client.get(address)
    b"".join(answer)
    return answer.status_code


def test_number_and_key_open_the_case_in_any_writing(client: Client) -> None:
    case, key = factories.open_bulky_case()

    answer = client.post(reverse("cases:enter"), {"number": case.number.lower().replace("-", " "), "key": key.lower().replace("-", "")})

    assert answer["Location"] == reverse("cases:case", args=[case.number])
    page = client.get(answer["Location"])
    assert "Drei Teile" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store" or "no-store" in page["Cache-Control"]


def test_a_wrong_key_and_an_unknown_number_get_the_same_answer(client: Client) -> None:
    case, _ = factories.open_bulky_case()

    wrong = client.post(reverse("cases:enter"), {"number": case.number, "key": codes.new_key()})
    unknown = client.post(reverse("cases:enter"), {"number": codes.case_number(2026, 99), "key": codes.new_key()})

    assert wrong.status_code == unknown.status_code == 422
    for answer in (wrong, unknown):
        assert "passen nicht zusammen" in answer.content.decode()


def test_guessing_is_stopped_even_for_the_right_key(client: Client) -> None:
    case, key = factories.open_bulky_case()
    for _ in range(20):
        client.post(reverse("cases:enter"), {"number": case.number, "key": "falsch"})

    answer = client.post(reverse("cases:enter"), {"number": case.number, "key": key})

    assert "zu viele Versuche" in answer.content.decode()


def test_opening_gives_the_session_a_new_id(client: Client) -> None:
    client.get(reverse("cases:enter"))
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key

    entered(client)

    assert client.session.session_key != before


@pytest.mark.parametrize("name", ["case", "object"])
def test_without_access_there_is_nothing_to_see(client: Client, name: str) -> None:
    case = factories.bulky_case()

    answer = client.get(reverse(f"cases:{name}", args=[case.number]))

    assert answer.status_code in {302, 404}
    assert "Sperrmüll" not in answer.content.decode()


def test_one_opened_case_opens_no_other(client: Client) -> None:
    entered(client)
    other = factories.bulky_case()

    assert client.get(reverse("cases:case", args=[other.number])).status_code == 302
    assert client.post(reverse("cases:write", args=[other.number]), {"text": "Hallo"}).status_code == 404


def test_ending_closes_the_case(client: Client) -> None:
    case = entered(client)

    client.post(reverse("cases:end", args=[case.number]))

    assert client.get(reverse("cases:case", args=[case.number])).status_code == 302


def test_a_double_click_makes_one_message(client: Client) -> None:
    case = entered(client)
    words = {"text": "Ja, er ist zerlegt.", "token": str(uuid4())}

    first = client.post(reverse("cases:write", args=[case.number]), words)
    second = client.post(reverse("cases:write", args=[case.number]), words)

    assert first.status_code == second.status_code == 302
    assert case.messages.count() == 2


def test_a_file_comes_along_and_only_both_sides_may_read_it(client: Client) -> None:
    case = entered(client)
    file = SimpleUploadedFile("../notiz.txt", b"Der Schrank ist zerlegt.")

    client.post(reverse("cases:write", args=[case.number]), {"text": "Siehe Datei.", "uploads": [file]})

    document = case.messages.get(text="Siehe Datei.").files.get().document
    address = reverse("documents:download", args=[document.pk])
    assert document.name == "notiz.txt"
    assert status_of_file(client, address) == 200
    assert status_of_file(Client(), address) == 404
    assert status_of_file(cast.signed_in(Client(), cast.kim()), address) == 200
    assert status_of_file(cast.signed_in(Client(), cast.sascha()), address) == 404


def test_a_refused_file_keeps_the_words(client: Client) -> None:
    case = entered(client)
    file = SimpleUploadedFile("x.exe", b"MZ\x00\x00\x00 kein Bild")

    answer = client.post(reverse("cases:write", args=[case.number]), {"text": "Mein langer Text.", "uploads": [file]})

    assert answer.status_code == 422
    assert "Mein langer Text." in answer.content.decode()
    assert case.messages.count() == 1


def test_an_internal_note_stays_internal(client: Client) -> None:
    case = entered(client)
    actions.add_note(case=case, text="Tour 4 wäre frei.", by=cast.kim())

    assert "Tour 4" not in client.get(reverse("cases:case", args=[case.number])).content.decode()


def test_every_look_of_staff_is_shown(client: Client) -> None:
    case = entered(client)
    actions.record_look(case=case, by=cast.kim())

    page = client.get(reverse("cases:case", args=[case.number])).content.decode()

    assert "Abfallwirtschaft" in page.partition("Wer hat hineingesehen")[2]
    assert "Kim" not in page


def test_the_account_opens_its_own_case_without_a_key(client: Client) -> None:
    robin = cast.robin()
    case, _ = factories.open_bulky_case(account=robin)
    cast.signed_in(client, robin)

    answer = client.get(reverse("cases:enter"), {"nummer": case.number})

    assert answer["Location"] == reverse("cases:case", args=[case.number])
    assert client.get(answer["Location"]).status_code == 200


def test_a_case_opened_by_key_is_claimed_once(client: Client) -> None:
    case = entered(client)
    key_session = client.session["opened_case"]
    cast.signed_in(client, cast.robin())
    session = client.session
    session["opened_case"] = key_session
    session.save()

    client.post(reverse("cases:claim", args=[case.number]))

    case.refresh_from_db()
    assert case.account == cast.robin()


def test_consent_is_given_and_taken_back(client: Client) -> None:
    case = entered(client)

    client.post(reverse("cases:consent", args=[case.number]))
    case.refresh_from_db()
    assert case.electronic_consent_at

    client.post(reverse("cases:take_back_consent", args=[case.number]))
    case.refresh_from_db()
    assert case.electronic_consent_at is None


def test_consent_needs_an_address(client: Client) -> None:
    case, key = factories.open_bulky_case(email="")
    client.post(reverse("cases:enter"), {"number": case.number, "key": key})

    answer = client.post(reverse("cases:consent", args=[case.number]))

    assert answer.status_code == 409
    assert "E-Mail-Adresse" in answer.content.decode()


def test_a_decision_is_read_only_after_opening_it(client: Client) -> None:
    case = entered(client)
    decision = factories.in_inbox(case)
    page = reverse("cases:decision", args=[case.number, 1])

    before = client.get(page).content.decode()
    assert "Öffnen zählt als Abruf" in before
    assert "30 Euro" not in before
    assert decision.pdf is not None
    letter = reverse("documents:download", args=[decision.pdf.pk])
    assert status_of_file(client, letter) == 404
    client.post(reverse("cases:retrieve", args=[case.number, 1]))

    after = client.get(page).content.decode()
    assert "30 Euro" in after
    assert "Rechtsbehelf möglich bis" in after
    assert status_of_file(client, letter) == 200


def test_a_draft_does_not_exist_for_the_person(client: Client) -> None:
    case = entered(client)
    factories.draft(case)

    assert client.get(reverse("cases:decision", args=[case.number, 1])).status_code == 404
    assert client.post(reverse("cases:retrieve", args=[case.number, 1])).status_code == 404


def test_an_objection_reopens_a_closed_case(client: Client) -> None:
    case = entered(client)
    actions.close(case=case, outcome="refused", reason="Zu viel Sperrmüll.", by=cast.kim())
    assert client.get(reverse("cases:object", args=[case.number])).status_code == 200

    client.post(reverse("cases:object", args=[case.number]), {"text": "Das stimmt nicht."})

    case.refresh_from_db()
    assert case.state == State.IN_PROGRESS
    assert case.promise_due
    assert not case.decisions.filter(state=DecisionState.FINAL).exists()


def test_english_pages_are_english(client: Client) -> None:
    case = entered(client)

    page = client.get(reverse("cases:case", args=[case.number]), headers={"accept-language": "en"}).content.decode()

    assert "Send message" in page
    assert "Nachricht senden" not in page


@pytest.mark.parametrize("name", ["write", "consent", "take_back_consent", "claim", "end"])
def test_actions_are_posts(client: Client, name: str) -> None:
    case = entered(client)

    assert client.get(reverse(f"cases:{name}", args=[case.number])).status_code == 405
