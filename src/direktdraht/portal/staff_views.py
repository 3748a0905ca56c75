"""Staff pages of the front door: start, city settings, the gallery of components."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from direktdraht.foundation.city import contrast
from direktdraht.foundation.city import settings as city_settings
from direktdraht.foundation.web.tables import PageProblem
from direktdraht.people.access import account_of, staff_required
from direktdraht.people.models import Role
from direktdraht.people.queries import roles_of
from direktdraht.portal import actions, queries, samples
from direktdraht.portal.inputs import CityForm

# Title, address, what one does there, and the roles that may open it.
PLACES: tuple[tuple[Any, str, Any, frozenset[str]], ...] = (
    (gettext_lazy("Eingang"), "cases:desk", gettext_lazy("Vorgänge lesen, beantworten, entscheiden"), frozenset({"clerk", "lead"})),
    (
        gettext_lazy("Termine"),
        "appointments:day_list",
        gettext_lazy("Wer wann kommt, Schalter, Wunschliste"),
        frozenset({"clerk", "lead", "admin"}),
    ),
    (
        gettext_lazy("Anmeldungen"),
        "registrations:staff_list",
        gettext_lazy("Reihen, Verlosung, Teilnehmende"),
        frozenset({"clerk", "lead"}),
    ),
    (gettext_lazy("Kasse"), "finance:overview", gettext_lazy("Zahlungen zuordnen, erstatten, abschließen"), frozenset({"finance"})),
    (
        gettext_lazy("Vorkasse"),
        "submissions:pay_first",
        gettext_lazy("Welche Dienste vor dem Absenden bezahlt werden"),
        frozenset({"finance"}),
    ),
    (
        gettext_lazy("Konten der Gebühren"),
        "submissions:fees",
        gettext_lazy("Wohin die Gebühr eines Dienstes gebucht wird"),
        frozenset({"finance"}),
    ),
    (
        gettext_lazy("Gebühr oder Bescheid"),
        "submissions:ordering",
        gettext_lazy("Welche Gebühren gleich zu zahlen sind"),
        frozenset({"finance"}),
    ),
    (gettext_lazy("De-Mails"), "submissions:demails", gettext_lazy("Was eingegangen ist und was hinausging"), frozenset({"clerk", "lead"})),
    (gettext_lazy("Dienste"), "services:list", gettext_lazy("Was die Stadt anbietet"), frozenset({"lead", "admin"})),
    (gettext_lazy("Formulare"), "forms:staff_list", gettext_lazy("Fassungen, Regeln, Veröffentlichung"), frozenset({"forms", "admin"})),
    (gettext_lazy("Schriftform"), "writtenform:rules", gettext_lazy("Was eine Unterschrift ersetzt"), frozenset({"lead", "admin"})),
    (
        gettext_lazy("BundID"),
        "people:bundid_settings",
        gettext_lazy("Das Nutzerkonto, mit dem Menschen unterschreiben"),
        frozenset({"admin"}),
    ),
    (gettext_lazy("Stellen"), "people:units", gettext_lazy("Wer wo arbeitet und was darf"), frozenset({"admin"})),
    (gettext_lazy("Stadt"), "portal:city_settings", gettext_lazy("Name, Farbe, Logo, Anschriften"), frozenset({"admin"})),
    (gettext_lazy("Aufträge"), "portal:jobs", gettext_lazy("Was im Hintergrund läuft und was scheitert"), frozenset({"admin"})),
    (
        gettext_lazy("Bausteine"),
        "portal:gallery",
        gettext_lazy("Alle Teile der Oberfläche in jedem Zustand"),
        frozenset({"admin", "forms"}),
    ),
)


@require_safe
@never_cache
@staff_required()
def start(request: HttpRequest) -> HttpResponse:
    """What waits for this person, and where they can go."""
    account = account_of(request)
    held = roles_of(account)
    places = [{"title": title, "url": reverse(url), "note": note} for title, url, note, roles in PLACES if roles & held]
    return render(request, "portal/staff_start.html", {"account": account, "workload": queries.workload(account), "places": places})


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Role.ADMIN)
def city_settings_page(request: HttpRequest) -> HttpResponse:
    """Change what the house knows of its city."""
    present = city_settings.current()
    if request.method == "POST":
        form = CityForm(request.POST, request.FILES)
        if form.is_valid() and form.city is not None:
            actions.change_city(city=form.city, logo=form.new_logo, by=account_of(request))
            messages.success(request, _("Gespeichert. In zwei Sekunden gilt es überall."))
            return redirect("portal:city_settings")
    else:
        form = CityForm(initial=present.model_dump(mode="json"))
    measured = f"{contrast.ratio(present.accent, '#ffffff'):.1f}".replace(".", ",")
    status = 422 if form.is_bound else 200
    return render(request, "portal/city.html", {"form": form, "ratio": measured}, status=status)


@require_safe
@never_cache
@staff_required(Role.ADMIN, Role.FORMS)
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    form = samples.SampleForm()
    wrong = samples.SampleForm({"wrong-choice": "x"}, prefix="wrong")
    context = {
        "form": form,
        "wrong": wrong,
        "problems": [PageProblem(_("Bitte schreiben Sie Ihren Namen."), str(wrong["name"].auto_id))],
        "table": samples.sample_table(),
        "empty_table": samples.empty_table(),
        "pages": samples.sample_pages(),
        "messages_shown": samples.sample_thread(),
        "files": samples.sample_files(),
        "tabs": samples.sample_tabs(),
        "rows": samples.sample_rows(),
        "trail": samples.sample_trail(),
        "clocks": samples.sample_clocks(),
    }
    return render(request, "portal/gallery.html", context)
