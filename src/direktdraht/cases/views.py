"""Pages of the person: open a case with number and key, read, answer, retrieve a decision, object."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from direktdraht.cases import access, actions, clocks, opened, queries, shown
from direktdraht.cases.errors import CasesError
from direktdraht.cases.inputs import EnterForm, WordsForm
from direktdraht.cases.models import Case, Decision, DecisionState, State, Way
from direktdraht.cases.owners import open_to_person
from direktdraht.cases.pages import told, tried
from direktdraht.cases.registries import matter_of
from direktdraht.payments.queries import orders_of
from direktdraht.payments.shown import cost_words
from direktdraht.people.models import Account

private = cache_control(private=True, no_store=True)


@private
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for number and key; a signed-in person gets to their own case without a key."""
    number = request.GET.get("nummer", "")[:40]
    if request.method == "GET":
        try:
            case, _person = opened.get_case(request, number)
        except Http404:
            return render(request, "cases/enter.html", {"form": EnterForm(initial={"number": number})})
        return redirect("cases:case", case.number)
    form = EnterForm(request.POST)
    if form.is_valid():
        given, key = form.cleaned_data["number"], form.cleaned_data["key"]
        try:
            case, _person = access.get_case_by_key(given, key, request.META.get("REMOTE_ADDR", ""))
        except CasesError as error:
            form.add_error(None, str(error))
        else:
            opened.remember(request, case)
            return redirect("cases:case", case.number)
    return render(request, "cases/enter.html", {"form": form}, status=422)


@private
@require_GET
def case_page(request: HttpRequest, number: str) -> HttpResponse:
    """The case as its person sees it; without access the way leads to number and key."""
    try:
        case, person = opened.get_case(request, number)
    except Http404:
        return to_entry(number)
    context = case_context(request, case, person, words_form("antwort"))
    answer = render(request, "cases/case.html", context)
    if any(message.is_new for message in context["messages_shown"]):
        actions.mark_read_by_person(case=case, person=person)
    return answer


@private
@require_POST
def write(request: HttpRequest, number: str) -> HttpResponse:
    """Send a message."""
    case, person = opened.get_case(request, number)
    form = words_form("antwort", request)
    if form.is_valid():
        given = form.cleaned_data
        words = {"text": given["text"], "token": given["token"], "files": given["uploads"], "language": get_language() or "de"}
        if tried(form, lambda: actions.write_message(case=case, person=person, **words)):
            return redirect(reverse("cases:case", args=[case.number]) + "#ende")
    return render(request, "cases/case.html", case_context(request, case, person, form), status=422)


@private
@require_http_methods(["GET", "POST"])
def object_to(request: HttpRequest, number: str) -> HttpResponse:
    """Object to a decision or to the end of the case."""
    case, person = opened.get_case(request, number)
    form = words_form("widerspruch", request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        words = {"text": given["text"], "token": given["token"], "files": given["uploads"], "language": get_language() or "de"}
        if tried(form, lambda: actions.object_to(case=case, person=person, **words)):
            return redirect("cases:case", case.number)
    return render(request, "cases/object.html", {"case": case, "form": form}, status=422 if form.errors else 200)


@private
@require_POST
@told
def consent(request: HttpRequest, number: str) -> HttpResponse:
    """Agree to electronic decisions."""
    case, person = opened.get_case(request, number)
    actions.consent(case=case, person=person)
    return redirect("cases:case", case.number)


@private
@require_POST
@told
def take_back_consent(request: HttpRequest, number: str) -> HttpResponse:
    """Take the agreement back."""
    case, person = opened.get_case(request, number)
    actions.take_back_consent(case=case, person=person)
    return redirect("cases:case", case.number)


@private
@require_POST
@told
def claim(request: HttpRequest, number: str) -> HttpResponse:
    """Take the case into the signed-in account."""
    case, person = opened.get_case(request, number)
    if not isinstance(request.user, Account):
        return redirect_to_login(reverse("cases:case", args=[case.number]))
    actions.claim(case=case, person=person, account=request.user)
    return redirect("cases:case", case.number)


@private
@require_POST
def end(request: HttpRequest, number: str) -> HttpResponse:
    """Close the case in this browser: the key is needed again."""
    opened.forget(request)
    return redirect("cases:enter")


@private
@require_GET
def decision_page(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """A decision: before retrieval what opening means, afterwards its words and dates."""
    try:
        case, _person = opened.get_case(request, number)
    except Http404:
        return to_entry(number)
    decision = sent_decision(case, version)
    context = {
        "case": case,
        "decision": decision,
        "is_open": open_to_person(decision),
        "can_open": can_open(decision),
        "clocks": clocks.decision_clocks(decision),
        "counts_from_retrieval": clocks.counts_from_retrieval(decision),
    }
    return render(request, "cases/decision.html", context)


@private
@require_POST
@told
def retrieve(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """Open the decision: this is the retrieval."""
    case, person = opened.get_case(request, number)
    actions.retrieve(decision=sent_decision(case, version), person=person)
    return redirect("cases:decision", case.number, version)


def sent_decision(case: Case, version: int) -> Decision:
    """A decision that was sent to the person; others do not exist for them."""
    decision = access.get_decision(case, version)
    if decision.state in {DecisionState.DRAFT, DecisionState.RELEASED}:
        raise Http404
    return decision


def can_open(decision: Decision) -> bool:
    """Whether it lies in the inbox and was not opened yet."""
    return decision.state == DecisionState.DISPATCHED and decision.way == Way.INBOX and decision.retrieved_at is None


def to_entry(number: str) -> HttpResponse:
    """To the page that asks for the key, whether the number exists or not."""
    return redirect(f"{reverse('cases:enter')}?{urlencode({'nummer': number})}")


def words_form(prefix: str, request: HttpRequest | None = None) -> WordsForm:
    """The form for a message; bound when the request posts one."""
    if request is not None and request.method == "POST":
        return WordsForm(request.POST, request.FILES, auto_id=f"{prefix}-%s")
    return WordsForm(auto_id=f"{prefix}-%s")


def case_context(request: HttpRequest, case: Case, person: access.Person, form: WordsForm) -> dict[str, Any]:
    """Everything the person's page shows."""
    decisions = queries.decisions_for_person(case)
    matter = matter_of(case)
    return {
        "case": case,
        "form": form,
        "state": shown.person_state_word(case),
        "messages_shown": shown.for_person(queries.public_part(queries.thread(case))),
        "panel": shown.promise_panel(case, for_person=True),
        "decisions": [(decision, can_open(decision)) for decision in decisions],
        "clocks": clocks.case_clocks(case, decisions),
        "signed": queries.proofs_of(case)[-1:],
        "orders": [(order, cost_words(order)) for order in orders_of(*matter.orders)] if matter.orders[0] else [],
        "matter": matter,
        "looks": [shown.look_words(look) for look in queries.looks_at(case)],
        "can_write": case.is_open,
        "can_object": case.state in {State.DECIDED, State.CLOSED},
        "can_claim": isinstance(request.user, Account) and case.account_id is None,
        "has_address": bool(case.person_email or case.account_id),
        "by_key": person.way == "key",
    }
