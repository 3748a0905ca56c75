"""Rules on the written form that the city sets itself, because its legal office reads the law otherwise or state law differs."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.access import is_admin
from direktdraht.people.models import Account
from direktdraht.writtenform.errors import RuleNotAdded
from direktdraht.writtenform.models import OwnRule
from direktdraht.writtenform.rules import RULES, Rule, rule_for


@dataclass(frozen=True)
class KnownRule:
    """A row with its origin; ``own`` is ``None`` for rows that come with the software."""

    rule: Rule
    own: OwnRule | None = None


def rule_on(*, key: str, law: str, on: date) -> Rule:
    """The rule that was law on a day: the city's own newest row that holds then, else the software's. Raises RuleError."""
    holding = Q(valid_to=None) | Q(valid_to__gte=on)
    own = OwnRule.objects.filter(holding, key=key, law=law, valid_from__lte=on, withdrawn_at=None).order_by("-valid_from").first()
    return rule_of(own) if own is not None else rule_for(key=key, law=law, on=on)


def rule_of(own: OwnRule) -> Rule:
    """A stored row as a rule."""
    return Rule.model_validate(own.content)


def known_rules() -> list[KnownRule]:
    """All rows, the city's own first, then newest first."""
    own = OwnRule.objects.filter(withdrawn_at=None).order_by("law", "key", "-valid_from", "id")
    shipped = sorted(RULES, key=lambda rule: (rule.law, rule.key, -rule.valid_from.toordinal()))
    return [*(KnownRule(rule_of(one), one) for one in own), *(KnownRule(rule) for rule in shipped)]


def add_rule(rule: Rule, *, reason: str, by: Account) -> OwnRule:
    """Add a row that begins tomorrow or later, so that no declaration changes its rule.

    Raises PermissionDenied, RuleNotAdded. Journal: ``rule.added``.
    """
    ensure_admin(by)
    if rule.valid_from <= clock.today():
        raise RuleNotAdded(_("Die Regel muss morgen oder später beginnen. Laufende Erklärungen behalten ihre Regel."))
    try:
        with transaction.atomic():
            own = OwnRule.objects.create(
                key=rule.key,
                law=rule.law,
                valid_from=rule.valid_from,
                valid_to=rule.valid_to,
                content=rule.model_dump(mode="json", by_alias=True),
                reason=reason,
                added_by=by,
            )
            facts = {"key": rule.key, "law": rule.law, "from": rule.valid_from.isoformat()}
            journal.record("rule.added", subject=f"rule:{own.pk}", facts=facts, by=str(by.pk))
    except IntegrityError as taken:
        raise RuleNotAdded(_("Für diesen Tag gibt es schon eine eigene Regel.")) from taken
    return own


def withdraw_rule(own: OwnRule, *, by: Account) -> None:
    """Take a row back that has not begun, or let a running one end today; the software's rows hold again afterwards.

    Raises PermissionDenied. Journal: ``rule.withdrawn`` or ``rule.ended``.
    """
    ensure_admin(by)
    today = clock.today()
    with transaction.atomic():
        locked = OwnRule.objects.select_for_update(of=("self",)).get(pk=own.pk)
        if locked.withdrawn_at is not None or (locked.valid_to is not None and locked.valid_to <= today):
            return
        if locked.valid_from > today:
            locked.withdrawn_at = clock.now()
        else:
            locked.valid_to = today
            locked.content = {**locked.content, "valid_to": today.isoformat()}
        locked.save()
        kind = "rule.withdrawn" if locked.withdrawn_at else "rule.ended"
        journal.record(kind, subject=f"rule:{own.pk}", by=str(by.pk))


def ensure_admin(by: Account) -> None:
    """Raise PermissionDenied unless ``by`` administers the platform."""
    if not is_admin(by):
        raise PermissionDenied
