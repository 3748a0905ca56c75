"""What a city sets for payments, changed by whoever keeps its accounts."""

from datetime import date

from django.db import IntegrityError, transaction

from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.payments import setup
from direktdraht.payments.access import require_keeper
from direktdraht.payments.actions.steps import needed
from direktdraht.payments.errors import WrongOrderState
from direktdraht.payments.models import PayFirstRule
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


def add_pay_first_rule(*, service: str, legal_basis: str, valid_from: date, by: Account, valid_to: date | None = None) -> PayFirstRule:
    """Let a service be paid before it is sent, from a day on. It needs its legal basis.

    Raises NotAllowed, ReasonMissing, WrongOrderState (one begins on that day already, or ends before it begins).
    Journal: ``payments.pay_first_added``.
    """
    require_keeper(by)
    basis = needed(legal_basis)
    if valid_to is not None and valid_to < valid_from:
        raise WrongOrderState
    try:
        with transaction.atomic():
            rule = PayFirstRule.objects.create(
                service=service, legal_basis=basis, valid_from=valid_from, valid_to=valid_to, added_by=by, added_at=clock.now()
            )
            facts: dict[str, journal.Fact] = {"service": service, "from": valid_from.isoformat()}
            journal.record("payments.pay_first_added", subject=f"rule:{rule.pk}", facts=facts, by=str(by.pk))
    except IntegrityError as error:
        raise WrongOrderState from error
    return rule


def withdraw_pay_first_rule(*, rule: PayFirstRule, by: Account) -> None:
    """Take a rule back; payments that have begun go on. Raises NotAllowed. Journal: ``payments.pay_first_withdrawn``."""
    require_keeper(by)
    with transaction.atomic():
        if PayFirstRule.objects.filter(pk=rule.pk, withdrawn_at=None).update(withdrawn_at=clock.now()):
            journal.record("payments.pay_first_withdrawn", subject=f"rule:{rule.pk}", by=str(by.pk))
