"""What staff do: each action has its own address."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from direktdraht.cases import access, actions
from direktdraht.cases.actions.decisions import DecisionWords
from direktdraht.cases.inputs import AssignForm, CloseForm, DecisionForm, ForwardForm, PostedForm, WordsForm
from direktdraht.cases.models import Case, Message
from direktdraht.cases.pages import told, tried
from direktdraht.cases.staff_views import conversation, decision_context, private
from direktdraht.people.access import account_of, staff_required
from direktdraht.people.models import Account
from direktdraht.people.queries import all_units, staff_of


@private
@require_POST
@staff_required()
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Answer the person."""
    return write(request, number, actions.answer)


@private
@require_POST
@staff_required()
def ask_back(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the person something."""
    return write(request, number, actions.ask_back)


@private
@require_POST
@staff_required()
def note(request: HttpRequest, number: str) -> HttpResponse:
    """Keep an internal note."""
    return write(request, number, actions.add_note)


def write(request: HttpRequest, number: str, action: Callable[..., Message]) -> HttpResponse:
    """Write a message with ``action``; a mistake shows the conversation again with the words kept."""
    case, me = fetched(request, number)
    form = WordsForm(request.POST, request.FILES, auto_id="antwort-%s")
    if form.is_valid():
        given = form.cleaned_data
        if tried(form, lambda: action(case=case, text=given["text"], by=me, token=given["token"], files=given["uploads"])):
            return redirect("cases:staff_case", case.number)
    return render(request, "cases/staff/conversation.html", conversation(case, me, form), status=422)


@private
@require_POST
@staff_required()
@told
def take(request: HttpRequest, number: str) -> HttpResponse:
    """Take the case."""
    case, me = fetched(request, number)
    actions.take(case=case, by=me)
    return redirect("cases:staff_case", case.number)


@private
@require_http_methods(["GET", "POST"])
@staff_required()
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """Give the case to a member of the unit."""
    case, me = fetched(request, number)
    form = AssignForm(request.POST or None, initial={"to": case.assignee_id})
    members = staff_of(case.unit).filter(memberships__role__in=access.WORKING_ROLES)
    form.fields["to"].queryset = members  # type: ignore[attr-defined]  # a ModelChoiceField
    if request.method == "POST" and form.is_valid() and tried(form, lambda: actions.assign(case=case, to=form.cleaned_data["to"], by=me)):
        return redirect("cases:staff_case", case.number)
    return form_page(request, "assign", case, form)


@private
@require_http_methods(["GET", "POST"])
@staff_required()
def forward(request: HttpRequest, number: str) -> HttpResponse:
    """Hand the case to another unit."""
    case, me = fetched(request, number)
    form = ForwardForm(request.POST or None)
    form.fields["unit"].queryset = all_units().exclude(pk=case.unit_id)  # type: ignore[attr-defined]  # a ModelChoiceField
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if tried(form, lambda: actions.forward(case=case, to=given["unit"], reason=given["reason"], by=me, token=given["token"])):
            return redirect("cases:desk")
    return form_page(request, "forward", case, form)


@private
@require_http_methods(["GET", "POST"])
@staff_required()
def close(request: HttpRequest, number: str) -> HttpResponse:
    """Close the case."""
    case, me = fetched(request, number)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if tried(form, lambda: actions.close(case=case, outcome=given["outcome"], reason=given["reason"], by=me, token=given["token"])):
            return redirect("cases:staff_case", case.number)
    return form_page(request, "close", case, form)


@private
@require_POST
@staff_required()
@told
def reopen(request: HttpRequest, number: str) -> HttpResponse:
    """Open a closed case again."""
    case, me = fetched(request, number)
    actions.reopen(case=case, by=me)
    return redirect("cases:staff_case", case.number)


@private
@require_POST
@staff_required()
@told
def set_in_progress(request: HttpRequest, number: str) -> HttpResponse:
    """Say that work goes on."""
    case, me = fetched(request, number)
    actions.set_in_progress(case=case, by=me)
    return redirect("cases:staff_case", case.number)


@private
@require_POST
@staff_required()
@told
def let_run(request: HttpRequest, number: str) -> HttpResponse:
    """Let a case run on by itself, without an answer."""
    case, me = fetched(request, number)
    actions.let_run(case=case, by=me)
    return redirect("cases:staff_case", case.number)


@private
@require_POST
@staff_required()
def save_draft(request: HttpRequest, number: str) -> HttpResponse:
    """Keep the draft of a decision."""
    case, me = fetched(request, number)
    form = DecisionForm(request.POST)
    if form.is_valid() and tried(form, lambda: actions.save_draft(case=case, words=DecisionWords(**form.cleaned_data), by=me)):
        return redirect("cases:staff_decision", case.number)
    return render(request, "cases/staff/decision.html", decision_context(case, me, form=form), status=422)


@private
@require_POST
@staff_required()
@told
def release(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """Release the draft."""
    case, me = fetched(request, number)
    actions.release(decision=access.get_decision(case, version), by=me)
    return redirect("cases:staff_decision", case.number)


@private
@require_POST
@staff_required()
@told
def dispatch_by_inbox(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """Provide the decision for retrieval."""
    case, me = fetched(request, number)
    actions.dispatch_by_inbox(decision=access.get_decision(case, version), by=me)
    return redirect("cases:staff_decision", case.number)


@private
@require_POST
@staff_required()
@told
def dispatch_by_channel(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """Send the decision over the channel that the person opened."""
    case, me = fetched(request, number)
    actions.dispatch_by_channel(decision=access.get_decision(case, version), by=me)
    return redirect("cases:staff_decision", case.number)


@private
@require_POST
@staff_required()
def dispatch_by_print(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """Confirm the day of posting."""
    case, me = fetched(request, number)
    decision = access.get_decision(case, version)
    form = PostedForm(request.POST)
    if form.is_valid():
        day = form.cleaned_data["posted_on"]
        if tried(form, lambda: actions.dispatch_by_print(decision=decision, posted_on=day, by=me)):
            return redirect("cases:staff_decision", case.number)
    return render(request, "cases/staff/decision.html", decision_context(case, me, posted=form), status=422)


def fetched(request: HttpRequest, number: str) -> tuple[Case, Account]:
    """The case to act in, and who acts."""
    me = account_of(request)
    return access.get_case_to_work(me, number), me


def form_page(request: HttpRequest, name: str, case: Case, form: forms.Form) -> HttpResponse:
    """A page with one form about a case."""
    return render(request, f"cases/staff/{name}.html", {"case": case, "form": form}, status=422 if form.errors else 200)
