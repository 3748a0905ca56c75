"""Accounts of the ledger: added, renamed, numbered, removed while nothing was booked on them."""

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from direktdraht.foundation.journal import actions as journal
from direktdraht.payments import ledger
from direktdraht.payments.access import require_keeper
from direktdraht.payments.errors import AccountInUse, AccountTaken
from direktdraht.payments.models import FormerNumber, LedgerAccount
from direktdraht.people.models import Account


def add_account(*, number: str, name: str, by: Account) -> LedgerAccount:
    """Add an account of revenue; every other account is made when it is first needed.

    Raises NotAllowed, AccountTaken. Journal: ``ledger.account_added``.
    """
    require_keeper(by)
    fresh = ledger.new_account(f"revenue:{number}")
    fresh.name = name
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
            record(fresh, "added", by)
    except IntegrityError as error:
        raise AccountTaken from error
    return fresh


def change_account(*, account: LedgerAccount, name: str, number: str, by: Account) -> LedgerAccount:
    """Rename an account or give it another number of the city's accounting system, for every day that is not closed yet.

    Closed days keep the number that they had: it is kept in ``FormerNumber`` together with the last closed day, and the
    lock on days is shared, so that no day is closed meanwhile. Raises NotAllowed. Journal: ``ledger.account_changed``.
    """
    require_keeper(by)
    with transaction.atomic():
        mine = LedgerAccount.objects.select_for_update().get(pk=account.pk)
        closed = ledger.last_closed()
        if (mine.name, mine.number) == (name, number):
            return mine
        if closed is not None and mine.number != number:
            # Changed twice since the last close: what that day had is there already.
            FormerNumber.objects.get_or_create(account=mine, until=closed, defaults={"number": mine.number})
        mine.name, mine.number = name, number
        mine.save(update_fields=["name", "number"])
        record(mine, "changed", by, number=number)
    return mine


def remove_account(*, account: LedgerAccount, by: Account) -> None:
    """Remove an account on which nothing was ever booked; one that is gone already stays gone.

    Raises NotAllowed, AccountInUse. Journal: ``ledger.account_removed``.
    """
    require_keeper(by)
    try:
        with transaction.atomic():
            gone, _by_model = LedgerAccount.objects.filter(pk=account.pk).delete()
            if gone:
                record(account, "removed", by)
    except (ProtectedError, IntegrityError) as error:
        raise AccountInUse from error


def record(account: LedgerAccount, what: str, by: Account, **facts: journal.Fact) -> None:
    """Write the journal's row."""
    journal.record(f"ledger.account_{what}", subject=f"ledger_account:{account.pk}", facts=facts, by=str(by.pk))
