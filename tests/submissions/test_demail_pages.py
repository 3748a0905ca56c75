"""What staff see of De-Mails: every mail with state and reason, in their own units; what is held can be tried again or filed."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from direktdraht.cases import actions as cases
from direktdraht.cases.models import Case
from direktdraht.foundation import checks
from direktdraht.foundation.checks import Level
from direktdraht.people import personal_data
from direktdraht.submissions.demail import handling, lists
from direktdraht.submissions.models import DeMail, MailState
from direktdraht.writtenform import demail_connection, registry
from tests import cast
from tests.submissions import demails, objection

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return demails.set_up(tmp_path / "demail", monkeypatch)


@pytest.fixture
def clerk() -> Client:
    return cast.signed_in(Client(), cast.kim())


def held(account: Path) -> DeMail:
    """A genuine mail that came while the settings were broken, in kim's unit."""
    settings = account / "service.toml"
    good = settings.read_text(encoding="utf-8")
    settings.write_text("kaputt", encoding="utf-8")
    mail = demails.arrives(demails.mail("Frage"))
    settings.write_text(good, encoding="utf-8")
    DeMail.objects.filter(pk=mail.pk).update(unit=cast.abfall())
    return mail


def test_the_list_shows_state_and_reason_and_filters(client: Client, clerk: Client) -> None:
    declaration = objection.frozen(client)
    demails.arrives(demails.signing(declaration, authoritative="no"))
    demails.arrives(demails.signing(declaration, number=2))

    everything = clerk.get("/buero/de-mail").content.decode()
    refused = clerk.get("/buero/de-mail?stand=refused").content.decode()
    odd = clerk.get("/buero/de-mail?stand=quatsch&nach=quatsch")

    assert "als Unterschrift angenommen" in everything
    assert "„absenderbestätigt“ wurde nicht gewählt." in everything
    assert "Alle (2)" in everything
    assert refused.count("robin@provider.de-mail.example") == 1
    assert odd.status_code == 200


def test_a_long_list_has_pages(client: Client, clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)
    for number in range(3):
        demails.arrives(demails.mail(f"Frage {number}", number=number))
    DeMail.objects.update(unit=cast.abfall())

    first = clerk.get("/buero/de-mail")
    link = first.content.decode().partition("nach=")[2].partition('"')[0]
    second = clerk.get(f"/buero/de-mail?nach={link}").content.decode()

    shown = [number for number in range(3) if f"Frage {number}" in first.content.decode()]
    assert len(shown) == 2
    assert [number for number in range(3) if f"Frage {number}" in second] == [number for number in range(3) if number not in shown]


def test_another_unit_sees_nothing_of_it(client: Client) -> None:
    mail = demails.arrives(demails.signing(objection.frozen(client)))
    stranger = cast.signed_in(Client(), cast.sascha())

    assert stranger.get(f"/buero/de-mail/{mail.pk}").status_code == 404
    assert stranger.post(f"/buero/de-mail/{mail.pk}/ablegen").status_code == 404
    assert stranger.get(f"/datei/{mail.document_id}").status_code == 404
    assert "Unterschrift" not in stranger.get("/buero/de-mail").content.decode().partition("<main")[2]


def test_a_held_mail_is_tried_again_once(clerk: Client, account: Path) -> None:
    mail = held(account)
    page = clerk.get(f"/buero/de-mail/{mail.pk}").content.decode()
    assert "fehlerhaft eingerichtet" in page

    for _ in range(2):
        clerk.post(f"/buero/de-mail/{mail.pk}/noch-einmal")

    mail.refresh_from_db()
    assert mail.state == MailState.RECEIVED
    again = handling.handle(str(mail.pk))
    assert again == MailState.FILED
    assert Case.objects.get().title == "Frage"


def test_a_held_mail_becomes_a_case_once(clerk: Client, account: Path) -> None:
    mail = held(account)

    answers = [clerk.post(f"/buero/de-mail/{mail.pk}/ablegen") for _ in range(2)]

    case = Case.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {f"/buero/vorgang/{case.number}"}
    assert case.unit == cast.abfall()
    assert [one.document.name for one in case.messages.get().files.all()] == ["De-Mail.eml"]


def test_the_case_shows_what_is_known_of_the_mail(clerk: Client) -> None:
    mail = demails.arrives(demails.mail("Frage", demails.text_part("Wann?"), demails.file_part(b"%PDF-1.4\n%%EOF", "plan.pdf")))
    Case.objects.update(unit=cast.abfall())
    assert mail.case is not None

    page = clerk.get(f"/buero/vorgang/{mail.case.number}/antrag").content.decode()
    talk = clerk.get(f"/buero/vorgang/{mail.case.number}").content.decode()

    assert "Der Inhalt ist unverändert." in page
    assert "plan.pdf" in talk
    assert "De-Mail robin@provider.de-mail.example" in talk


def test_a_person_gets_their_mails_with_their_data(clerk: Client) -> None:
    mail = demails.arrives(demails.mail("Frage"))
    Case.objects.update(account=cast.robin(), unit=cast.abfall())
    assert mail.case is not None
    mail.case.refresh_from_db()
    cases.answer(case=mail.case, text="Ja.", by=cast.kim())
    data = personal_data.PERSONAL_DATA.get("demails")

    rows = data.export(cast.robin())

    assert data.find(cast.robin()) == len(rows) == 2
    assert rows[0]["Betreff"] == "Frage"
    assert rows[1]["An"] == "robin@provider.de-mail.example"
    assert data.erase(cast.robin()).kept == 2


def test_an_unknown_mail_is_not_found(clerk: Client) -> None:
    assert clerk.get(f"/buero/de-mail/{uuid4()}").status_code == 404


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("kaputt", "cannot be read"),
        ('addresses = ["Amt <a@b.example>"]\nunit = "x"', "addresses.0"),
        ('addresses = ["a@b.example"]\nunit = "x"\nfarbe = "rot"', "farbe"),
        ('addresses = ["a@b.example"]\nunit = "x"\n[gateway]\nhost = "mail.example"\nport = 25\nsecurity = "none"', "gateway"),
    ],
)
def test_wrong_settings_close_the_way_and_tell_the_doctor(account: Path, text: str, word: str) -> None:
    (account / "service.toml").write_text(text, encoding="utf-8")

    found = list(checks.registry.get("demail")())

    assert [one.level for one in found] == [Level.ERROR]
    assert word in found[0].text
    assert registry.proofs.get("demail").problems() == ["Die Einrichtung von De-Mail ist fehlerhaft. Wir kümmern uns darum."]


def test_without_trust_the_way_is_closed(account: Path) -> None:
    for file in (account / "trust").iterdir():
        file.unlink()

    assert "Zertifikate der De-Mail-Anbieter fehlen" in registry.proofs.get("demail").problems()[0]
    assert any(one.level == Level.ERROR for one in demail_connection.findings())


def test_where_nothing_is_set_up_nobody_is_bothered(account: Path) -> None:
    (account / "service.toml").unlink()

    assert list(demail_connection.findings()) == []
    assert registry.proofs.get("demail").problems() == ["De-Mail ist hier noch nicht eingerichtet."]
