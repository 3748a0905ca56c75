"""Units, members and roles: who may change them, and that nobody locks the house."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from django.urls import reverse
from tests import cast

from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.post.models import Mail
from direktdraht.people import access, actions, queries
from direktdraht.people.models import Account, Membership, Role, Unit

pytestmark = pytest.mark.django_db


def membership_of(account: Account) -> Membership:
    return Membership.objects.get(account=account)


def test_roles_and_units_are_read_with_one_query(django_assert_num_queries: object) -> None:
    kim, unit = Account.objects.get(pk=cast.kim().pk), cast.abfall()

    with django_assert_num_queries(1):  # type: ignore[operator]  # the fixture has no public type
        units, roles, here = queries.units_of(kim), queries.roles_of(kim), queries.roles_in(kim, unit)

    assert ([unit.key for unit in units], roles, here) == (["abfall"], {"clerk"}, {"clerk"})


def test_staff_of_a_unit_are_its_active_members() -> None:
    kim, alex = cast.kim(), cast.alex()
    cast.sascha()

    assert set(queries.staff_of(cast.abfall())) == {kim, alex}


def test_admins_see_units_with_members(client: Client) -> None:
    cast.kim()
    cast.signed_in(client, cast.jo())

    page = client.get(reverse("people:units")).content.decode()

    assert "Kim Yılmaz" in page
    assert "Sachbearbeitung" in page


@pytest.mark.parametrize("name", ["people:units", "people:unit_add"])
def test_only_admins_see_the_pages(client: Client, name: str) -> None:
    answers = [client.get(reverse(name)).status_code]
    answers += [
        cast.signed_in(Client(), person()).get(reverse(name)).status_code for person in (cast.robin, cast.kim, cast.alex, cast.toni)
    ]

    assert answers == [302, 403, 403, 403, 403]


def test_an_admin_adds_a_unit(client: Client) -> None:
    cast.signed_in(client, cast.jo())

    client.post(reverse("people:unit_add"), {"key": "bauamt", "name": "Bauamt", "email": ""})
    again = client.post(reverse("people:unit_add"), {"key": "bauamt", "name": "Anders", "email": ""})

    assert Unit.objects.get(key="bauamt").name == "Bauamt"
    assert "gibt es schon" in again.content.decode()


def test_an_admin_invites_a_new_person(client: Client) -> None:
    cast.signed_in(client, cast.jo())
    unit = cast.abfall()
    new = {"email": "Neu@Musterstadt.example", "name": "Noa Petersen", "role": "clerk"}

    shown = client.get(reverse("people:member_add", args=[unit.key]))
    client.post(reverse("people:member_add", args=[unit.key]), new)
    again = client.post(reverse("people:member_add", args=[unit.key]), new)

    account = Account.objects.get(email="neu@musterstadt.example")
    assert shown.status_code == 200
    assert (account.name, account.is_staff, account.has_usable_password()) == ("Noa Petersen", True, False)
    assert Mail.objects.get().to == "neu@musterstadt.example"
    assert "schon" in again.content.decode()
    kinds = Entry.objects.filter(subject=f"account:{account.pk}").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["account.created", "member.added"]


def test_the_journal_holds_no_names() -> None:
    cast.jo()

    actions.create_staff(email="neu@musterstadt.example", name="Noa Petersen", unit=cast.abfall(), role="lead", by=cast.jo())

    entry = Entry.objects.get(kind="member.added")
    assert entry.facts == {"unit": "abfall", "role": "lead"}
    assert entry.by == str(cast.jo().pk)


def test_an_admin_changes_a_role(client: Client) -> None:
    kim = cast.kim()
    cast.signed_in(client, cast.jo())
    address = reverse("people:member_role", args=[membership_of(kim).pk])

    shown = client.get(address)
    client.post(address, {"role": "lead"})

    assert shown.status_code == 200
    assert membership_of(kim).role == Role.LEAD


def test_a_removed_member_is_no_longer_staff(client: Client) -> None:
    kim = cast.kim()
    cast.signed_in(client, cast.jo())
    address = reverse("people:member_remove", args=[membership_of(kim).pk])

    asked = client.get(address)
    still = Membership.objects.filter(account=kim).exists()
    client.post(address)

    assert asked.status_code == 200
    assert still
    assert not Membership.objects.filter(account=kim).exists()
    assert not Account.objects.get(pk=kim.pk).is_staff


def test_the_last_admin_stays(client: Client) -> None:
    jo = cast.jo()
    cast.signed_in(client, jo)
    place = membership_of(jo)

    removed = client.post(reverse("people:member_remove", args=[place.pk]))
    changed = client.post(reverse("people:member_role", args=[place.pk]), {"role": "clerk"})

    assert "muss die Plattform verwalten" in removed.content.decode()
    assert "muss die Plattform verwalten" in changed.content.decode()
    assert membership_of(jo).role == Role.ADMIN


def test_one_of_two_admins_may_go() -> None:
    jo = cast.jo()
    second = cast.staff("zweite@musterstadt.example", "Zoe Admin", cast.hauptamt(), Role.ADMIN)

    actions.remove_member(membership=membership_of(jo), by=second)

    assert queries.count_admins() == 1


def test_actions_refuse_who_is_no_admin() -> None:
    kim = cast.kim()

    for attempt in (
        lambda: actions.add_member(account=cast.robin(), unit=cast.abfall(), role="clerk", by=kim),
        lambda: actions.remove_member(membership=membership_of(kim), by=kim),
        lambda: actions.change_role(membership=membership_of(kim), role="admin", by=kim),
        lambda: actions.add_unit(key="neu", name="Neu", by=kim),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_fetching_hides_from_strangers_and_refuses_readers() -> None:
    place = membership_of(cast.kim())

    with pytest.raises(Http404):
        access.get_membership_for(cast.robin(), place.pk)
    with pytest.raises(PermissionDenied):
        access.get_membership_for(cast.sascha(), place.pk)
    with pytest.raises(Http404):
        access.get_unit_for(cast.jo(), "gibt-es-nicht")
    assert access.get_membership_for(cast.jo(), place.pk) == place


def test_predicates_know_the_unit() -> None:
    assert access.leads_unit(cast.alex(), cast.abfall())
    assert not access.leads_unit(cast.alex(), cast.steueramt())
    assert not access.leads_unit(cast.kim(), cast.abfall())
    assert access.in_unit(cast.kim(), cast.abfall())
    assert not access.is_staff(cast.robin())
