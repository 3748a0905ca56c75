"""One small city with something of everything, and the values that its addresses are made of.

Works in the tests' database and in the database of a running house alike.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client

from direktdraht.cases import actions
from direktdraht.cases.access import Person
from direktdraht.cases.actions.decisions import DecisionWords
from direktdraht.cases.models import Case, Decision
from direktdraht.forms import actions as forms
from direktdraht.forms.models import FormVersion
from direktdraht.foundation import clock
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.journal import actions as journal
from direktdraht.foundation.post import actions as post
from direktdraht.foundation.post.models import Mail
from direktdraht.foundation.post.models import State as MailState
from direktdraht.foundation.verdicts import Check
from direktdraht.payments import actions as payments
from direktdraht.payments import setup
from direktdraht.payments.ledger import Source
from direktdraht.payments.models import CashSession, Order
from direktdraht.people.models import Account, Membership, Role
from direktdraht.services.models import Service
from direktdraht.submissions import actions as submissions
from direktdraht.submissions import freezing
from direktdraht.submissions.demail.taking_in import take_in
from direktdraht.submissions.models import DeMail, Submission, SubmissionFile
from direktdraht.writtenform import actions as writtenform
from direktdraht.writtenform.actions import Evidence, Outcome
from direktdraht.writtenform.rules import RULES
from tests import cast
from tests.pages import appointments, finance_world, matrix, registrations
from tests.submissions import objection, way

HOST = "127.0.0.1"
WORDS = DecisionWords(
    title="Gebührenbescheid", text="Wir setzen 30 Euro fest.", remedy_text="Sie können binnen eines Monats widersprechen."
)


def noa() -> Account:
    """Another resident, who has nothing to do with robin's things."""
    return cast.person("noa@example.org", "Noa Lindner")


def pat() -> Account:
    """A new clerk of the waste unit, who has not set up a second factor yet."""
    return cast.staff("pat@musterstadt.example", "Pat Nowak", cast.abfall(), Role.CLERK, second_factor=False)


ACCOUNTS = (None, noa, cast.robin, cast.kim, pat, cast.alex, cast.sascha, cast.toni, cast.mika, cast.jo)
ROLES = dict(zip(matrix.ROLES, ACCOUNTS, strict=True))
# Addresses after which a browser may be signed in no longer.
TOUCH_THE_SESSION = ("account_", "mfa_")


@dataclass(frozen=True)
class World:
    """What stands in addresses."""

    series: str
    drawn_series: str
    party: str
    party_draft: str
    offered: int
    kept_place: int
    waiting_place: int
    cancelled_party: str
    cancelled_place: int
    wished: int
    asking_offer: int
    course_date: int
    certified: int
    draft: str
    sent: str
    number: str
    open_number: str
    closed_number: str
    frozen: str
    demail: str
    code: str
    signed_number: str
    declaration: str
    evidence: str
    opened_letter: str
    picture: str
    kept_picture: str
    thread_picture: str
    letter: str
    service: str
    form: str
    question: str
    proposal: int
    own_rule: int
    membership: int
    order: str
    paid_order: str
    drawer: str
    job: int
    mail: str
    visit: str
    visit_token: str
    held_token: str
    offer_token: str
    wish_token: str
    site: int
    counter: int
    occasion: int
    site_feed: str
    hall_kiosk: str
    hall_display: str
    number_token: str
    hall_number: str
    called_number: str
    hours: int
    exception: int
    phone_hold: str
    confirmation: str
    reset_user: str
    reset_key: str
    desk_order: str
    bank_entry: int
    done_entry: int
    debit_entry: int
    held_entry: int
    bank_file: str
    refused_file: str
    refund: str
    released_refund: str
    pay_first_rule: int
    fee_rule: int
    ordering_rule: int
    retention_rule: int
    profile: int
    own_order: str
    own_refund: str


def client_of(role: str) -> Client:
    """A browser of somebody, with the host name of this machine."""
    client = Client(SERVER_NAME=HOST)
    account = ROLES[role]
    return client if account is None else cast.signed_in(client, account())


def read_to_the_end(response: HttpResponseBase) -> HttpResponseBase:
    """The response, its file closed if it is one."""
    if response.streaming:
        list(response)
    return response


