"""A decision goes from draft to final, with dates from the law's rows; unretrieved ones are withdrawn."""

import unicodedata
from datetime import UTC, date, datetime

import pytest
from tests import cast
from tests.cases import factories
from tests.harness.pdfs import font_families, words_of

from direktdraht.cases import actions, jobs
from direktdraht.cases.actions.decisions import DecisionWords
from direktdraht.cases.decision_pdf import decision_pdf
from direktdraht.cases.errors import AccessNotOpened, InboxEnded, NotAllowed, WrongDay, WrongState
from direktdraht.cases.models import Decision, DecisionState, MessageKind, State, Way
from direktdraht.foundation import clock
from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.post.models import Mail
from direktdraht.people import actions as people

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SPECIAL = "ḫẖḑṉ Ḫasan H̱addād-Ḑaļņş Ṉaṯān, Łukasiewicz, M\u0302ary"


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, 0, tzinfo=UTC)


def kinds(decision: Decision) -> list[str]:
    rows = Entry.objects.filter(subject=decision.case.subject, kind__startswith="decision.").order_by("id")
    return [row.kind for row in rows]


def test_saving_again_changes_the_one_draft() -> None:
    case = factories.bulky_case()
    first = factories.draft(case)

    second = actions.save_draft(case=case, words=DecisionWords("Anderer Titel", "Anderer Text"), by=cast.kim())

    assert second.pk == first.pk
    assert (second.title, second.version) == ("Anderer Titel", 1)


def test_with_four_eyes_the_author_may_not_release_unless_they_lead() -> None:
    people.set_four_eyes(unit=cast.abfall(), on=True)
    case = factories.bulky_case()
    mine = factories.draft(case)

    with pytest.raises(NotAllowed):
        actions.release(decision=mine, by=cast.kim())
    lead_draft = factories.draft(factories.bulky_case(), by=cast.alex())

    assert actions.release(decision=lead_draft, by=cast.alex()).state == DecisionState.RELEASED


def test_without_four_eyes_one_clerk_decides_alone() -> None:
    mine = factories.draft(factories.bulky_case())

    assert actions.release(decision=mine, by=cast.kim()).released_by == cast.kim()


def test_a_released_decision_has_a_letter_and_a_digest_in_the_journal() -> None:
    decision = factories.released(factories.bulky_case())

    row = Entry.objects.get(subject=decision.case.subject, kind="decision.released")

    assert decision.pdf is not None
    assert decision.pdf.content_type == "application/pdf"
    assert row.digest
    assert row.facts["four_eyes"] is True
    with pytest.raises(WrongState):
        actions.release(decision=decision, by=cast.alex())


def test_by_inbox_only_after_the_person_opened_that_way() -> None:
    decision = factories.released(factories.bulky_case())

    with pytest.raises(AccessNotOpened):
        actions.dispatch_by_inbox(decision=decision, by=cast.kim())


def test_retrieval_begins_the_clock_and_the_first_one_counts() -> None:
    with clock.frozen(TUESDAY):
        case = factories.bulky_case()
        decision = factories.in_inbox(case)
    assert decision.withdraw_on == date(2026, 12, 4)

    with clock.frozen(at(2026, 11, 25)):
        opened = actions.retrieve(decision=decision, person=factories.speaker(case))
    with clock.frozen(at(2026, 11, 30)):
        again = actions.retrieve(decision=decision, person=factories.speaker(case))

    assert opened.known_on == date(2026, 11, 26)
    assert opened.final_on == date(2026, 12, 28)
    assert again.retrieved_at == opened.retrieved_at
    assert [kept["rule"] for kept in again.rules] == ["own-inbox-withdrawal", "own-inbox", "objection"]
    case.refresh_from_db()
    assert case.state == State.DECIDED
    assert "liegt ein Bescheid zum Abruf bereit" in Mail.objects.get(template="cases/mail/decision").text


def test_known_and_final_come_with_their_days() -> None:
    with clock.frozen(TUESDAY):
        case = factories.bulky_case()
        decision = factories.in_inbox(case)
        actions.retrieve(decision=decision, person=factories.speaker(case))

    for day, expected in ((24, DecisionState.DISPATCHED), (25, DecisionState.KNOWN)):
        with clock.frozen(at(2026, 11, day)):
            jobs.settle_decisions(0)
        decision.refresh_from_db()
        assert decision.state == expected
    assert decision.final_on == date(2026, 12, 28)
    for day, expected in ((28, DecisionState.KNOWN), (29, DecisionState.FINAL)):
        with clock.frozen(at(2026, 12, day)):
            jobs.settle_decisions(0)
        decision.refresh_from_db()
        assert decision.state == expected
    assert kinds(decision)[-2:] == ["decision.known", "decision.final"]


def test_an_unretrieved_decision_is_withdrawn_and_the_clerk_told() -> None:
    with clock.frozen(TUESDAY):
        case = factories.bulky_case()
        decision = factories.in_inbox(case)

    with clock.frozen(at(2026, 12, 5)):
        with pytest.raises(InboxEnded):
            actions.retrieve(decision=decision, person=factories.speaker(case))
        assert jobs.settle_decisions(0) == 1
        assert jobs.settle_decisions(0) == 0

    decision.refresh_from_db()
    case.refresh_from_db()
    assert decision.state == DecisionState.WITHDRAWN
    assert case.state == State.IN_PROGRESS
    assert case.unread_by_staff
    assert "nicht abgerufen" in case.messages.get(kind=MessageKind.INTERNAL).text


