"""Cases in the field's words; each call makes a new one."""

import itertools
from uuid import uuid4

from tests import cast

from direktdraht.cases import actions
from direktdraht.cases.access import Person
from direktdraht.cases.actions.decisions import DecisionWords
from direktdraht.cases.models import Case, Decision
from direktdraht.people.models import Account, Unit
from direktdraht.services.models import Service

COUNTER = itertools.count(1)
REMEDY = "Gegen diesen Bescheid können Sie innerhalb eines Monats Widerspruch erheben."


def bulky_service(law: str = "vwvfg") -> Service:
    """The service "Sperrmüll anmelden" with a promise of four working days."""
    values = {"title": {"de": "Sperrmüll anmelden"}, "unit": cast.abfall(), "law": law, "answer_days": 4}
    return Service.objects.get_or_create(key=f"sperrmuell-{law}", defaults=values)[0]


def open_bulky_case(
    *,
    account: Account | None = None,
    email: str = "robin@example.org",
    law: str = "vwvfg",
    title: str = "Sperrmüll, 3 Teile",
    unit: Unit | None = None,
) -> tuple[Case, str]:
    """A fresh case of the waste unit and its plain key."""
    person = actions.PersonFacts(name="Robin Weber", email=email, account=account)
    return actions.open_case(
        origin="test",
        origin_ref=str(uuid4()),
        title=title,
        service=bulky_service(law),
        unit=unit or cast.abfall(),
        person=person,
        text="Drei Teile: Schrank, Sofa, Matratze.",
    )


def running_case(*, account: Account | None = None) -> Case:
    """A case that runs by itself."""
    person = actions.PersonFacts(name="Robin Weber", email="robin@example.org", account=account)
    unit, ref = cast.abfall(), str(uuid4())
    return actions.open_case(
        origin="test", origin_ref=ref, title="Ferienpass", service=None, unit=unit, person=person, text="Ich melde an: Ida.", runs=True
    )[0]


def bulky_case() -> Case:
    """A fresh case of the waste unit."""
    return open_bulky_case()[0]


def with_open_question() -> Case:
    """A case in which the city waits for the person."""
    case = bulky_case()
    actions.ask_back(case=case, text="Ist der Schrank zerlegt?", by=cast.kim())
    case.refresh_from_db()
    return case


def closed() -> Case:
    """A case that is done."""
    case = bulky_case()
    actions.close(case=case, outcome="done", reason="Der Sperrmüll ist abgeholt.", by=cast.kim())
    case.refresh_from_db()
    return case


def speaker(case: Case, account: Account | None = None) -> Person:
    """The person of the case, let in by key (or by account)."""
    return Person(case.pk, "account" if account else "key", account)


def draft(case: Case, *, remedy_text: str = REMEDY, by: Account | None = None) -> Decision:
    """A draft of a decision."""
    words = DecisionWords(title="Gebührenbescheid", text="Wir setzen 30 Euro fest.\n\nBitte zahlen Sie bald.", remedy_text=remedy_text)
    return actions.save_draft(case=case, words=words, by=by or cast.kim())


def released(case: Case, *, remedy_text: str = REMEDY) -> Decision:
    """A decision that the leader released."""
    return actions.release(decision=draft(case, remedy_text=remedy_text), by=cast.alex())


def in_inbox(case: Case) -> Decision:
    """A decision that waits for retrieval."""
    actions.consent(case=case, person=speaker(case))
    return actions.dispatch_by_inbox(decision=released(case), by=cast.kim())
