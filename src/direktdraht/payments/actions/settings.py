"""What a city sets for payments, changed by whoever keeps its accounts."""

from django.db import transaction

from direktdraht.foundation.journal import actions as journal
from direktdraht.payments import setup
from direktdraht.payments.access import require_keeper
from direktdraht.people.models import Account


def change_setup(*, values: setup.Setup, by: Account) -> None:
    """Store the settings; orders that are there keep their references. Raises NotAllowed. Journal: ``payments.setup_changed``.

    The journal tells the account by its last four digits only.
    """
    require_keeper(by)
    with transaction.atomic():
        setup.save(values)
        facts: dict[str, journal.Fact] = {"iban_end": values.iban[-4:], "pattern": values.reference_pattern}
        journal.record("payments.setup_changed", subject="payments:setup", facts=facts, by=str(by.pk))
