"""The public pages of the journal: roots of the seals, and the key."""

import pytest
from django.test import Client

from direktdraht.foundation import journal
from direktdraht.foundation.journal import views
from direktdraht.foundation.journal.actions import seal_pending
from direktdraht.foundation.journal.models import Entry, Seal


def test_roots_are_shown_newest_first_without_contents(client: Client, rows: list[Entry]) -> None:
    page = client.get("/journal").content.decode()

    first, second = Seal.objects.order_by("number")
    assert page.index(second.root) < page.index(first.root)
    assert rows[0].subject not in page


@pytest.mark.django_db
def test_a_journal_without_seals_says_so(client: Client) -> None:
    response = client.get("/journal")

    assert response.status_code == 200
    assert "Noch keine Siegel" in response.content.decode()


@pytest.mark.django_db
def test_many_roots_are_paged(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PAGE_SIZE", 2)
    for n in range(5):
        journal.record("case.opened", subject=f"case:{n}")
        seal_pending()

    first = client.get("/journal").content.decode()
    second = client.get("/journal?vor=4").content.decode()

    assert 'href="/journal?vor=4"' in first
    assert "Siegel 5 bis 4" in first
    assert "Siegel 3 bis 2" in second
    assert 'href="/journal?vor=2"' in second


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["", "x", "-1", "0", "9" * 30, "٣", "1 or 1=1"])
def test_hostile_page_numbers_do_no_harm(client: Client, number: str) -> None:
    assert client.get("/journal", {"vor": number}).status_code == 200


@pytest.mark.django_db
def test_the_key_is_plain_text(client: Client) -> None:
    response = client.get("/journal/schluessel")

    assert response.content.decode() == journal.public_key_pem()
    assert response["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("path", ["/journal", "/journal/schluessel"])
def test_pages_are_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
