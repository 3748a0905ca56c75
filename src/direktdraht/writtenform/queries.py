"""What can be asked of proofs, and which rule on the written form holds when."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_noop as N_

from direktdraht.foundation.documents.storage import open_content
from direktdraht.foundation.journal import queries as journal
from direktdraht.foundation.journal.digests import salted_digest
from direktdraht.foundation.verdicts import Check
from direktdraht.writtenform import registry
from direktdraht.writtenform.content import proof_content
from direktdraht.writtenform.models import OwnRule, Proof, ProofEvidence
from direktdraht.writtenform.rules import RULES, OpenWay, Rule, rule_for


@dataclass(frozen=True)
class KnownRule:
    """A row with its origin; ``own`` is ``None`` for rows that come with the software."""

    rule: Rule
    own: OwnRule | None = None


def proof_of(digest: str, *, lock: bool = False) -> Proof | None:
    """The proof of a frozen declaration that still counts."""
    proofs = Proof.objects.select_for_update() if lock else Proof.objects
    return proofs.filter(digest=digest, discarded_at=None).first()


def evidence_of(proof: Proof) -> list[ProofEvidence]:
    """The pieces of evidence with their files, by role."""
    return list(proof.evidence.select_related("document").order_by("role"))


def evidence_bytes(proof: Proof) -> dict[str, bytes]:
    """The evidence by role; raises FileNotFoundError."""
    found = {}
    for piece in evidence_of(proof):
        with open_content(piece.document.sha256) as content:
            found[piece.role] = content.read()
    return found


def stated(proof: Proof) -> dict[str, Any]:
    """Everything that a proof states, as the journal's digest covers it."""
    return {
        "declaration": proof.digest,
        "way": proof.way,
        "level": proof.level,
        "rule": proof.rule,
        "paragraph": proof.paragraph,
        "ruled_on": proof.ruled_on.isoformat(),
        "signer": proof.signer,
        "given_at": proof.given_at.isoformat(),
        "checked_at": proof.checked_at.isoformat(),
        "facts": proof.facts,
        "checks": proof.checks,
        "manifest": proof.manifest,
        "evidence": {piece.role: piece.document.sha256 for piece in evidence_of(proof)},
    }


def evidence_checks(proof: Proof) -> list[Check]:
    """Whether record and evidence are still what the journal says was kept."""
    entry = journal.entries_for(f"proof:{proof.pk}").filter(kind="proof.kept").first()
    whole = entry is not None and entry.digest == salted_digest(proof_content(stated(proof)), bytes(proof.salt))
    record = N_("Der Nachweis ist unverändert.") if whole else N_("Der Nachweis stimmt nicht mehr mit dem Protokoll überein.")
    changed = [piece.role for piece in evidence_of(proof) if not is_unchanged(piece)]
    files = N_("Die aufbewahrten Belege fehlen oder wurden verändert.") if changed else N_("Die aufbewahrten Belege sind unverändert.")
    return [Check("record", whole, record), Check("evidence", not changed, files)]


def is_unchanged(piece: ProofEvidence) -> bool:
    """Whether the stored file has the digest under which it was kept."""
    digest = hashlib.sha256()
    try:
        with open_content(piece.document.sha256) as content:
            for chunk in content.chunks():
                digest.update(chunk)
    except FileNotFoundError:
        return False
    return digest.hexdigest() == piece.document.sha256


def checks_of(proof: Proof) -> list[Check]:
    """Every check as it came out on the first day."""
    return [Check.from_json(stored) for stored in proof.checks]


def open_ways(rule: Rule) -> Sequence[tuple[OpenWay, registry.ProofWay, Sequence[str]]]:
    """The ways of a rule that this house has, with what keeps people from going each now."""
    found = [(way, registry.proofs.get(way.way)) for way in rule.ways if way.way in registry.proofs]
    return [(way, entry, entry.problems()) for way, entry in found]


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
