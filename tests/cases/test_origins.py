"""Rooms above show what a case came from; the journal's digests can be checked against what is stored."""

from collections.abc import Sequence

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.cases import factories

from direktdraht.cases import registries
from direktdraht.cases.models import Case
from direktdraht.cases.registries import Matter, OriginSection
from direktdraht.foundation.journal.contents import contents
from direktdraht.foundation.journal.digests import salted_digest
from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.registry import Registry
from direktdraht.foundation.web.tables import ShownFile

pytestmark = pytest.mark.django_db


class TestedOrigin:
    """Shows one section and one file."""

    __test__ = False

    def sections(self, ref: str) -> Sequence[OriginSection]:
        return [OriginSection("Ihr Hund", [("Rufname", f"Bello {ref[:4]}")])]

    def files(self, ref: str) -> Sequence[ShownFile]:
        return [ShownFile("nachweis.pdf", "/datei/x", 2_100_000)]

    def matter(self, ref: str) -> Matter:
        return Matter("Zum Hund", f"/hund/{ref}")

    def describe(self, ref: str) -> str:
        return "Formular, Fassung 7"


@pytest.fixture
def origin(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh: Registry[registries.Origin] = Registry("cases.origins")
    fresh.register("test", TestedOrigin())
    monkeypatch.setattr("direktdraht.cases.staff_views.origins", fresh)


def application_page(client: Client, case: Case) -> str:
    cast.signed_in(client, cast.kim())
    return client.get(reverse("cases:staff_application", args=[case.number])).content.decode()


@pytest.mark.usefixtures("origin")
def test_the_room_of_origin_shows_what_was_sent(client: Client) -> None:
    case = factories.bulky_case()

    sent, beside = application_page(client, case), client.get(reverse("cases:staff_case", args=[case.number])).content.decode()

    for words in ("Ihr Hund", "Bello", "nachweis.pdf"):
        assert words in sent
    assert "Formular, Fassung 7" in beside


def test_a_case_without_a_known_origin_says_so(client: Client) -> None:
    assert "keinen Antrag" in application_page(client, factories.bulky_case())


def test_every_digest_of_a_case_holds_against_what_is_stored() -> None:
    case = factories.with_open_question()
    factories.released(case)

    rows = list(Entry.objects.filter(subject=case.subject).exclude(digest="").order_by("id"))

    assert [row.kind for row in rows] == ["case.message", "case.asked", "decision.released"]
    for row in rows:
        found = contents.get("case").read(row)
        assert found is not None
        assert salted_digest(found.content, found.salt) == row.digest


def test_an_erased_message_has_no_content_any_more() -> None:
    case = factories.bulky_case()
    row = Entry.objects.get(subject=case.subject, kind="case.message")
    case.messages.update(salt=b"")

    assert contents.get("case").read(row) is None
