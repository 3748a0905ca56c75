"""What can be asked about a case that was fetched with its check."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from direktdraht.cases.models import Case, CaseLook, CaseProof, Decision, DecisionState, Match, Message, MessageFile, MessageKind
from direktdraht.foundation.journal import queries as journal
from direktdraht.foundation.journal.models import Entry
from direktdraht.people.models import Account, Unit


def thread(case: Case) -> list[Message]:
    """All messages with unit and files, oldest first, internal notes too: for staff."""
    files = Prefetch("files", MessageFile.objects.select_related("document").order_by("place", "pk"))
    found = case.messages.select_related("unit").prefetch_related(files).order_by("sent_at", "pk")
    return list(found)


def public_part(messages: Iterable[Message]) -> list[Message]:
    """The messages that the person may see."""
    return [message for message in messages if message.kind != MessageKind.INTERNAL]


def decisions_of(case: Case) -> list[Decision]:
    """All decisions, oldest version first: for staff."""
    found = list(case.decisions.select_related("pdf", "author", "released_by").order_by("version"))
    for decision in found:
        decision.case = case
    return found


def decisions_for_person(case: Case) -> list[Decision]:
    """The decisions that have been sent to the person, oldest first."""
    hidden = {DecisionState.DRAFT, DecisionState.RELEASED}
    return [decision for decision in decisions_of(case) if decision.state not in hidden]


def proofs_of(case: Case) -> list[CaseProof]:
    """The proofs of the written form, oldest first."""
    return list(case.proofs.select_related("proof", "settled_by").order_by("added_at", "pk"))


def open_matches(units: Iterable[Unit]) -> list[CaseProof]:
    """Signatures in cases of these units that a clerk has to match with a person, oldest first; a hundred at most."""
    waiting = CaseProof.objects.filter(match=Match.OPEN, case__unit__in=list(units)).select_related("case", "proof")
    return list(waiting.order_by("added_at", "pk")[:100])


def looks_at(case: Case) -> list[CaseLook]:
    """Who of the staff looked, newest first."""
    return list(case.looks.select_related("unit").order_by("-hour", "-pk"))


def history(case: Case) -> list[Entry]:
    """The journal's rows of the case with their seals, oldest first."""
    return list(journal.entries_for(case.subject).select_related("sealed__seal"))


def actors_of(entries: Iterable[Entry]) -> dict[str, str]:
    """The names of the accounts that rows name, by id."""
    ids = {entry.by for entry in entries if entry.by} | {str(entry.facts["to"]) for entry in entries if is_account(entry)}
    return {str(account.pk): str(account) for account in Account.objects.filter(pk__in=ids)}


def is_account(entry: Entry) -> bool:
    """Whether the row hands the case to an account."""
    return entry.kind == "case.assigned" and bool(entry.facts.get("to"))


def cases_of(account: Account) -> QuerySet[Case]:
    """The cases of a person's account, newest first: for their own area."""
    return Case.objects.filter(account=account).select_related("unit", "service").order_by("-received_at", "-pk")


def unread_by_person(account: Account) -> QuerySet[Message]:
    """The city's messages that the person has not opened yet."""
    return Message.objects.filter(case__account=account, kind=MessageKind.CITY, read_by_person_at__isnull=True).order_by("sent_at", "pk")
