"""What a city sets for payments, changed by whoever keeps its accounts."""

from django.db import IntegrityError, transaction

from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.payments import setup
from direktdraht.payments.access import require_keeper
from direktdraht.payments.actions.steps import needed
from direktdraht.payments.errors import WrongOrderState
from direktdraht.payments.models import CityRule
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


def add_rule(*, rule: CityRule, by: Account) -> CityRule:
    """Store a new rule of the city's own. It needs its legal basis.

    Raises NotAllowed, ReasonMissing, WrongOrderState (one about the same thing begins on that day, or it ends before it
    begins). Journal: ``payments.<kind>_added``.
    """
    require_keeper(by)
    rule.legal_basis = needed(rule.legal_basis)
    if rule.valid_to is not None and rule.valid_to < rule.valid_from:
        raise WrongOrderState
    rule.added_by, rule.added_at = by, clock.now()
    try:
        with transaction.atomic():
            rule.save(force_insert=True)
            facts: dict[str, journal.Fact] = {rule.SUBJECT: rule.subject, "from": rule.valid_from.isoformat()}
            journal.record(f"payments.{rule.KIND}_added", subject=f"{rule.KIND}_rule:{rule.pk}", facts=facts, by=str(by.pk))
    except IntegrityError as error:
        raise WrongOrderState from error
    return rule


def withdraw_rule(*, rule: CityRule, by: Account) -> None:
    """Take a rule back; what it decided before stays. Doing it twice changes nothing.

    Raises NotAllowed. Journal: ``payments.<kind>_withdrawn``.
    """
    require_keeper(by)
    with transaction.atomic():
        if type(rule)._default_manager.filter(pk=rule.pk, withdrawn_at=None).update(withdrawn_at=clock.now()):
            journal.record(f"payments.{rule.KIND}_withdrawn", subject=f"{rule.KIND}_rule:{rule.pk}", by=str(by.pk))
