"""Sending: one transaction, one submission however often it is tried, a receipt that can be proved."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from direktdraht.cases.models import Case
from direktdraht.foundation import clock
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.journal import actions as journal
from direktdraht.foundation.journal import keys, receipts
from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.post.models import Mail
from direktdraht.submissions import actions, jobs, replay
from direktdraht.submissions.errors import ChangedMeanwhile
from direktdraht.submissions.models import Draft, Submission
from tests import cast
from tests.submissions import way

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 18
MONDAY = datetime(2026, 11, 23, 13, 7, 31, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday_afternoon() -> Any:
    with clock.frozen(MONDAY):
        yield


def test_a_person_without_account_gets_a_receipt(client: Client) -> None:
    draft_id = way.fill(client, (way.picture(), way.picture("schrank.jpg", "red")))

    page = client.get(way.send(client, draft_id).headers["Location"])

    text = page.content.decode()
    submission = Submission.objects.get()
    assert "Ihr Antrag ist eingegangen" in text
    assert "Mo., 23. November 2026, 14:07 Uhr" in text
    assert submission.case.number in text
    assert Draft.objects.get().case_key in text
    assert [kept["name"] for kept in submission.files] == ["sofa.jpg", "schrank.jpg"]


def test_everything_that_belongs_to_it_is_written_at_once(client: Client) -> None:
    submission = way.sent(client)

    assert submission.case.title == "Sperrmüll abholen lassen"
    assert submission.case.unit_id == "abfall"
    assert Entry.objects.get(pk=submission.journal_entry).digest == submission.digest
    assert ProcrastinateJob.objects.filter(task_name="submissions.hand_out_receipt").count() == 1


def test_one_job_queues_the_mail_and_keeps_the_pdf_however_often_it_runs(client: Client) -> None:
    submission = way.sent(client)

    jobs.hand_out_receipt(submission_id=str(submission.pk))
    jobs.hand_out_receipt(submission_id=str(submission.pk))

    mail = Mail.objects.get()
    assert mail.to == "robin@example.org"
    assert submission.case.number in mail.text
    assert submission.check_code in mail.text
    assert Document.objects.filter(owner_kind="submission").count() == 1
    assert ProcrastinateJob.objects.filter(task_name="post.send_mail").count() == 1


def test_a_pdf_that_fails_does_not_hold_up_the_mail(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    submission = way.sent(client)
    monkeypatch.setattr("direktdraht.submissions.receipts.render_pdf", lambda submission: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        jobs.hand_out_receipt(submission_id=str(submission.pk))

    assert Mail.objects.get().to == "robin@example.org"


def test_sending_asks_the_database_little(client: Client) -> None:
    way.sent(client)
    draft_id = way.fill(client)
    seen = way.seen_digest(client, draft_id)

    with CaptureQueriesContext(connection) as asked:
        client.post(f"/antrag/{draft_id}/absenden", {"seen": seen})

    counted = [query["sql"] for query in asked if "city_cityrecord" not in query["sql"]]
    assert len(counted) <= MOST_STATEMENTS, "\n".join(query[:160] for query in counted)


def test_a_double_click_gives_one_submission(client: Client) -> None:
    draft_id = way.fill(client)
    seen = way.seen_digest(client, draft_id)

    first = client.post(f"/antrag/{draft_id}/absenden", {"seen": seen})
    second = client.post(f"/antrag/{draft_id}/absenden", {"seen": seen})

    assert first.headers["Location"] == second.headers["Location"]
    queued = ProcrastinateJob.objects.filter(task_name="submissions.hand_out_receipt").count()
    assert (Submission.objects.count(), Case.objects.count(), queued) == (1, 1, 1)


def test_what_changed_in_another_tab_is_shown_again_before_sending(client: Client) -> None:
    draft_id = way.fill(client)
    seen = way.seen_digest(client, draft_id)
    way.post_page(client, draft_id, "items", {**way.ITEMS, "count": "4"})

    response = client.post(f"/antrag/{draft_id}/absenden", {"seen": seen})

    assert response.headers["Location"] == f"/antrag/{draft_id}/pruefen?geaendert=1"
    assert not Submission.objects.exists()


def test_an_incomplete_draft_is_led_to_the_page_that_is_missing(client: Client) -> None:
    draft_id = way.begin(client)
    way.post_page(client, draft_id, "place", way.PLACE)

    response = client.post(f"/antrag/{draft_id}/absenden", {"seen": ""})

    assert response.headers["Location"] == f"/antrag/{draft_id}/seite/items?pruefen=1"


def test_a_sent_draft_can_neither_be_changed_nor_discarded(client: Client) -> None:
    submission = way.sent(client)

    way.post_page(client, submission.pk, "items", {**way.ITEMS, "count": "9"})
    client.post(f"/antrag/{submission.pk}/verwerfen")

    assert way.draft_of(submission.pk).answers["count"] != 9
    assert Submission.objects.get().answers["count"] == 3


def test_somebody_else_sees_neither_draft_nor_receipt(client: Client) -> None:
    submission = way.sent(client)
    stranger = Client()

    for path in ("eingegangen", "quittung.pdf", "quittung.json", "pruefen", "seite/items", "verwerfen", "spaeter-weitermachen"):
        assert stranger.get(f"/antrag/{submission.pk}/{path}").status_code == 404, path


def test_the_receipt_can_be_checked_with_the_public_key_alone(client: Client) -> None:
    submission = way.sent(client)
    journal.seal_pending()

    receipt = json.loads(client.get(f"/antrag/{submission.pk}/quittung.json").content)
    report = receipts.verify_receipt(receipt, keys.public_key_pem())

    assert report.ok
    assert report.batch == 1


def test_the_pdf_is_rendered_once_and_its_bytes_are_known_to_the_check_page(client: Client) -> None:
    submission = way.sent(client)
    pdf = client.get(f"/antrag/{submission.pk}/quittung.pdf").content
    again = client.get(f"/antrag/{submission.pk}/quittung.pdf").content

    checked = Client().post("/quittung", {"pdf": SimpleUploadedFile("quittung.pdf", pdf)})
    tampered = Client().post("/quittung", {"pdf": SimpleUploadedFile("quittung.pdf", pdf + b" ")})

    assert pdf == again
    assert "Diese Quittung ist gültig" in checked.content.decode()
    assert "Diese Quittung kennen wir nicht" in tampered.content.decode()
    assert Document.objects.filter(owner_kind="submission").count() == 1


def test_number_and_check_code_tell_validity_and_nothing_else(client: Client) -> None:
    submission = way.sent(client)

    page = Client().post("/quittung", {"number": submission.case.number.lower(), "code": submission.check_code})

    text = page.content.decode()
    assert "Diese Quittung ist gültig" in text
    assert submission.digest in text
    assert "Robin" not in text
    assert "Sperrmüll" not in text


def test_guessing_check_codes_ends_soon(client: Client) -> None:
    submission = way.sent(client)
    guesser = Client()
    for _ in range(20):
        guesser.post("/quittung", {"number": submission.case.number, "code": "AAAA-AAAA-AAAA"})

    page = guesser.post("/quittung", {"number": submission.case.number, "code": submission.check_code})

    assert "Diese Quittung kennen wir nicht" in page.content.decode()


def test_the_stored_text_is_rendered_the_same_again(client: Client) -> None:
    submission = way.sent(client, (way.picture(),))

    assert replay.renders_the_same(submission)
    assert "sofa.jpg" in submission.text


def test_replay_finds_a_changed_record(client: Client) -> None:
    submission = way.sent(client)
    submission.answers = {**submission.answers, "count": 4}
    submission.save()

    assert replay.broken_among_newest() == [submission.case.number]


def test_a_draft_is_continued_on_another_device_by_its_code(client: Client) -> None:
    draft_id = way.begin(client)
    way.post_page(client, draft_id, "place", way.PLACE)
    code = client.post(f"/antrag/{draft_id}/spaeter").context["code"]
    phone = Client()

    response = phone.post("/antrag/fortsetzen", {"code": code.lower().replace("-", " ")})

    assert response.headers["Location"] == f"/antrag/{draft_id}/seite/items"
    assert phone.get(f"/antrag/{draft_id}/seite/place").status_code == 200


def test_a_wrong_code_is_told_without_saying_more() -> None:
    response = Client().post("/antrag/fortsetzen", {"code": "AAAA"})

    assert response.status_code == 422
    assert "Zu diesem Code gibt es keinen Entwurf" in response.content.decode()


def test_after_leaving_nothing_is_open_in_this_browser(client: Client) -> None:
    draft_id = way.begin(client)

    client.post(f"/antrag/{draft_id}/beenden")

    assert client.get(f"/antrag/{draft_id}/seite/place").status_code == 404


def test_a_signed_in_person_finds_it_in_their_account(client: Client) -> None:
    cast.signed_in(client, cast.robin())
    submission = way.sent(client)
    elsewhere = cast.signed_in(Client(), cast.robin())

    assert submission.account == cast.robin()
    assert elsewhere.get(f"/antrag/{submission.pk}/eingegangen").status_code == 200


def test_two_sends_at_once_are_one(client: Client) -> None:
    draft_id = way.fill(client)
    seen = way.seen_digest(client, draft_id)
    draft = way.draft_of(draft_id)

    first = actions.submit(draft, seen_digest=seen)
    second = actions.submit(draft, seen_digest=seen)

    assert first.pk == second.pk


def test_a_draft_that_changed_since_it_was_read_is_frozen_as_it_is_now(client: Client) -> None:
    draft_id = way.fill(client)
    read_before = way.draft_of(draft_id)
    way.post_page(client, draft_id, "items", {**way.ITEMS, "count": "4"})
    seen = way.seen_digest(client, draft_id)

    submission = actions.submit(read_before, seen_digest=seen)

    assert submission.answers["count"] == 4
    assert way.draft_of(draft_id).sent_at == MONDAY


def test_a_refused_draft_stays_unsent(client: Client) -> None:
    draft_id = way.fill(client)

    with pytest.raises(ChangedMeanwhile):
        actions.submit(way.draft_of(draft_id), seen_digest="0" * 64)

    assert way.draft_of(draft_id).sent_at is None
