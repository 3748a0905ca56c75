"""Drawers set up, renamed, retired and brought back by the finance desk. Their books stay for ever."""

from django.db import transaction

from direktdraht.foundation.journal import actions as journal
from direktdraht.payments import queries
from direktdraht.payments.access import require_keeper
from direktdraht.payments.actions.cash import account_of, held_drawer
from direktdraht.payments.errors import DrawerBusy, DrawerNotEmpty, DrawerTaken
from direktdraht.payments.models import CashDrawer, CashSession
from direktdraht.people.models import Account, Unit


def add_drawer(*, key: str, name: str, unit: Unit, by: Account | None = None) -> CashDrawer:
    """Set up a drawer. Raises NotAllowed, DrawerTaken when the key is another's. Journal: ``cash.drawer_added``."""
    if by is not None:
        require_keeper(by)
    with transaction.atomic():
        drawer, is_new = CashDrawer.objects.get_or_create(key=key, defaults={"name": name, "unit": unit})
        if not is_new:
            raise DrawerTaken
        record(drawer, "added", by)
    return drawer


def rename_drawer(*, drawer: CashDrawer, name: str, unit: Unit, by: Account) -> CashDrawer:
    """Give a drawer another name or unit; its key and its books stay. Raises NotAllowed. Journal: ``cash.drawer_renamed``."""
    require_keeper(by)
    with held_drawer(drawer) as mine:
        if (mine.name, mine.unit_id) != (name, unit.pk):
            mine.name, mine.unit = name, unit
            mine.save(update_fields=["name", "unit"])
            record(mine, "renamed", by)
    return mine


def retire_drawer(*, drawer: CashDrawer, by: Account) -> CashDrawer:
    """Take a drawer out of use once it is closed and empty by the books; doing it twice changes nothing.

    Raises NotAllowed, DrawerBusy (somebody answers for it), DrawerNotEmpty. Journal: ``cash.drawer_retired``.
    """
    require_keeper(by)
    with held_drawer(drawer) as mine:
        if not mine.is_active:
            return mine
        if CashSession.objects.filter(drawer=mine, closed_at=None).exists():
            raise DrawerBusy
        if queries.balance(account_of(mine)) != 0:
            raise DrawerNotEmpty
        set_active(mine, is_active=False, by=by)
    return mine


def bring_back_drawer(*, drawer: CashDrawer, by: Account) -> CashDrawer:
    """Use a retired drawer again; doing it twice changes nothing. Raises NotAllowed. Journal: ``cash.drawer_brought_back``."""
    require_keeper(by)
    with held_drawer(drawer) as mine:
        if not mine.is_active:
            set_active(mine, is_active=True, by=by)
    return mine


def set_active(drawer: CashDrawer, *, is_active: bool, by: Account) -> None:
    """Store whether a held drawer is in use."""
    drawer.is_active = is_active
    drawer.save(update_fields=["is_active"])
    record(drawer, "brought_back" if is_active else "retired", by)


def record(drawer: CashDrawer, what: str, by: Account | None) -> None:
    """Write the journal's row."""
    journal.record(f"cash.drawer_{what}", subject=f"drawer:{drawer.pk}", by=str(by.pk) if by else "")
