"""Every doing in every state: the table says where it leads, or that it is refused."""

from collections.abc import Callable

import pytest
from tests import cast
from tests.cases import factories

from direktdraht.cases import actions
from direktdraht.cases.errors import CaseIsClosed, CasesError, WrongState
from direktdraht.cases.models import Case, State
from direktdraht.cases.states import TRANSITIONS

pytestmark = pytest.mark.django_db


def in_state(state: State) -> Case:
    """A case in a state, reached the honest way."""
    case = factories.bulky_case()
    if state == State.RUNNING:
        case = factories.running_case()
    elif state == State.IN_PROGRESS:
        actions.set_in_progress(case=case, by=cast.kim())
    elif state == State.WAITING:
        actions.ask_back(case=case, text="Wann?", by=cast.kim())
    elif state == State.DECIDED:
        factories.in_inbox(case)
    elif state == State.CLOSED:
        actions.close(case=case, outcome="done", reason="Fertig.", by=cast.kim())
    case.refresh_from_db()
    return case


def marked_as_running(case: Case) -> Case:
    """The same case, as one that runs by itself."""
    Case.objects.filter(pk=case.pk).update(runs=True)
    return case


def answer_where_it_runs(case: Case) -> object:
    return actions.answer(case=marked_as_running(case), text="Hallo.", by=cast.kim())


DOINGS: dict[str, Callable[[Case], object]] = {
    "person_writes": lambda case: actions.write_message(case=case, text="Hallo.", person=factories.speaker(case)),
    "answer_running": answer_where_it_runs,
    "let_run": lambda case: actions.let_run(case=marked_as_running(case), by=cast.kim()),
    "run_out": lambda case: actions.run_out(case=case),
    "answer": lambda case: actions.answer(case=case, text="Hallo.", by=cast.kim()),
    "ask_back": lambda case: actions.ask_back(case=case, text="Wann?", by=cast.kim()),
    "note": lambda case: actions.add_note(case=case, text="Merken.", by=cast.kim()),
    "take": lambda case: actions.take(case=case, by=cast.kim()),
    "assign": lambda case: actions.assign(case=case, to=cast.alex(), by=cast.kim()),
    "forward": lambda case: actions.forward(case=case, to=cast.steueramt(), reason="Falsch hier.", by=cast.kim()),
    "set_in_progress": lambda case: actions.set_in_progress(case=case, by=cast.kim()),
    "draft": factories.draft,
    "close": lambda case: actions.close(case=case, outcome="done", reason="Fertig.", by=cast.kim()),
    "reopen": lambda case: actions.reopen(case=case, by=cast.kim()),
    "object": lambda case: actions.object_to(case=case, text="Nein.", person=factories.speaker(case)),
}


# A running case is answered by a row of its own; what runs or must be answered stays as it is without a refusal (test_running).
ELSEWHERE = {("answer", State.RUNNING), ("let_run", State.RUNNING), *(("run_out", state) for state in State if state != State.RUNNING)}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("doing", list(DOINGS))
def test_a_doing_leads_where_the_table_says(doing: str, state: State) -> None:
    if (doing, state) in ELSEWHERE:
        return
    case = in_state(state)
    expected = TRANSITIONS[doing].get(state)

    if expected is None:
        with pytest.raises(CaseIsClosed if state == State.CLOSED else WrongState):
            DOINGS[doing](case)
        return
    DOINGS[doing](case)

    case.refresh_from_db()
    assert case.state == expected


@pytest.mark.parametrize("state", list(State))
def test_release_and_dispatch_follow_the_table(state: State) -> None:
    case = in_state(State.IN_PROGRESS if state == State.CLOSED else state)
    decision = factories.released(case)
    actions.consent(case=case, person=factories.speaker(case))
    if state == State.CLOSED:
        actions.close(case=case, outcome="done", reason="Fertig.", by=cast.kim())
        with pytest.raises(CaseIsClosed):
            actions.dispatch_by_inbox(decision=decision, by=cast.kim())
        return

    actions.dispatch_by_inbox(decision=decision, by=cast.kim())

    case.refresh_from_db()
    assert case.state == State.DECIDED


def test_every_doing_of_the_table_is_tried_here() -> None:
    assert set(TRANSITIONS) - set(DOINGS) == {"release", "dispatch", "withdraw"}


def test_every_refusal_has_a_sentence() -> None:
    def below(kind: type[CasesError]) -> list[type[CasesError]]:
        return [kind, *(deeper for each in kind.__subclasses__() for deeper in below(each))]

    for kind in below(CasesError):
        assert str(kind()).endswith(".")
