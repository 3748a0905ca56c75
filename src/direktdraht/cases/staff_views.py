"""Pages of staff: the desk and the case with its tabs. Every look is recorded."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from direktdraht.cases import access, actions, clocks, desk, history, queries, shown
from direktdraht.cases.inputs import DecisionForm, PostedForm, WordsForm
from direktdraht.cases.models import Case, CaseProof, Decision, DecisionState, Message, State
from direktdraht.cases.registries import Channel, Matter, Origin, channels, matter_of, origins
from direktdraht.foundation.web.csv_files import csv_file
from direktdraht.foundation.web.maps import with_map
from direktdraht.foundation.web.tables import Cell, Column, Pages, Row, Tab, Table, sorting_column
from direktdraht.payments.queries import orders_of
from direktdraht.payments.shown import cost_words
from direktdraht.people.access import account_of, staff_required
from direktdraht.people.models import Account, Unit
from direktdraht.services.models import WrittenForm

private = cache_control(private=True, no_store=True)
NAMES = {"box": "liste", "show": "zeige", "search": "suche", "sort": "sortierung", "after": "nach"}
SHOW_WORDS = {"open": "offen", "overdue": "ueberfaellig", "unread": "ungelesen", "running": "laufend", "closed": "abgeschlossen"}
SHOWS = {word: show for show, word in SHOW_WORDS.items()}
SORT_WORDS = {"due": "frist", "-due": "-frist", "received": "eingang", "-received": "-eingang"}
SORTS = {word: sort for sort, word in SORT_WORDS.items()}


@private
@require_GET
@staff_required("clerk", "lead")
def desk_page(request: HttpRequest) -> HttpResponse:
    """The list of cases before the clerk."""
    me = account_of(request)
    units, wish = access.working_units(me), wish_of(request)
    found, counts = desk.page(me, units, wish), desk.tallies(me, units)
    later = address(replace(wish, after=found.next_place)) if found.next_place else ""
    first = address(replace(wish, after="")) if wish.after else ""
    context = {
        "title": box_title(wish, units),
        "wish": wish,
        "side": side_links(wish, units, counts),
        "views": view_links(wish, counts),
        "filters": [] if wish.search else filter_links(wish, counts),
        "table": desk_table(found.cases, wish),
        "pages": Pages(page_words(found.cases), first, later),
        "export_url": address(replace(wish, after=""), "cases:export"),
    }
    return render(request, "cases/staff/desk.html", context)


@private
@require_GET
@staff_required("clerk", "lead")
def export(request: HttpRequest) -> HttpResponse:
    """The list as a CSV file, safe to open in a spreadsheet program."""
    me = account_of(request)
    cases = list(desk.exported(me, access.working_units(me), wish_of(request)))
    actions.record_export(by=me, rows=len(cases))
    head = [_("Nummer"), _("Anliegen"), _("Name"), _("Stand"), _("Eingang"), _("Antwort bis"), _("Zuständig"), _("Stelle")]
    return csv_file("vorgaenge", head, (cells_of(case) for case in cases))


@private
@require_GET
@staff_required()
def case_page(request: HttpRequest, number: str) -> HttpResponse:
    """The conversation, and the field to answer."""
    case, me = looked_at(request, number)
    context = conversation(case, me, WordsForm(auto_id="antwort-%s"))
    actions.mark_read_by_staff(case=case, by=me)
    return render(request, "cases/staff/conversation.html", context)


@private
@require_GET
@staff_required()
def application(request: HttpRequest, number: str) -> HttpResponse:
    """What was sent, shown by the room it came from."""
    case, me = looked_at(request, number)
    origin = origin_of(case)
    sections = [] if origin is None else list(origin.sections(case.origin_ref))
    files = [] if origin is None else list(origin.files(case.origin_ref))
    has_map = any(section.places for section in sections)
    context = {**frame(case, me, "application"), "sections": sections, "files": files, "has_map": has_map}
    return with_map(render(request, "cases/staff/application.html", context), needed=has_map)


@private
@require_GET
@staff_required()
def files(request: HttpRequest, number: str) -> HttpResponse:
    """All files of the conversation."""
    case, me = looked_at(request, number)
    context = frame(case, me, "files")
    groups = [(message, shown.shown(message, is_new=False).files) for message in context["messages"] if message.files.all()]
    return render(request, "cases/staff/files.html", {**context, "groups": groups})


@private
@require_GET
@staff_required()
def decision(request: HttpRequest, number: str) -> HttpResponse:
    """The decisions of the case, and the draft."""
    case, me = looked_at(request, number)
    return render(request, "cases/staff/decision.html", decision_context(case, me))


@private
@require_GET
@staff_required()
def history_page(request: HttpRequest, number: str) -> HttpResponse:
    """What happened, from the journal."""
    case, me = looked_at(request, number)
    entries = queries.history(case)
    lines = history.in_words(entries, queries.actors_of(entries))
    return render(request, "cases/staff/history.html", {**frame(case, me, "history"), "lines": lines})


def looked_at(request: HttpRequest, number: str) -> tuple[Case, Account]:
    """Fetch the case with its check and record the look."""
    me = account_of(request)
    case = access.get_case_for(me, number)
    actions.record_look(case=case, by=me)
    return case, me


def conversation(case: Case, me: Account, form: WordsForm) -> dict[str, Any]:
    """Everything the conversation tab shows."""
    context = frame(case, me, "case")
    return {**context, "form": form, "messages_shown": shown.for_staff(context["messages"])}


def decision_context(case: Case, me: Account, form: DecisionForm | None = None, posted: PostedForm | None = None) -> dict[str, Any]:
    """Everything the decision tab shows."""
    found = queries.decisions_of(case)
    draft = next((each for each in found if each.state == DecisionState.DRAFT), None)
    first = {name: getattr(draft, name) for name in ("title", "text", "remedy", "remedy_text")} if draft else {"title": case.title}
    ready = next((each for each in reversed(found) if each.state in {DecisionState.RELEASED, DecisionState.WITHDRAWN}), None)
    return {
        **frame(case, me, "decision"),
        "draft": draft,
        "form": form or DecisionForm(initial=first),
        "may_release": draft is not None and access.may_release(me, case, draft),
        "ready": ready,
        "channel": open_channel_of(case),
        "may_write": may_write(case, me, draft, ready),
        "posted": posted or PostedForm(),
        "sent": [(each, clocks.decision_clocks(each)) for each in found if each.dispatched_on],
    }


def open_channel_of(case: Case) -> Channel | None:
    """The channel that the person opened, if something can be sent over it now."""
    found = channels.get(case.channel) if case.channel in channels else None
    return found if found is not None and not found.problems() else None


def may_write(case: Case, me: Account, draft: Decision | None, ready: Decision | None) -> bool:
    """Whether the page offers to write a decision: not while one is on its way and nobody objected."""
    idle = draft is not None or case.state != State.DECIDED
    return access.may_work(me, case) and case.is_open and ready is None and idle


def frame(case: Case, me: Account, tab: str, signed: list[CaseProof] | None = None) -> dict[str, Any]:
    """What every tab shows: head, tabs, clock, facts; ``signed`` are the proofs where the tab has read them already."""
    messages = queries.thread(case)
    origin = None if tab == "application" else origin_of(case)  # that tab shows the origin itself
    signed = queries.proofs_of(case) if signed is None else signed
    written = case.service.get_written_form_display() if case.service else WrittenForm.NONE.label
    matter = matter_of(case) if tab == "case" else Matter()
    paid_for = orders_of(*matter.orders) if matter.orders[0] else ()
    facts = [
        (_("Zuständig"), str(case.assignee) if case.assignee else _("niemand")),
        (_("Stelle"), case.unit.name),
        *([(_("Herkunft"), origin.describe(case.origin_ref))] if origin else []),
        (_("Schriftform"), shown.signature_words(signed[-1]) if signed else str(written)),
        (_("Zugang"), _("mit Konto") if case.account_id else _("ohne Konto, Schlüssel")),
        *((_("Zahlung"), f"{order.reference}: {cost_words(order)}") for order in paid_for),
        *matter.facts,
        *([(_("Antworten gehen auch an"), f"{open_to.label} {case.channel_address}")] if (open_to := open_channel_of(case)) else []),
        (_("Elektronischer Bescheid"), _("zugestimmt") if case.electronic_consent_at else _("nicht zugestimmt")),
    ]
    return {
        "case": case,
        "messages": messages,
        "state": shown.state_word(case),
        "tabs": tab_links(case, tab, messages, signed=bool(signed)),
        "panel": shown.promise_panel(case),
        "facts": facts,
        "clocks": clocks.case_clocks(case, case.decisions.all()),
        "may_work": access.may_work(me, case),
        "is_mine": case.assignee_id == me.pk,
    }


def tab_links(case: Case, current: str, messages: list[Message], *, signed: bool) -> list[Tab]:
    """The tabs of a case with their counts."""
    file_count = sum(len(message.files.all()) for message in messages)
    labels = {
        "case": _("Gespräch %(n)d") % {"n": len(messages)},
        "application": _("Antrag"),
        "files": _("Dateien %(n)d") % {"n": file_count},
        **({"proof": _("Unterschrift")} if signed else {}),
        "decision": _("Bescheid"),
        "history": _("Verlauf"),
    }
    return [Tab(label, reverse(f"cases:staff_{name}", args=[case.number]), name == current) for name, label in labels.items()]


def origin_of(case: Case) -> Origin | None:
    """The room a case came from, if it registered."""
    return origins.get(case.origin) if case.origin in origins else None


def wish_of(request: HttpRequest) -> desk.Wish:
    """What the address asks for; unknown words fall back to the usual."""
    given = {name: request.GET.get(word, "").replace("\x00", "") for name, word in NAMES.items()}
    return desk.Wish(
        box=given["box"] or desk.MINE,
        show=SHOWS.get(given["show"], "open"),
        search=" ".join(given["search"].split())[: desk.LONGEST_SEARCH],
        sort=SORTS.get(given["sort"], "due"),
        after=given["after"],
    )


def address(wish: desk.Wish, name: str = "cases:desk") -> str:
    """The address of a wish."""
    given = {
        "liste": wish.box,
        "zeige": SHOW_WORDS[wish.show],
        "suche": wish.search,
        "sortierung": SORT_WORDS[wish.sort],
        "nach": wish.after,
    }
    usual = {"liste": desk.MINE, "zeige": "offen", "suche": "", "sortierung": "frist", "nach": ""}
    parts = {name: value for name, value in given.items() if value != usual[name]}
    return reverse(name) + (f"?{urlencode(parts)}" if parts else "")


def box_title(wish: desk.Wish, units: list[Unit]) -> str:
    """The page's title."""
    if wish.search:
        return _("Suche: %(words)s") % {"words": wish.search}
    titles = {desk.MINE: _("Mein Eingang"), desk.FREE: _("Ohne Zuständige"), desk.WAITING: _("Wartet auf Person")}
    return titles.get(wish.box) or next((unit.name for unit in units if unit.key == wish.box), _("Eingang"))


