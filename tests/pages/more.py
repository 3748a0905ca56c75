"""More of everything that stands in a list, so that a page whose work grows with its rows is noticed."""

from itertools import count
from typing import Any

from direktdraht.cases import actions as cases
from direktdraht.cases.access import Person
from direktdraht.cases.models import Case
from direktdraht.forms import actions as forms
from direktdraht.foundation.journal import actions as journal
from direktdraht.foundation.post.models import Mail
from direktdraht.foundation.post.models import State as MailState
from direktdraht.people.models import Membership, Role, Unit
from direktdraht.services.models import Category, Service
from tests import cast
from tests.pages import appointments, registrations
from tests.pages.world import WORDS, World, begin_draft, client_of, failed_job
from tests.submissions import way

NUMBERS = count(1)


def grow(world: World, rows: int) -> None:
    """Add ``rows`` of everything: cases, messages with files, decisions, drafts, services, forms, members, jobs, mails, seals."""
    decided, running = Case.objects.get(number=world.number), Case.objects.get(number=world.open_number)
    browser = client_of("robin")
    for number in (next(NUMBERS) for _ in range(rows)):
        open_one(number)
        write_one(running, number)
        cases.write_message(
            case=decided, person=Person(decided.pk, "account", cast.robin()), text=f"Nachricht {number}", files=[way.picture()]
        )
        begin_draft(browser)
        client_of("robin").get("/konto/sitzungen")
        add_service(number)
        add_form(number)
        add_place(number)
        registrations.grow(number)
        appointments.grow(number)
        failed_job()
        fail_a_mail(number)
        journal.seal_pending()


def open_one(number: int) -> None:
    """A case of robin's on kim's desk, with a decision that waits to be retrieved."""
    robin = cases.PersonFacts(name="Robin Weber", email="robin@example.org", account=cast.robin())
    case, _key = cases.open_case(
        origin="test",
        origin_ref=str(number),
        title=f"Sperrmüll {number}",
        service=Service.objects.get(form_key=way.FORM),
        unit=cast.abfall(),
        person=robin,
        text="Ein Schrank.",
    )
    cases.take(case=case, by=cast.kim())
    cases.consent(case=case, person=Person(case.pk, "account", cast.robin()))
    cases.save_draft(case=case, words=WORDS, by=cast.kim())
    cases.release(decision=case.decisions.get(), by=cast.alex())
    cases.dispatch_by_inbox(decision=case.decisions.get(), by=cast.kim())


def write_one(case: Case, number: int) -> None:
    """More in one thread: an answer, a note."""
    cases.answer(case=case, text=f"Antwort {number}", by=cast.kim(), files=[way.picture(f"{number}.jpg")])
    cases.add_note(case=case, text=f"Notiz {number}", by=cast.alex())


def write_back(case: Case, number: int) -> None:
    """More in the other thread: a message of the person with a picture."""
    cases.write_message(case=case, person=Person(case.pk, "account", cast.robin()), text=f"Nachricht {number}", files=[way.picture()])


def add_service(number: int) -> None:
    """A service that the city offers."""
    title = {"de": f"Dienst {number}", "en": f"Service {number}"}
    Service.objects.create(
        key=f"dienst-{number}", title=title, unit=cast.abfall(), category=Category.WASTE, popular=number, sort_key=f"dienst {number:03}"
    )


def add_form(number: int) -> None:
    """A published form."""
    data: dict[str, Any] = {**forms.read_gallery(way.FORM), "key": f"formular_{number}"}
    forms.publish(data, by=None)


def add_place(number: int) -> None:
    """A unit, and a member of kim's unit."""
    unit = Unit.objects.create(key=f"stelle-{number}", name=f"Stelle {number}", email=f"stelle-{number}@musterstadt.example")
    member = cast.staff(f"mitglied-{number}@musterstadt.example", f"Mitglied {number}", cast.abfall(), Role.CLERK, second_factor=False)
    Membership.objects.create(account=member, unit=unit, role=Role.LEAD)


def fail_a_mail(number: int) -> None:
    """A mail that could not be handed over."""
    newest = Mail.objects.order_by("-created_at", "-pk")[0]
    newest.state, newest.problem = MailState.FAILED, f"550 user {number} unknown"
    newest.save()
