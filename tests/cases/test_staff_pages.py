"""The desk and the case page of staff."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import cast
from tests.cases import factories

from direktdraht.cases import actions, desk
from direktdraht.cases.models import CaseLook
from direktdraht.foundation import clock
from direktdraht.people.models import Role

pytestmark = pytest.mark.django_db
TABS = ["staff_case", "staff_application", "staff_files", "staff_decision", "staff_history"]


@pytest.fixture
def kim_client(client: Client) -> Client:
    return cast.signed_in(client, cast.kim())


def test_the_desk_shows_what_lies_in_my_lists(kim_client: Client) -> None:
    mine, other = factories.bulky_case(), factories.bulky_case()
    stranger = factories.open_bulky_case(unit=cast.steueramt())[0]
    actions.take(case=mine, by=cast.kim())

    own = kim_client.get(reverse("cases:desk")).content.decode()
    unit = kim_client.get(reverse("cases:desk"), {"liste": "abfall"}).content.decode()

    assert mine.number in own
    assert other.number not in own
    assert mine.number in unit
    assert other.number in unit
    assert stranger.number not in unit
    assert "Offen 2" in unit


def test_an_unknown_list_or_place_is_just_empty(kim_client: Client) -> None:
    factories.bulky_case()

    for given in ({"liste": "steueramt"}, {"liste": "%00"}, {"nach": "kaputt"}, {"zeige": "x", "sortierung": "y"}):
        assert kim_client.get(reverse("cases:desk"), given).status_code == 200


def test_filters_find_overdue_and_unread(kim_client: Client) -> None:
    with clock.frozen(datetime(2026, 11, 2, 9, tzinfo=UTC)):
        late = factories.bulky_case()
    with clock.frozen(datetime(2026, 11, 24, 9, tzinfo=UTC)):
        fresh = factories.bulky_case()
        overdue = kim_client.get(reverse("cases:desk"), {"liste": "abfall", "zeige": "ueberfaellig"}).content.decode()

    assert late.number in overdue
    assert fresh.number not in overdue
    assert "18 Tage drüber" in overdue


def test_search_finds_number_name_and_title_in_closed_cases_too(kim_client: Client) -> None:
    case = factories.closed()

    for words in (case.number, "weber", "3 TEILE"):
        assert case.number in kim_client.get(reverse("cases:desk"), {"suche": words}).content.decode()


@pytest.mark.parametrize("sort", ["frist", "-frist", "eingang", "-eingang"])
def test_paging_shows_every_case_once(kim_client: Client, monkeypatch: pytest.MonkeyPatch, sort: str) -> None:
    monkeypatch.setattr(desk, "PAGE", 3)
    numbers = {factories.bulky_case().number for _ in range(8)}
    actions.close(case=factories.bulky_case(), outcome="done", reason="Fertig.", by=cast.kim())
    me, units = cast.kim(), [cast.abfall()]
    seen: list[str] = []
    wish = desk.Wish(box="abfall", sort={"frist": "due", "-frist": "-due", "eingang": "received", "-eingang": "-received"}[sort])

    for _ in range(3):
        found = desk.page(me, units, wish)
        seen += [case.number for case in found.cases]
        wish = desk.Wish(box="abfall", sort=wish.sort, after=found.next_place)

    assert sorted(seen) == sorted(numbers)
    assert not wish.after


def test_the_desk_needs_few_queries_whatever_lies_on_it(kim_client: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            kim_client.get(reverse("cases:desk"), {"liste": "abfall"})
        # The city's settings are read every two seconds, not for each page.
        return len([query for query in found if "city_cityrecord" not in query["sql"]])

    factories.bulky_case()
    count()
    few = count()
    for _ in range(10):
        factories.bulky_case()

    assert count() == few <= 12


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_with_few_queries(kim_client: Client, tab: str) -> None:
    case = factories.bulky_case()
    factories.in_inbox(case)
    actions.add_note(case=case, text="Tour 4.", by=cast.kim())
    kim_client.get(reverse("cases:staff_case", args=[case.number]))

    with CaptureQueriesContext(connection) as found:
        answer = kim_client.get(reverse(f"cases:{tab}", args=[case.number]))

    assert answer.status_code == 200
    assert len(found) <= 12


@pytest.mark.parametrize("tab", TABS)
def test_a_stranger_gets_404_and_other_roles_of_the_unit_403(client: Client, tab: str) -> None:
    case = factories.bulky_case()
    page = reverse(f"cases:{tab}", args=[case.number])
    designer = cast.staff("formulare@musterstadt.example", "Mika Sommer", cast.abfall(), Role.FORMS)

    assert client.get(page).status_code == 302
    assert cast.signed_in(client, cast.sascha()).get(page).status_code == 404
    assert cast.signed_in(client, cast.jo()).get(page).status_code == 404
    assert cast.signed_in(client, designer).get(page).status_code == 403
    assert cast.signed_in(client, cast.robin()).get(page).status_code == 403
    assert not CaseLook.objects.filter(case=case).exists()


def test_an_unknown_number_is_404(kim_client: Client) -> None:
    for number in ("26-99999-A", "x", "%00", "26-48213-K"):
        assert kim_client.get(reverse("cases:staff_case", args=[number])).status_code == 404


def test_a_look_is_recorded_once_an_hour(kim_client: Client) -> None:
    with clock.frozen(datetime(2026, 11, 24, 9, 5, tzinfo=UTC)):
        case = factories.bulky_case()
        kim_client.get(reverse("cases:staff_case", args=[case.number]))
        kim_client.get(reverse("cases:staff_history", args=[case.number]))
    with clock.frozen(datetime(2026, 11, 24, 10, 5, tzinfo=UTC)):
        kim_client.get(reverse("cases:staff_case", args=[case.number]))

    assert CaseLook.objects.filter(case=case).count() == 2


def test_opening_marks_the_answer_as_read(kim_client: Client) -> None:
    case = factories.bulky_case()

    first = kim_client.get(reverse("cases:staff_case", args=[case.number])).content.decode()
    second = kim_client.get(reverse("cases:staff_case", args=[case.number])).content.decode()

    assert ">neu<" in first
    assert ">neu<" not in second


def test_the_export_holds_no_formulas(kim_client: Client) -> None:
    factories.open_bulky_case(title='=HYPERLINK("http://x")')

    answer = kim_client.get(reverse("cases:export"), {"liste": "abfall"})
    text = answer.content.decode("utf-8-sig")

    assert '"\'=HYPERLINK(""http://x"")"' in text
    assert "attachment" in answer["Content-Disposition"]