def build() -> World:
    """Make everybody and everything; call it once in a database."""
    for account in ROLES.values():
        if account is not None:
            account()
    for key in cast.UNITS:
        cast.unit(key)
    browser = client_of("robin")
    decided, running, closed = way.sent(browser, (way.picture(),)), way.sent(browser), way.sent(browser)
    letter, opened_letter = decide(decided.case), decide(closed.case)
    retrieve_and_close(closed.case)
    ask_and_draft(running.case)
    draft = begin_draft(browser)
    waiting = objection.frozen(browser)
    signed = unmatched_case(browser)
    new_account = cast.person("neu@example.org", "Mo Adler")
    address = EmailAddress.objects.get(user=new_account)
    address.verified = False
    address.save()
    journal.seal_pending()
    tomorrow = RULES[0].model_copy(update={"valid_from": clock.today() + timedelta(days=1), "valid_to": None})
    own_rule = writtenform.add_rule(tomorrow, reason="Landesrecht", by=cast.jo())
    return World(
        own_rule=own_rule.pk,
        draft=str(draft),
        sent=str(decided.pk),
        number=decided.case.number,
        open_number=running.case.number,
        closed_number=closed.case.number,
        frozen=str(waiting.draft_id),
        demail=held_demail(),
        code=waiting.code,
        signed_number=signed.number,
        declaration=str(waiting.document_id),
        evidence=str(signed.proofs.get().proof.evidence.get().document_id),
        opened_letter=str(opened_letter),
        picture=str(SubmissionFile.objects.get(submission=decided).document_id),
        kept_picture=str(Document.objects.get(owner_kind="draft", owner_id=str(decided.pk)).pk),
        thread_picture=str(Document.objects.get(owner_kind="case_message", name="hof.jpg", owner_id__in=messages_of(decided.case)).pk),
        letter=str(letter),
        service=Service.objects.get(form_key=way.FORM).key,
        form=way.FORM,
        question="photos",
        proposal=working_draft(),
        order=order_of_fee(running).reference,
        paid_order=paid_order().reference,
        drawer=str(open_drawer().pk),
        membership=Membership.objects.get(account=cast.kim()).pk,
        job=failed_job(),
        mail=str(failed_mail().pk),
        **appointments.values(),
        **registrations.values(),
        confirmation=EmailConfirmationHMAC(address).key,
        reset_user=user_pk_to_url_str(new_account),
        reset_key=default_token_generator.make_token(new_account),
        **vars(finance_world.build()),
    )


def order_of_fee(submission: Submission) -> Order:
    """The open order of a submission's fee; the city can be paid by transfer."""
    setup.save(setup.Setup.model_validate({"iban": "DE89370400440532013000", "bic": "COBADEFFXXX", "bank_name": "Beispielbank"}))
    return ordered(str(submission.pk), 3500)


def ordered(owner_id: str, cents: int) -> Order:
    """An order of robin's."""
    line = payments.WantedLine("Sperrmüll, Eilabholung", cents, "331100")
    payer = payments.Payer(name="Robin Weber", account=cast.robin())
    return payments.create_order(owner_kind="submission", owner_id=owner_id, title="Sperrmüll anmelden", payer=payer, lines=[line])


def paid_order() -> Order:
    """Another order of robin's, paid with something too much, part of which goes back in cash."""
    order = ordered(str(uuid4()), 3050)
    payments.receive(order=order, cents=3500, value_date=clock.today(), source=Source("bank", "E1"))
    refund = payments.request_refund(order=order, cents=450, reason="zu viel", way="cash", by=cast.charlie())
    payments.release_refund(refund=refund, by=cast.mika())
    return order


def open_drawer() -> CashSession:
    """A drawer that mika answers for, and one that is free."""
    drawer = payments.add_drawer(key="rathaus", name="Barkasse Rathaus", unit=cast.hauptamt())
    payments.add_drawer(key="nord", name="Barkasse Nord", unit=cast.hauptamt())
    return payments.open_drawer(drawer=drawer, float_cents=15000, by=cast.mika())


