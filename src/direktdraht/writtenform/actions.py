"""What can be done: keep a proof, discard it when its declaration changes, examine it again; add and take back rules of the city's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from direktdraht.foundation import clock
from direktdraht.foundation.documents import actions as documents
from direktdraht.foundation.journal import actions as journal
from direktdraht.foundation.journal.digests import new_salt, salted_digest
from direktdraht.foundation.verdicts import Check, failed
from direktdraht.people.access import is_admin
from direktdraht.people.models import Account, Identification
from direktdraht.writtenform import queries, registry
from direktdraht.writtenform.content import proof_content
from direktdraht.writtenform.errors import ProofRefused, RuleNotAdded, WayNotOpen
from direktdraht.writtenform.models import OwnRule, Proof, ProofEvidence
from direktdraht.writtenform.rules import Rule, reaches

OWNER = "proof"


@dataclass(frozen=True)
class Evidence:
    """A piece of evidence on its way in: its role in the proof, a file name, its bytes."""

    role: str
    name: str
    content: bytes = field(repr=False)
    content_type: str = "application/octet-stream"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a way led to: who signed when, how sure that is, every check, and what proves it later.

    ``law`` is the paragraph of the means itself, such as the kind of card; it is named beside the rule's own.
    """

    way: str
    level: str
    signer: str
    given_at: datetime
    checks: Sequence[Check]
    facts: Mapping[str, Any] = field(default_factory=dict)
    manifest: Mapping[str, Any] = field(default_factory=dict)
    evidence: Sequence[Evidence] = ()
    identification: Identification | None = None
    law: str = ""


def keep_proof(*, digest: str, rule: Rule, outcome: Outcome) -> Proof:
    """Keep the proof of a frozen declaration; a second one for the same declaration returns the first.

    Raises WayNotOpen, ProofRefused (with the sentence of the first check that does not hold).
    Journal: ``proof.kept``.
    """
    opened = rule.way(outcome.way)
    if opened is None or not reaches(outcome.level, opened.level):
        raise WayNotOpen(_("Auf diesem Weg lässt sich Ihre Unterschrift hier nicht ersetzen."))
    broken = failed(outcome.checks)
    if broken or not outcome.checks:
        raise ProofRefused(broken[0].detail if broken else _("Es wurde nichts geprüft."))
    with transaction.atomic():
        known = queries.proof_of(digest, lock=True)
        if known is not None:
            return known
        proof = Proof.objects.create(
            digest=digest,
            way=outcome.way,
            level=outcome.level,
            rule=rule.key,
            paragraph=", ".join(part for part in (opened.paragraph, outcome.law) if part),
            ruled_on=clock.today(),
            signer=outcome.signer[:300],
            given_at=outcome.given_at,
            facts=dict(outcome.facts),
            checks=[check.to_json() for check in outcome.checks],
            manifest=dict(outcome.manifest),
            identification=outcome.identification,
            salt=new_salt(),
        )
        for piece in outcome.evidence:
            keep_evidence(proof, piece)
        content = proof_content(queries.stated(proof))
        journal.record(
            "proof.kept",
            subject=f"proof:{proof.pk}",
            digest=salted_digest(content, bytes(proof.salt)),
            facts={"way": proof.way, "level": proof.level, "rule": proof.rule, "declaration": digest},
        )
    return proof


def keep_evidence(proof: Proof, piece: Evidence) -> None:
    """Store a piece of evidence as a file that only those who may see the proof can read."""
    document = documents.keep_bytes(
        piece.content, name=piece.name, content_type=piece.content_type, owner_kind=OWNER, owner_id=str(proof.pk)
    )
    ProofEvidence.objects.create(proof=proof, role=piece.role, document=document)


def discard_proofs(digest: str) -> int:
    """The declaration was changed: its proof proves nothing any more. Returns how many. Journal: ``proof.discarded``."""
    with transaction.atomic():
        found = list(Proof.objects.select_for_update().filter(digest=digest, discarded_at=None).order_by("pk"))
        for proof in found:
            proof.discarded_at = clock.now()
            proof.save(update_fields=["discarded_at"])
            journal.record("proof.discarded", subject=f"proof:{proof.pk}", facts={"way": proof.way})
    return len(found)


def recheck(proof: Proof) -> Sequence[Check]:
    """Examine the stored evidence again, offline: first that it is still what was kept, then the way's own checks."""
    return [*queries.evidence_checks(proof), *registry.proofs.get(proof.way).recheck(proof)]


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
