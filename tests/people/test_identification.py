"""Who is speaking: what each method says, and that only asked attributes are kept."""

import pytest
from tests import cast

from direktdraht.foundation.registry import DuplicateEntry
from direktdraht.people import actions, methods
from direktdraht.people.models import Account, Level

pytestmark = pytest.mark.django_db


def test_nobody_is_identified_as_nobody() -> None:
    found = actions.identify(method="none", asked={"name"})

    assert (found.level, found.attributes, found.account) == (Level.NONE, {}, None)


def test_an_account_gives_only_what_is_asked_for() -> None:
    robin = cast.robin()

    found = actions.identify(method="account", account=robin, asked={"email"})

    assert (found.level, found.attributes) == (Level.LOW, {"email": "robin@example.org"})
    assert found.evidence == {"account": str(robin.pk)}


def test_an_account_without_confirmed_address_is_refused() -> None:
    account = Account.objects.create_user("wer@example.org", cast.PASSWORD)

    with pytest.raises(methods.Refused):
        actions.identify(method="account", account=account)


def test_nobody_is_refused_as_account() -> None:
    with pytest.raises(methods.Refused):
        actions.identify(method="account")


@pytest.mark.parametrize("key", [key for key, _entry in methods.items()])
def test_every_method_keeps_the_contract(key: str) -> None:
    entry = methods.get(key)
    robin = cast.robin()

    assert str(entry.label)
    assert entry.level in Level
    assert entry.attributes(robin, frozenset()) == {}
    assert all(isinstance(value, str) for value in entry.evidence(robin).values())


def test_own_methods_never_replace_the_written_form() -> None:
    assert not methods.get("account").replaces_written_form
    assert not methods.get("none").replaces_written_form


def test_a_method_is_registered_once() -> None:
    with pytest.raises(DuplicateEntry):
        methods.register("none", methods.Nobody())
