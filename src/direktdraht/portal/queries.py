"""What the front door asks the rooms: own matters of a person, figures for the staff's start."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from direktdraht.cases.access import working_units
from direktdraht.cases.models import Case, Decision, DecisionState, Way
from direktdraht.cases.states import IDLE
from direktdraht.foundation import clock
from direktdraht.foundation.ordering import sort_key
from direktdraht.foundation.texts import pick
from direktdraht.people.models import Account, Unit
from direktdraht.services.models import Service
from direktdraht.submissions import kinds
from direktdraht.submissions.models import Draft

MESSAGE_FORM = "meldung"
CASES_A_PAGE = 20
MOST_DRAFTS = 20


@dataclass(frozen=True)
class Letter:
    """A first letter and the services that begin with it."""

    letter: str
    services: list[Service]


def by_letter(services: Iterable[Service], language: str) -> list[Letter]:
    """Services by the first letter of their title in ``language``, in German order (DIN 5007, ä beside a)."""
    found: dict[str, list[Service]] = {}
    for service in sorted(services, key=lambda one: (sort_key(pick(one.title, language)[0]), one.key)):
        first = sort_key(pick(service.title, language)[0])[:1].upper()
        found.setdefault(first if first.isalpha() else "#", []).append(service)
    return [Letter(letter, members) for letter, members in found.items()]


@dataclass(frozen=True)
class OwnCases:
    """One page of a person's cases, newest first; ``after`` is the cursor of the next page or ""."""

    cases: list[Case]
    after: str


def own_cases(account: Account, cursor: str = "") -> OwnCases:
    """The account's cases, 20 a page; an unreadable cursor gives the first page."""
    found = Case.objects.filter(account=account).select_related("unit").order_by("-received_at", "-id")
    if (place := read_cursor(cursor)) is not None:
        at, key = place
        found = found.filter(Q(received_at__lt=at) | Q(received_at=at, id__lt=key))
    cases = list(found[: CASES_A_PAGE + 1])
    more = len(cases) > CASES_A_PAGE
    cases = cases[:CASES_A_PAGE]
    return OwnCases(cases, f"{cases[-1].received_at.timestamp():.6f}_{cases[-1].id}" if more else "")


def read_cursor(cursor: str) -> tuple[datetime, UUID] | None:
    """The place that a cursor names, or nothing when somebody changed it."""
    at, _, key = cursor.partition("_")
    try:
        return datetime.fromtimestamp(float(at), tz=clock.BERLIN), UUID(key)
    except (ValueError, OverflowError, OSError):
        return None


def decisions_to_retrieve(account: Account) -> list[Decision]:
    """Decisions that wait for retrieval by this person, the most urgent first."""
    waiting = Decision.objects.filter(
        case__account=account, way=Way.INBOX, state__in=[DecisionState.DISPATCHED, DecisionState.KNOWN], retrieved_at=None
    )
    return list(waiting.select_related("case").order_by("withdraw_on", "dispatched_at", "pk"))


@dataclass(frozen=True)
class OwnDraft:
    """A draft with the title of what is being written."""

    draft: Draft
    title: str


def own_drafts(account: Account, language: str) -> list[OwnDraft]:
    """What the person began and has not sent, the newest first."""
    drafts = list(Draft.objects.filter(account=account, sent_at=None).order_by("-changed_at", "-id")[:MOST_DRAFTS])
    refs: dict[str, set[str]] = {}
    for draft in drafts:
        refs.setdefault(draft.kind, set()).add(draft.ref)
    titles = {kind: kinds.registry.get(kind).titles(sorted(found), language) for kind, found in refs.items()}
    return [OwnDraft(draft, titles[draft.kind][draft.ref]) for draft in drafts]


@dataclass(frozen=True)
class UnitLoad:
    """Cases of one unit to be worked on, and how many of them have a broken promise."""

    unit: Unit
    open: int
    overdue: int


@dataclass(frozen=True)
class Workload:
    """Open cases of a member of staff: their own, and those of each of their units."""

    mine: int
    units: list[UnitLoad]


def workload(account: Account) -> Workload | None:
    """The figures for who works with cases, in one query; nothing for other roles."""
    units = working_units(account)
    if not units:
        return None
    overdue = Q(promise_due__lt=clock.today(), rested_since=None)
    rows = (
        Case.objects.filter(unit__in=units)
        .exclude(state__in=IDLE)
        .values("unit_id")
        .annotate(open=Count("pk"), mine=Count("pk", filter=Q(assignee=account)), overdue=Count("pk", filter=overdue))
        .order_by("unit_id")
    )
    found = {row["unit_id"]: row for row in rows}
    none = {"open": 0, "overdue": 0}
    loads = [UnitLoad(unit, found.get(unit.pk, none)["open"], found.get(unit.pk, none)["overdue"]) for unit in units]
    return Workload(sum(row["mine"] for row in found.values()), loads)