@pytest.mark.parametrize("later", ["asked", "closed"])
def test_withdrawing_works_whatever_happened_meanwhile(later: str) -> None:
    with clock.frozen(TUESDAY):
        case = factories.bulky_case()
        factories.in_inbox(case)
        if later == "asked":
            actions.set_in_progress(case=case, by=cast.kim())
            actions.ask_back(case=case, text="Haben Sie den Bescheid gesehen?", by=cast.kim())
        else:
            actions.close(case=case, outcome="done", reason="Beschieden.", by=cast.kim())

    with clock.frozen(at(2026, 12, 5)):
        assert jobs.settle_decisions(0) == 1

    case.refresh_from_db()
    assert (case.state, case.outcome, case.closed_at) == (State.IN_PROGRESS, "", None)
    assert case.promise_due


def test_a_withdrawn_decision_goes_by_post() -> None:
    with clock.frozen(TUESDAY):
        decision = factories.in_inbox(factories.bulky_case())
    with clock.frozen(at(2026, 12, 7)):
        jobs.settle_decisions(0)
        decision = actions.dispatch_by_print(decision=decision, posted_on=date(2026, 12, 7), by=cast.kim())

    assert decision.known_on == date(2026, 12, 11)
    assert decision.way == Way.PRINT


def test_post_counts_from_the_day_of_posting() -> None:
    with clock.frozen(TUESDAY):
        decision = factories.released(factories.bulky_case())
        with pytest.raises(WrongDay):
            actions.dispatch_by_print(decision=decision, posted_on=date(2026, 11, 25), by=cast.kim())
        with pytest.raises(WrongDay):
            actions.dispatch_by_print(decision=decision, posted_on=date(2026, 11, 23), by=cast.kim())
        decision = actions.dispatch_by_print(decision=decision, posted_on=date(2026, 11, 24), by=cast.kim())

    assert (decision.known_on, decision.final_on) == (date(2026, 11, 28), date(2026, 12, 28))
    with pytest.raises(WrongState):
        actions.dispatch_by_print(decision=decision, posted_on=date(2026, 11, 24), by=cast.kim())


def test_without_information_on_remedies_the_period_is_a_year() -> None:
    with clock.frozen(TUESDAY):
        decision = factories.released(factories.bulky_case(), remedy_text="")
        decision = actions.dispatch_by_print(decision=decision, posted_on=date(2026, 11, 24), by=cast.kim())

    assert decision.final_on == date(2027, 11, 29)


def test_tax_law_counts_from_provision_not_from_retrieval() -> None:
    with clock.frozen(TUESDAY):
        case = factories.open_bulky_case(law="ao")[0]
        decision = factories.in_inbox(case)

    assert decision.known_on == date(2026, 11, 30)
    assert decision.withdraw_on is None


def test_an_objection_in_time_keeps_it_from_becoming_final() -> None:
    with clock.frozen(TUESDAY):
        case = factories.bulky_case()
        decision = factories.in_inbox(case)
        actions.retrieve(decision=decision, person=factories.speaker(case))
    with clock.frozen(at(2026, 12, 1)):
        jobs.settle_decisions(0)
        actions.object_to(case=case, text="Ich widerspreche.", person=factories.speaker(case))
    with clock.frozen(at(2027, 1, 10)):
        jobs.settle_decisions(0)

    decision.refresh_from_db()
    case.refresh_from_db()
    assert decision.state == DecisionState.KNOWN
    assert case.state == State.IN_PROGRESS


def test_a_late_objection_is_taken_and_noted_as_late() -> None:
    with clock.frozen(TUESDAY):
        case = factories.bulky_case()
        decision = factories.in_inbox(case)
        actions.retrieve(decision=decision, person=factories.speaker(case))
    with clock.frozen(at(2027, 1, 10)):
        jobs.settle_decisions(0)
        actions.object_to(case=case, text="Ich widerspreche.", person=factories.speaker(case))

    decision.refresh_from_db()
    assert decision.state == DecisionState.FINAL
    assert Entry.objects.get(subject=case.subject, kind="case.objected").facts["late"] is True


def test_the_letter_carries_every_letter_of_a_name() -> None:
    case = factories.bulky_case()
    case.person_name = SPECIAL
    case.save()
    decision = factories.draft(case)
    decision.case = case

    pdf = decision_pdf(decision)

    text = words_of(pdf)
    for word in ("Ḫasan", "H̱addād-Ḑaļņş", "Ṉaṯān", "ḫẖḑṉ", "Łukasiewicz", "M\u0302", "Gebührenbescheid", case.number):
        assert unicodedata.normalize("NFC", word) in text
    assert font_families(pdf) <= {"FiraSans", "NotoSans"}


def test_words_cannot_become_typst_code() -> None:
    case = factories.bulky_case()
    words = DecisionWords(title='#panic("x")', text='#read("/etc/passwd") $x$ *fett* \\ "Zitat"')
    decision = actions.save_draft(case=case, words=words, by=cast.kim())

    text = words_of(decision_pdf(decision))

    assert '#read("/etc/passwd") $x$ *fett*' in text