def unmatched_case(browser: Client) -> Case:
    """A case whose signature names the person in another spelling."""
    declaration = objection.frozen(browser)
    outcome = Outcome(
        way="counter",
        level="high",
        signer="ROBIN WEEBER",
        given_at=clock.now(),
        checks=[Check("code", True, "Der Code gehört zu genau dieser Erklärung."), Check("age", None, "Das Alter wurde nicht gefragt.")],
        facts={"person": {"given_name": "Robin", "family_name": "Weeber"}},
        evidence=[Evidence("letter", "brief.pdf", b"%PDF-1.4", "application/pdf")],
    )
    freezing.sign(declaration, outcome)
    return submissions.submit(declaration.draft, seen_digest=declaration.digest).case


def working_draft() -> int:
    """A form on the desk: edited, with a code list, a calculation and a rule in prose; returns the rule's id."""
    toni = cast.toni()
    draft = forms.begin_from_version(FormVersion.objects.get(form_id=way.FORM), by=toni)
    apple = [{"code": "a", "label": {"de": "Apfel"}}]
    entries = {"version": "1", "title": {"de": "Obst"}, "entries": apple}
    added = {"kind": "computed", "label": "Sum", "into": "items"}
    for command, arguments in (("set_list", {"urn": "urn:de:obst", "entries": entries}), ("add_element", added)):
        forms.do(draft, command, arguments, revision=draft.revision, by=toni)
    forms.keep_list(urn="urn:de:obst", version="1", title={"de": "Obst"}, entries=apple, by=toni)
    return draft.proposals.create(source_id="R1", name="Regel", text="Nur wenn das Datum in der Zukunft liegt.", place="day").pk


def decide(case: Case) -> UUID:
    """Decide the case up to the inbox, with everything that can lie in a thread; returns the letter's document."""
    robin = Person(case.pk, "account", cast.robin())
    actions.take(case=case, by=cast.kim())
    actions.ask_back(case=case, text="Ist der Schrank zerlegt?", by=cast.kim())
    actions.write_message(case=case, person=robin, text="Ja, er liegt im Hof.", files=[way.picture("hof.jpg", "green")])
    actions.add_note(case=case, text="Tour 4.", by=cast.kim())
    actions.consent(case=case, person=robin)
    actions.save_draft(case=case, words=WORDS, by=cast.kim())
    actions.release(decision=case.decisions.get(), by=cast.alex())
    actions.dispatch_by_inbox(decision=case.decisions.get(), by=cast.kim())
    letter = Decision.objects.get(case=case).pdf_id
    if letter is None:
        raise LookupError("A released decision has a letter.")
    return letter


def retrieve_and_close(case: Case) -> None:
    """Let the person open the decision, and the city end the case."""
    actions.retrieve(decision=case.decisions.get(), person=Person(case.pk, "account", cast.robin()))
    actions.close(case=case, outcome="done", reason="Der Sperrmüll ist abgeholt.", by=cast.kim())


def ask_and_draft(case: Case) -> None:
    """Leave a case with an answer of the city and the draft of a decision."""
    actions.answer(case=case, text="Wir kommen am Dienstag.", by=cast.kim())
    actions.save_draft(case=case, words=WORDS, by=cast.kim())


def begin_draft(browser: Client) -> UUID:
    """A draft with its first page filled in."""
    draft = way.begin(browser)
    way.post_page(browser, draft, "place", way.PLACE)
    return draft


def messages_of(case: Case) -> list[str]:
    """The ids of a case's messages, as owners of files."""
    return [str(key) for key in case.messages.order_by("pk").values_list("pk", flat=True)]


def failed_job() -> int:
    """A job that was given up."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status, attempts, abort_requested)"
            " VALUES ('default', 'post.send', 0, '{}', 'failed', 5, false) RETURNING id"
        )
        row: tuple[int] = cursor.fetchone()
    return row[0]


def failed_mail() -> Mail:
    """A mail that could not be handed over."""
    mail = Mail.objects.order_by("created_at", "pk").first() or post.queue_mail(
        to="x@example.org", template="cases/mail/answer", context={}
    )
    mail.state, mail.problem = MailState.FAILED, "550 unknown user"
    mail.save()
    return mail


def held_demail() -> str:
    """A mail to the De-Mail account that was too big, held for the clerks of the waste unit."""
    mail = take_in(b"From: robin@example.org\r\nSubject: Zu viel\r\n\r\n", came_by="imap", whole=False)
    DeMail.objects.filter(pk=mail.pk).update(unit=cast.abfall())
    return str(mail.pk)
