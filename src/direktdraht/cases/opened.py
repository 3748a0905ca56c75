"""Which case a session has opened with its key: exactly one, until it is ended or the session is."""

from django.http import Http404, HttpRequest

from direktdraht.cases.access import Person, get_case_for_person, get_case_still_open, mark_of
from direktdraht.cases.models import Case
from direktdraht.foundation import clock

SESSION_KEY = "opened_case"
SECONDS_OPEN = 2 * 3600


def remember(request: HttpRequest, case: Case) -> None:
    """Keep in the session that this case was opened with its key; the session gets a new id."""
    request.session.cycle_key()
    request.session[SESSION_KEY] = {"number": case.number, "mark": mark_of(case), "at": int(clock.now().timestamp())}


def forget(request: HttpRequest) -> None:
    """End it; the session goes on under a new id, so that drafts of forms are kept."""
    request.session.pop(SESSION_KEY, None)
    request.session.cycle_key()


def get_case(request: HttpRequest, number: str) -> tuple[Case, Person]:
    """The case as its person: by the key given earlier in this session (at most two hours ago), or by account.

    Raises Http404.
    """
    kept = request.session.get(SESSION_KEY)
    if isinstance(kept, dict) and kept.get("number") == number and clock.now().timestamp() - kept["at"] < SECONDS_OPEN:
        return get_case_still_open(number, kept["mark"], request.user)
    return get_case_for_person(request.user, number)


def is_person_of(request: HttpRequest, case: Case) -> bool:
    """Whether the session speaks for the person of this case."""
    try:
        get_case(request, case.number)
    except Http404:
        return False
    return True