def side_links(wish: desk.Wish, units: list[Unit], counts: desk.Tallies) -> list[dict[str, Any]]:
    """My own list and one for each unit."""
    boxes = [(desk.MINE, _("Mein Eingang")), *((unit.key, unit.name) for unit in units)]
    return [side_link(wish, box, label, counts) for box, label in boxes]


def view_links(wish: desk.Wish, counts: desk.Tallies) -> list[dict[str, Any]]:
    """Lists across my units."""
    boxes = [(desk.WAITING, _("Wartet auf Person")), (desk.FREE, _("Ohne Zuständige"))]
    return [side_link(wish, box, label, counts) for box, label in boxes]


def side_link(wish: desk.Wish, box: str, label: str, counts: desk.Tallies) -> dict[str, Any]:
    """One list at the side."""
    return {
        "label": label,
        "url": address(desk.Wish(box=box)),
        "count": counts.of(box).open,
        "current": wish.box == box and not wish.search,
    }


def filter_links(wish: desk.Wish, counts: desk.Tallies) -> list[dict[str, Any]]:
    """The filters of a list with their counts."""
    tally = counts.of(wish.box)
    found = [
        ("open", _("Offen %(n)d"), tally.open),
        ("overdue", _("Überfällig %(n)d"), tally.overdue),
        ("unread", _("Ungelesen %(n)d"), tally.unread),
    ]
    words = [(show, label % {"n": n}) for show, label, n in found]
    words += [("running", _("Läuft von selbst")), ("closed", _("Abgeschlossen"))]
    return [{"label": label, "url": address(replace(wish, show=show, after="")), "current": wish.show == show} for show, label in words]


