"""Drawers are set up, renamed, retired once closed and empty, and brought back; only the finance desk may."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from direktdraht.foundation.journal.models import Entry
from direktdraht.payments import actions, queries
from direktdraht.payments.errors import DrawerBusy, DrawerNotEmpty, DrawerTaken
from direktdraht.payments.models import CashDrawer
from tests import cast

pytestmark = pytest.mark.django_db
PAGE = "/buero/kasse/barkassen"


@pytest.fixture
def desk(client: Client) -> Client:
    return cast.signed_in(client, cast.mika())


@pytest.fixture
def drawer() -> CashDrawer:
    return actions.add_drawer(key="rathaus", name="Barkasse Rathaus", unit=cast.hauptamt())


def test_a_drawer_is_set_up_and_can_be_taken_over(desk: Client) -> None:
    answer = desk.post(PAGE, {"name": "Barkasse Nord", "key": "nord", "unit": cast.hauptamt().pk}, follow=True)

    assert "Barkasse Nord ist eingerichtet." in answer.content.decode()
    assert [drawer.pk for drawer in queries.free_drawers()] == ["nord"]
    assert Entry.objects.filter(kind="cash.drawer_added", subject="drawer:nord").exists()


@pytest.mark.parametrize(("field", "value"), [("key", "rathaus"), ("key", "über uns"), ("key", ""), ("name", ""), ("unit", "nirgends")])
def test_what_does_not_fit_is_said(desk: Client, drawer: CashDrawer, field: str, value: str) -> None:
    fields = {"name": "Barkasse Nord", "key": "nord", "unit": cast.hauptamt().pk, field: value}

    assert desk.post(PAGE, fields).status_code == 422
    assert CashDrawer.objects.get() == drawer
    with pytest.raises(DrawerTaken):
        actions.add_drawer(key="rathaus", name="Anders", unit=cast.hauptamt())


def test_a_new_name_changes_nothing_in_the_books(desk: Client, drawer: CashDrawer) -> None:
    session = actions.open_drawer(drawer=drawer, float_cents=15000, by=cast.mika())

    for _ in range(2):
        desk.post(f"{PAGE}/rathaus", {"name": "Kasse im Foyer", "unit": cast.hauptamt().pk})

    drawer.refresh_from_db()
    assert (drawer.name, session.drawer_id) == ("Kasse im Foyer", "rathaus")
    assert queries.balance("cash:rathaus") == 15000
    assert Entry.objects.filter(kind="cash.drawer_renamed").count() == 1


def test_an_open_drawer_and_one_with_money_stay_in_use(desk: Client, drawer: CashDrawer) -> None:
    session = actions.open_drawer(drawer=drawer, float_cents=15000, by=cast.mika())
    with pytest.raises(DrawerBusy):
        actions.retire_drawer(drawer=drawer, by=cast.mika())
    actions.close_drawer(session=session, counted_cents=15000, note="", by=cast.mika())

    said = desk.post(f"{PAGE}/rathaus/stilllegen").content.decode()

    assert "Nach dem Buch liegt noch Geld in der Barkasse." in said
    drawer.refresh_from_db()
    assert drawer.is_active
    with pytest.raises(DrawerNotEmpty):
        actions.retire_drawer(drawer=drawer, by=cast.mika())


def test_an_empty_drawer_is_retired_after_a_question_and_brought_back(desk: Client, drawer: CashDrawer) -> None:
    assert "lässt sich dann nicht mehr öffnen" in desk.get(f"{PAGE}/rathaus/stilllegen").content.decode()

    for _ in range(2):
        desk.post(f"{PAGE}/rathaus/stilllegen")

    assert "stillgelegt" in desk.get(PAGE).content.decode()
    assert not queries.free_drawers().exists()
    with pytest.raises(DrawerBusy):
        actions.open_drawer(drawer=drawer, float_cents=0, by=cast.mika())
    for _ in range(2):
        desk.post(f"{PAGE}/rathaus/wieder-nutzen")
    assert queries.free_drawers().get() == drawer
    kinds = Entry.objects.filter(subject="drawer:rathaus").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["cash.drawer_added", "cash.drawer_retired", "cash.drawer_brought_back"]


def test_only_the_finance_desk_may(client: Client, drawer: CashDrawer) -> None:
    kim = cast.signed_in(client, cast.kim())

    for view in ("drawer_setup", "retire_drawer", "bring_back_drawer"):
        assert kim.post(reverse(f"finance:{view}", args=["rathaus"])).status_code == 403
    assert kim.get(PAGE).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.retire_drawer(drawer=drawer, by=cast.kim())
    with pytest.raises(PermissionDenied):
        actions.rename_drawer(drawer=drawer, name="X", unit=cast.hauptamt(), by=cast.kim())


def test_a_drawer_that_is_not_there_is_not_found(desk: Client) -> None:
    assert desk.get(f"{PAGE}/nirgends").status_code == 404
