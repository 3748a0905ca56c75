"""The demo city's forms and cases: about forty believable matters of the last weeks, always the same ones."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from direktdraht.cases import actions as cases
from direktdraht.cases import numbers
from direktdraht.cases.access import get_case_by_key, get_case_for_person
from direktdraht.cases.actions.decisions import DecisionWords
from direktdraht.cases.models import Case, Message, MessageKind, Outcome
from direktdraht.forms import actions as forms
from direktdraht.foundation import clock, codes
from direktdraht.foundation.journal.digests import new_salt
from direktdraht.people.demo import CITY, DemoPeople, seed_staff
from direktdraht.people.models import Account, Role, Unit
from direktdraht.portal.demo_stories import PEOPLE, REPORTS, STORIES, STREETS, Step, Story
from direktdraht.services.demo import DemoServices
from direktdraht.services.models import Service

SEED = 2026
ORIGIN = "demo"
ROUNDS = 4
FIRST_HOUR, LAST_HOUR = 8, 17
PARENT = "hauptamt"
REMEDY = "Gegen diesen Bescheid können Sie innerhalb eines Monats nach Bekanntgabe Klage beim Verwaltungsgericht erheben."

STAFF: dict[str, tuple[str, list[tuple[str, str, Role]]]] = {
    "kasse": (
        "Ida Lorenz",
        [("stadtkasse", "Stadtkasse", Role.CLERK), ("stadtkasse", "Stadtkasse", Role.FINANCE), ("steueramt", "Steueramt", Role.LEAD)],
    ),
    "bibliothek": ("Emre Şahin", [("bibliothek", "Stadtbibliothek", Role.CLERK)]),
    "bauleitplanung": ("Greta Vogt", [("stadtplanung", "Stadtplanung", Role.CLERK)]),
    "beteiligung": ("Paul Adeyemi", [("beteiligung", "Beteiligung und Stadtentwicklung", Role.CLERK)]),
    "moderation": ("Runa Behrens", [("beteiligung", "Beteiligung und Stadtentwicklung", Role.CLERK)]),
}


class DemoCity:
    """Registered with ``foundation.demo``; brings the rooms below first, because cases need people and services."""

    def is_seeded(self) -> bool:
        """Whether any case of the demo city is there."""
        return Case.objects.filter(origin=ORIGIN).exists()

    def seed(self, scale: int) -> None:
        """Write everything, or nothing; ``scale`` multiplies the cases."""
        with transaction.atomic():
            for entry in (DemoPeople(), DemoServices()):
                if not entry.is_seeded():
                    entry.seed(scale)
            seed_people()
            for key in forms.gallery_keys():
                forms.publish(forms.read_gallery(key), by=None)
            first = seed_cases()
            seed_bulk(first, scale - 1)


def seed_people() -> None:
    """The rest of the demo's staff, and the main office above the units."""
    for login, (name, places) in STAFF.items():
        if not Account.objects.filter(email=f"{login}@{CITY}").exists():
            seed_staff(f"{login}@{CITY}", name, places)
    Unit.objects.exclude(pk=PARENT).filter(parent=None).update(parent=PARENT)


@dataclass
class Plan:
    """A matter on its way: the case once it is open, and who works with it."""

    index: int
    story: Story
    service: Service
    name: str
    account: Account | None
    clerk: Account | None
    lead: Account | None
    case: Case | None = None
    key: str = ""


def seed_cases() -> list[Case]:
    """Every step of every matter in the order of time, each at its own instant. The same on every machine and day."""
    plans = [plan_of(index) for index in range(ROUNDS * len(STORIES))]
    chance, now = random.Random(SEED), clock.now()  # noqa: S311  # invented data, the same each time
    events: list[tuple[datetime, int, int, Callable[[], None]]] = []
    for plan in plans:
        at = in_office_hours(now - timedelta(days=chance.uniform(0.2, plan.story.oldest_days)), chance)
        events.append((at, plan.index, 0, partial(begin, plan)))
        for place, step in enumerate(plan.story.steps, start=1):
            at = in_office_hours(at + timedelta(days=step.days), chance)
            if plan.clerk is not None:
                events.append((at, plan.index, place, partial(go_on, plan, step)))
    for at, _index, _place, happen in sorted(events, key=lambda event: event[:3]):
        if at < now:
            with clock.frozen(at):
                happen()
    return [plan.case for plan in plans if plan.case is not None]


