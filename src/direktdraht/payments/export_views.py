"""The finance desk's pages of the ledger's file: the file itself, and the forms that it can have, each with its first lines."""

from datetime import timedelta
from itertools import islice

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from direktdraht.foundation import clock
from direktdraht.foundation.web.tables import Cell, Column, Row, Table
from direktdraht.payments import actions, queries
from direktdraht.payments.access import get_export_profile
from direktdraht.payments.desk_inputs import LedgerForm, ProfileForm, profile_initial
from direktdraht.payments.desk_views import ask_then, finance, private
from direktdraht.payments.errors import PaymentsError
from direktdraht.payments.ledger_file import USUAL, Profile
from direktdraht.payments.models import ExportProfile
from direktdraht.people.access import account_of
from direktdraht.people.models import Account

PREVIEWED = 5
# So many days back the preview looks for lines, so that it never reads the whole ledger.
PREVIEW_DAYS = 400


@require_GET
@finance
def ledger_csv(request: HttpRequest) -> HttpResponse:
    """The ledger as a file for the city's accounting, oldest first; one line for each line of the ledger.

    ``form`` in the address names one of the city's own forms of the file; without it the usual one is taken.
    """
    form = LedgerForm(request.GET or None)
    first, last = form.days() if form.is_valid() else (None, None)
    asked = request.GET.get("form", "")
    kept = get_export_profile(request, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 10 else usual()
    profile = queries.profile_of(kept)
    lines = queries.facts_between(after=first - timedelta(days=1) if first else None, until=last or clock.today())
    kind = "utf-8" if profile.encoding == "utf-8-sig" else profile.encoding
    answer = StreamingHttpResponse(profile.encoded(lines), content_type=f"text/csv; charset={kind}")
    answer["Content-Disposition"] = 'attachment; filename="hauptbuch.csv"'
    return answer  # type: ignore[return-value]  # a streamed answer passes the same decorators


def usual() -> ExportProfile | None:
    """The city's own usual form of the file."""
    return ExportProfile.objects.filter(is_default=True).first()


@private
@require_GET
@finance
def profiles(request: HttpRequest) -> HttpResponse:
    """Every form that the file can have."""
    kept = queries.export_profiles()
    own_usual = any(one.is_default for one in kept)
    columns = [Column(_("Ausgabe")), Column(_("Spalten")), Column(_("Stand"))]
    rows = [
        Row((Cell(name, url=url), Cell(", ".join(one.heading for one in profile.columns)), state_of(is_usual=is_usual)))
        for name, url, profile, is_usual in [
            *((one.name, reverse("finance:profile", args=[one.pk]), queries.profile_of(one), one.is_default) for one in kept),
            (_("vom Programm"), "", USUAL, not own_usual),
        ]
    ]
    context = {"table": Table(_("Ausgaben"), columns, rows, _("Keine Ausgabe")), "trail": [*trail_to_ledger(), (_("Ausgaben"), "")]}
    return render(request, "payments/desk/profiles.html", context)


def state_of(*, is_usual: bool) -> Cell:
    """Whether a form is the usual one."""
    return Cell(_("üblich"), tag="success") if is_usual else Cell("")


def trail_to_ledger() -> list[tuple[str, str]]:
    """Where the pages of the ledger lie."""
    return [(_("Kasse"), reverse("finance:overview")), (_("Hauptbuch"), reverse("finance:ledger"))]


@private
@require_http_methods(["GET", "POST"])
@finance
def new_profile(request: HttpRequest) -> HttpResponse:
    """Make a form of the file, beginning with that of the software."""
    return edit(request, None)


@private
@require_http_methods(["GET", "POST"])
@finance
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a form of the file."""
    return edit(request, get_export_profile(request, pk))


def edit(request: HttpRequest, of: ExportProfile | None) -> HttpResponse:
    """Keep what was typed, or say what does not fit."""
    before = queries.profile_of(of)
    initial = profile_initial(of.name if of else "", before)
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            actions.keep_profile(name=form.cleaned_data["name"], profile=form.profile(), of=of, by=account_of(request))
        except PaymentsError as problem:
            form.add_error("name", str(problem))
        else:
            return redirect("finance:profiles")
    return show_profile(request, form, of, before)


@private
@require_POST
@finance
def preview(request: HttpRequest) -> HttpResponse:
    """Show the first lines as what was typed says, without keeping it; ``of`` is the form that is being changed."""
    asked = request.POST.get("of", "")
    of = get_export_profile(request, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    form = ProfileForm(request.POST)
    shown = form.profile() if form.is_valid() else queries.profile_of(of)
    return show_profile(request, form, of, shown)


def show_profile(request: HttpRequest, form: ProfileForm, of: ExportProfile | None, shown: Profile) -> HttpResponse:
    """The fields, and the first lines of the file; 422 with errors."""
    title = of.name if of else _("Neue Ausgabe")
    context = {
        "form": form,
        "of": of,
        "title": title,
        "lines": first_lines(shown),
        "save_url": reverse("finance:profile", args=[of.pk]) if of else reverse("finance:new_profile"),
        "names": column_names(),
        "trail": [*trail_to_ledger(), (_("Ausgaben"), reverse("finance:profiles")), (title, "")],
    }
    return render(request, "payments/desk/profile.html", context, status=422 if form.errors else 200)


def first_lines(profile: Profile) -> str:
    """The first lines of the file as a text."""
    today = clock.today()
    found = islice(queries.facts_between(after=today - timedelta(days=PREVIEW_DAYS), until=today), PREVIEWED)
    return "".join(profile.lines(found)).lstrip("\ufeff")


def column_names() -> list[tuple[str, str]]:
    """Every column that can be chosen, with what stands in it."""
    return [
        ("Buchung", _("Nummer der Buchung")),
        ("Art", _("Buchungsart als Kürzel, zum Beispiel receipt")),
        ("Buchungsart", _("Buchungsart in Worten")),
        ("Tag", _("Buchungstag")),
        ("Wertstellung", _("Tag, der für die zahlende Person zählt")),
        ("Konto", _("Kürzel des Kontos, das nie wechselt")),
        ("Sachkonto", _("Nummer des Kontos an diesem Tag")),
        ("Kostenstelle", _("Kostenstelle, wo es eine gibt")),
        ("Soll", _("Betrag, wenn er im Soll steht")),
        ("Haben", _("Betrag, wenn er im Haben steht")),
        ("Betrag", _("Betrag ohne Vorzeichen")),
        ("Seite", _("S für Soll, H für Haben")),
        ("Saldo", _("Betrag, im Haben mit Minus")),
        ("Kassenzeichen", _("Kassenzeichen, wo es eines gibt")),
        ("Text", _("Wofür der Auftrag ist")),
    ]


@require_POST
@finance
def make_usual(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a form be the usual one."""
    actions.make_usual(profile=get_export_profile(request, pk), by=account_of(request))
    return redirect("finance:profiles")


@private
@require_http_methods(["GET", "POST"])
@finance
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove a form of the file."""
    found = get_export_profile(request, pk)

    def act(form: forms.Form, by: Account) -> None:
        del form
        actions.remove_profile(profile=found, by=by)

    text = _("%(name)s steht dann nicht mehr zur Wahl. Die Buchungen bleiben.") % {"name": found.name}
    title, back = _("Ausgabe löschen"), reverse("finance:profiles")
    form = forms.Form(request.POST if request.method == "POST" else None)
    trail = [*trail_to_ledger(), (_("Ausgaben"), back), (title, "")]
    return ask_then(request, form, act, title=title, text=text, back=back, trail=trail)
