"""Pages with which the city sets up a waiting hall: settings, the two secret addresses, new ones."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from direktdraht.bookings.appointments import queries as appointments
from direktdraht.bookings.appointments.models import Occasion
from direktdraht.bookings.appointments.set_up_views import form_page, may_look, trail
from direktdraht.bookings.appointments.shown import qr_picture
from direktdraht.bookings.appointments.views import private
from direktdraht.bookings.hall import access, actions, queries
from direktdraht.bookings.hall.links import DISPLAY, KIOSK, address_of
from direktdraht.bookings.hall.models import MOST_CHANCES, Hall
from direktdraht.people.access import account_of


class HallForm(forms.Form):
    """The settings of a hall."""

    active = forms.BooleanField(label=gettext_lazy("Wartehalle offen: Nummern und Aufrufe"), required=False)
    occasions = forms.MultipleChoiceField(
        label=gettext_lazy("Anlässe ohne Termin"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Für alle anderen braucht man einen Termin."),
    )
    stop_minutes = forms.IntegerField(
        label=gettext_lazy("Letzte Nummer so viele Minuten vor Schluss"), min_value=0, max_value=240, initial=15
    )
    chances = forms.IntegerField(
        label=gettext_lazy("So oft rufen wir eine Person auf"),
        min_value=1,
        max_value=MOST_CHANCES,
        initial=2,
        help_text=gettext_lazy("Wer nicht kommt, rückt hinter die nächsten drei. Nach dem letzten Mal endet die Nummer."),
    )

    def __init__(self, *args: Any, known: list[Occasion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in known}
        fields: Any = self.fields
        fields["occasions"].choices = [(key, str(one)) for key, one in self.known.items()]

    def hall(self, known: Hall) -> Hall:
        """The hall with what was typed; only after ``is_valid``."""
        found = self.cleaned_data
        known.active, known.stop_minutes, known.chances = found["active"], found["stop_minutes"], found["chances"]
        return known

    def chosen(self) -> list[Occasion]:
        """The chosen occasions."""
        return [self.known[key] for key in self.cleaned_data["occasions"]]


@private
@require_safe
@may_look
def hall_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The hall of a site: its settings and its two secret addresses."""
    hall = access.get_hall_to_set_up(account_of(request), pk)
    occasions = queries.walk_in_occasions(hall)
    addresses = [
        (label, url, qr_picture(url))
        for label, url in (
            (_("Seite am Eingang: Nummer ziehen und anmelden"), settings.BASE_URL + reverse("hall:kiosk", args=[address_of(hall, KIOSK)])),
            (_("Anzeige in der Halle"), settings.BASE_URL + reverse("hall:display", args=[address_of(hall, DISPLAY)])),
        )
    ]
    rows = [
        (_("Anlässe ohne Termin"), "\n".join(str(one) for one in occasions) or _("keine")),
        (_("Letzte Nummer"), _("%(n)d Minuten vor Schluss") % {"n": hall.stop_minutes}),
        (_("So oft rufen wir auf"), str(hall.chances)),
    ]
    context = {"hall": hall, "rows": rows, "addresses": addresses if hall.active else [], "trail": trail(_("Wartehalle"), site=hall.site)}
    return render(request, "bookings/hall/staff/set_up.html", context)


@private
@require_http_methods(["GET", "POST"])
@may_look
def change_hall(request: HttpRequest, pk: int) -> HttpResponse:
    """Open, close or change the hall of a site."""
    me = account_of(request)
    hall = access.get_hall_to_set_up(me, pk)
    known = appointments.occasions_done_at(hall.site)
    initial = {name: getattr(hall, name) for name in ("active", "stop_minutes", "chances")}
    initial["occasions"] = [str(one.pk) for one in queries.walk_in_occasions(hall)]
    form = HallForm(request.POST or None, known=known, initial=initial)
    title, then = _("Wartehalle ändern"), reverse("hall:hall", args=[pk])
    return form_page(
        request, form, trail(title, site=hall.site), lambda: actions.save_hall(hall=form.hall(hall), occasions=form.chosen(), by=me), then
    )


@private
@require_http_methods(["GET", "POST"])
@may_look
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, then draw new addresses; the old ones end at once."""
    me = account_of(request)
    hall = access.get_hall_to_set_up(me, pk)
    if hall.pk is None:
        return redirect("hall:hall", pk)
    if request.method == "POST":
        actions.renew_addresses(hall=hall, by=me)
        return redirect("hall:hall", pk)
    path = trail(_("Neue Adressen"), site=hall.site)
    return render(request, "bookings/hall/staff/renew.html", {"hall": hall, "trail": path})
