"""Two presses of the button that really run at once: one submission, and both answers lead to the receipt."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from direktdraht.submissions import actions
from direktdraht.submissions.models import Submission
from tests.submissions import way

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_presses_at_once_both_show_the_receipt(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    draft_id = way.fill(client)
    seen = way.seen_digest(client, draft_id)
    both_read_their_session, submit = Barrier(2, timeout=20), actions.submit
    answers: list[tuple[int, int]] = []

    def submit_together(*given: Any, **named: Any) -> Submission:
        both_read_their_session.wait()
        return submit(*given, **named)

    def press() -> None:
        window = Client()
        window.cookies = client.cookies.copy()  # type: ignore[assignment]  # a copy is of the same kind
        try:
            sent = window.post(f"/antrag/{draft_id}/absenden", {"seen": seen})
            answers.append((sent.status_code, window.get(f"/antrag/{draft_id}/eingegangen").status_code))
        finally:
            connection.close()

    monkeypatch.setattr(actions, "submit", submit_together)
    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [(302, 200), (302, 200)]
    assert Submission.objects.count() == 1