def desk_table(cases: list[Case], wish: desk.Wish) -> Table:
    """The list as a table."""
    columns = [
        sort_column(_("Nummer"), "received", wish),
        Column(_("Anliegen")),
        Column(_("Stand")),
        sort_column(_("Antwort bis"), "due", wish),
    ]
    return Table(
        _("Vorgänge"),
        columns,
        [desk_row(case) for case in cases],
        _("Hier liegt nichts."),
        _("Wählen Sie eine andere Liste oder suchen Sie."),
    )


def desk_row(case: Case) -> Row:
    """One case as a row; unread is strong."""
    state, due = shown.state_word(case), shown.due_word(case)
    subject = Cell(case.title, url=reverse("cases:staff_case", args=[case.number]), note=case.person_name or _("ohne Namen"))
    return Row([Cell(case.number), subject, Cell(state.text, tag=state.kind), Cell(due.text, tag=due.kind)], strong=case.unread_by_staff)


def sort_column(label: str, sort: str, wish: desk.Wish) -> Column:
    """A column whose title sorts."""
    return sorting_column(label, sort, present=wish.sort, address=lambda word: address(replace(wish, sort=word, after="")))


def page_words(cases: list[Case]) -> str:
    """How many rows the page has."""
    return ngettext("%(n)d Vorgang auf dieser Seite", "%(n)d Vorgänge auf dieser Seite", len(cases)) % {"n": len(cases)}


def cells_of(case: Case) -> list[str]:
    """One line of the file."""
    due = case.promise_due.isoformat() if case.promise_due else ""
    state, received = str(case.get_state_display()), case.received_on.isoformat()
    return [case.number, case.title, case.person_name, state, received, due, str(case.assignee or ""), case.unit.name]
