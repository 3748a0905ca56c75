"""What can be done with the proofs of a case: add one, decide whether it names the person of the case."""

from collections.abc import Mapping

from direktdraht.cases.access import require_worker
from direktdraht.cases.actions.steps import clean_text, locked, notify_person
from direktdraht.cases.errors import AlreadySettled
from direktdraht.cases.models import Case, CaseProof, Match
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account
from direktdraht.writtenform.identities import Likeness, compare
from direktdraht.writtenform.models import Proof


def add_proof(*, case: Case, proof: Proof, declared: Mapping[str, str], proved: Mapping[str, str]) -> CaseProof:
    """Put a proof into its case, inside the caller's transaction; a second time returns the first.

    ``declared`` and ``proved`` are the person's own words and what the way proved. Unless they clearly name the
    same person, a clerk has to match them. Where one side names nobody there is nothing to match.
    Journal: ``case.signed``.
    """
    known = CaseProof.objects.filter(proof=proof).first()
    if known is not None:
        return known
    result = compare(declared, proved) if any(declared.values()) and any(proved.values()) else None
    clear = result is None or result.likeness == Likeness.SAME
    added = CaseProof.objects.create(
        case=case,
        proof=proof,
        match=Match.CLEAR if clear else Match.OPEN,
        likeness="" if result is None else result.likeness,
        declared={} if clear else dict(declared),
        proved={} if clear else dict(proved),
    )
    journal.record("case.signed", subject=case.subject, facts={"proof": str(proof.pk), "way": proof.way, "match": added.match})
    return added


def accept_match(*, case: Case, found: CaseProof, reason: str, by: Account) -> CaseProof:
    """Both records name the same person. Raises NotAllowed, AlreadySettled, TextMissing. Notice: the person."""
    return settle_match(case, found, Match.ACCEPTED, reason, by)


def refuse_match(*, case: Case, found: CaseProof, reason: str, by: Account) -> CaseProof:
    """The signature is another person's: it counts for nothing here. Raises as ``accept_match``. Notice: the person."""
    return settle_match(case, found, Match.REFUSED, reason, by)


def settle_match(case: Case, found: CaseProof, match: Match, reason: str, by: Account) -> CaseProof:
    """The common part of both. Journal: ``case.match_accepted`` or ``case.match_refused``."""
    with locked(case) as held:
        require_worker(by, held)
        fresh = CaseProof.objects.select_for_update(of=("self",)).select_related("proof").get(pk=found.pk, case=held)
        if fresh.match != Match.OPEN:
            raise AlreadySettled
        fresh.match, fresh.reason = match, clean_text(reason)
        fresh.settled_by, fresh.settled_at = by, clock.now()
        fresh.save(update_fields=["match", "reason", "settled_by", "settled_at"])
        journal.record(f"case.match_{match.value}", subject=held.subject, facts={"proof": str(fresh.proof_id)}, by=str(by.pk))
        notify_person(held, key=f"case-match:{fresh.pk}")
    return fresh