def plan_of(index: int) -> Plan:
    """Which story, whose, and which member of staff answers; every fourth person has the demo's own account."""
    story = STORIES[index % len(STORIES)]
    service = Service.objects.select_related("unit").get(key=story.service)
    name = PEOPLE[index % len(PEOPLE)]
    account = Account.objects.filter(name=name, is_staff=False).first()
    members = {member.role: member.account for member in service.unit.memberships.select_related("account").order_by("-account__email")}
    return Plan(index, story, service, name, account, members.get(Role.CLERK) or members.get(Role.LEAD), members.get(Role.LEAD))


def in_office_hours(at: datetime, chance: random.Random) -> datetime:
    """The same day, between eight and five; weekends move to Monday."""
    local = at.astimezone(clock.BERLIN)
    local += timedelta(days=(7 - local.weekday()) if local.weekday() >= 5 else 0)
    hour = min(max(local.hour, FIRST_HOUR), LAST_HOUR)
    return max(at, local.replace(hour=hour, minute=chance.randrange(60), second=chance.randrange(60)))


def begin(plan: Plan) -> None:
    """The person writes."""
    mail = plan.account.email if plan.account is not None else ""
    case, key = cases.open_case(
        origin=ORIGIN,
        origin_ref=str(uuid5(NAMESPACE_URL, f"demo:{plan.index}")),
        title=title_of(plan),
        service=plan.service,
        unit=plan.service.unit,
        person=cases.PersonFacts(plan.name, mail, plan.account),
        text=plan.story.text,
    )
    plan.case, plan.key = case, key


def title_of(plan: Plan) -> str:
    """The matter's title; a report names its street."""
    if plan.story.service == REPORTS:
        return f"{plan.story.title}, {STREETS[plan.index % len(STREETS)]}"
    return plan.story.title


def go_on(plan: Plan, step: Step) -> None:
    """One step of the matter."""
    if plan.case is None or plan.clerk is None:
        return
    case, clerk = Case.objects.select_related("unit", "service").get(pk=plan.case.pk), plan.clerk
    if step.doing != "reply":
        cases.record_look(case=case, by=clerk)
        cases.mark_read_by_staff(case=case, by=clerk)
    if step.doing == "take":
        cases.take(case=case, by=clerk)
    elif step.doing == "answer":
        cases.answer(case=case, text=step.text, by=clerk)
    elif step.doing == "ask":
        cases.ask_back(case=case, text=step.text, by=clerk)
    elif step.doing == "note":
        cases.add_note(case=case, text=step.text, by=clerk)
    elif step.doing == "close":
        cases.close(case=case, outcome=Outcome.DONE, reason=step.text, by=clerk)
    elif step.doing == "reply":
        reply(plan, case, step.text)
    elif step.doing == "decide":
        decide(plan, case, step.text)


def reply(plan: Plan, case: Case, text: str) -> None:
    """The person answers, by account or with their key."""
    if plan.account is not None:
        _case, person = get_case_for_person(plan.account, case.number)
    else:
        _case, person = get_case_by_key(case.number, plan.key, "127.0.0.1")
    cases.write_message(case=case, text=text, person=person)


def decide(plan: Plan, case: Case, text: str) -> None:
    """The clerk drafts a decision, the leader releases it (where there is one), and it is posted."""
    if plan.clerk is None:
        return
    words = DecisionWords(f"Bescheid: {plan.story.title}", text, remedy_text=REMEDY)
    draft = cases.save_draft(case=case, words=words, by=plan.clerk)
    if plan.lead is not None:
        released = cases.release(decision=draft, by=plan.lead)
        cases.dispatch_by_print(decision=released, posted_on=clock.today(), by=plan.clerk)


def seed_bulk(first: list[Case], times: int) -> None:
    """Copies of the opened matters for load tests, written in bulk and without journal."""
    for _round in range(times):
        copies, messages = [], []
        for case in first:
            copy = Case(
                number=numbers.next_number(),
                title=case.title,
                service=case.service,
                unit=case.unit,
                person_name=case.person_name,
                origin=ORIGIN,
                key_digest=codes.key_digest(codes.new_key()),
                received_at=case.received_at,
                law=case.law,
                promise_days=case.promise_days,
                promise_due=case.promise_due,
            )
            copy.origin_ref = str(copy.pk)
            copies.append(copy)
            messages.append(
                Message(
                    case=copy,
                    kind=MessageKind.PERSON,
                    author_name=case.person_name,
                    text=case.title,
                    sent_at=case.received_at,
                    salt=new_salt(),
                )
            )
        Case.objects.bulk_create(copies)
        Message.objects.bulk_create(messages)
