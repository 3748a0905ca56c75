"""Pages of a site's calendar for staff: the calendar itself by its secret address, and its setting up."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from direktdraht.bookings.appointments import access, actions, feeds
from direktdraht.bookings.appointments.set_up_views import form_page, may_look, trail
from direktdraht.bookings.appointments.views import private
from direktdraht.people.access import account_of


class FeedForm(forms.Form):
    """Whether there is a calendar, and what it tells."""

    is_on = forms.BooleanField(label=gettext_lazy("Kalender unter einer geheimen Adresse anbieten"), required=False)
    with_names = forms.BooleanField(
        label=gettext_lazy("Namen zeigen"),
        required=False,
        help_text=gettext_lazy("Wer die Adresse kennt, liest dann, wer kommt. Ohne Namen genügt der Kalender fast immer."),
    )


@private
@require_safe
def staff_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar; a calendar program subscribes to the address."""
    del request
    site, counter = feeds.get_by_address(token)
    return HttpResponse(feeds.feed(site, counter), content_type="text/calendar; charset=utf-8")


@private
@require_safe
@may_look
def feed_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The addresses of a site's calendars."""
    site = access.get_site(account_of(request), pk)
    counters = list(site.counters.filter(active=True).order_by("pk")) if site.feed_key else []
    addresses = [(_("Alle Schalter"), feeds.address_of(site)), *((one.name, feeds.address_of(site, one)) for one in counters)]
    context = {"site": site, "addresses": addresses if site.feed_key else [], "trail": trail(_("Kalender"), site=site)}
    return render(request, "bookings/appointments/staff/feed.html", context)


@private
@require_http_methods(["GET", "POST"])
@may_look
def change_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch the calendar on or off, with or without names."""
    me = account_of(request)
    site = access.get_site(me, pk)
    form = FeedForm(request.POST or None, initial={"is_on": site.feed_key is not None, "with_names": site.feed_names})
    title, then = _("Kalender ändern"), reverse("appointments:feed", args=[pk])
    return form_page(request, form, trail(title, site=site), lambda: actions.set_feed(site=site, by=me, **form.cleaned_data), then)


@private
@require_http_methods(["GET", "POST"])
@may_look
def renew_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, then draw a new address; the old one ends at once."""
    me = account_of(request)
    site = access.get_site(me, pk)
    if request.method == "POST":
        actions.renew_feed(site=site, by=me)
        return redirect("appointments:feed", pk)
    return render(request, "bookings/appointments/staff/feed_renew.html", {"site": site, "trail": trail(_("Neue Adresse"), site=site)})
