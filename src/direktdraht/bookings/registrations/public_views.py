"""Public pages: what is offered, with filters; a series with its draw and files; an offer; the public calendar."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from direktdraht.bookings.registrations import access, calendars, queries, words
from direktdraht.bookings.registrations.models import Draw, Offer, Series
from direktdraht.bookings.registrations.pages import number_in
from direktdraht.bookings.registrations.queries import OfferFilter
from direktdraht.foundation.money import euros_of
from direktdraht.foundation.web.public_pages import public_page
from direktdraht.foundation.web.tables import Pages

OLDEST = 120
FILES = {"wuensche": "wishes", "plaetze": "places", "ergebnis": "result"}


@require_safe
@public_page()
def offers(request: HttpRequest) -> HttpResponse:
    """All offers of published series, filtered and paged."""
    wanted = filter_of(request)
    rows = list(queries.public_offers(wanted)[(wanted.page - 1) * queries.PAGE : wanted.page * queries.PAGE + 1])
    shown = rows[: queries.PAGE]
    context = {
        "wanted": wanted,
        "offers": [card(one) for one in shown],
        "series": queries.public_series(),
        "topics": queries.topics(),
        "filtered": bool(request.GET),
        "pages": Pages(
            _("Seite %(n)d") % {"n": wanted.page},
            address(request, wanted.page - 1) if wanted.page > 1 else "",
            address(request, wanted.page + 1) if len(rows) > queries.PAGE else "",
        ),
    }
    return render(request, "bookings/registrations/offers.html", context)


def filter_of(request: HttpRequest) -> OfferFilter:
    """The filter that an address names; what cannot be read is left out."""
    return OfferFilter(
        words=" ".join(request.GET.get("suche", "").replace("\x00", " ").split())[: queries.LONGEST_SEARCH],
        topic=request.GET.get("thema", "")[:60].replace("\x00", ""),
        age=number_in(request, "alter", most=OLDEST),
        day_from=day_in(request, "von"),
        day_to=day_in(request, "bis"),
        only_free=request.GET.get("frei") == "1",
        page=number_in(request, "seite") or 1,
    )


def day_in(request: HttpRequest, name: str) -> date | None:
    """A day of the address, or nothing."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def address(request: HttpRequest, page: int) -> str:
    """The list with its filters, on another page."""
    kept = {name: value for name, value in request.GET.items() if name != "seite"}
    return f"{reverse('registrations:offers')}?{urlencode({**kept, 'seite': page})}"


def card(offer: Offer) -> dict[str, Any]:
    """An offer as lists show it."""
    first, last = getattr(offer, "first_at", None), getattr(offer, "last_at", None)
    return {
        "offer": offer,
        "series": offer.series,
        "url": reverse("registrations:offer", args=[offer.series_id, offer.number]),
        "when": words.span_words(*(words.local_day(at) for at in (first, last))),
        "age": words.age_words(offer.age_from, offer.age_to),
        "price": euros_of(offer.price_cents),
        "places": words.places_words(offer),
    }


@require_safe
@public_page()
def series_page(request: HttpRequest, key: str) -> HttpResponse:
    """A series: what, until when, how places are given out, its offers, its draw."""
    series = access.get_public_series(key)
    context = {
        "series": series,
        "offers": [card(one) for one in queries.offers_of(series)],
        "is_open": series.takes_registrations,
        "rules": list(series.cancellation_rules.order_by("-days_before")),
        "groups": list(series.entitlements.order_by("label")),
        "draw": published_draw(series),
        "files": [
            (label, reverse("registrations:file", args=[series.pk, name]))
            for name, label in (("wuensche", _("Wünsche")), ("plaetze", _("Plätze")), ("ergebnis", _("Ergebnis")))
        ],
    }
    return render(request, "bookings/registrations/series.html", context)


def published_draw(series: Series) -> Draw | None:
    """The draw of a series once it is published."""
    return Draw.objects.filter(series=series, published_at__isnull=False).first()


@require_safe
@public_page()
def offer_page(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """An offer with its dates."""
    series = access.get_public_series(key)
    offer = queries.counted_offers().filter(pk=access.get_public_offer(series, number).pk).get()
    context = {**card(offer), "sessions": list(offer.sessions.order_by("starts_at")), "is_open": series.takes_registrations}
    return render(request, "bookings/registrations/offer.html", context)


@require_safe
@never_cache
def draw_file(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """A published file of the draw, always the very bytes that were drawn from. Raises Http404."""
    draw = published_draw(access.get_public_series(key))
    if draw is None or name not in FILES:
        raise Http404
    answer = HttpResponse(str(getattr(draw, FILES[name])).encode(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


@require_safe
@never_cache
def public_feed(request: HttpRequest) -> HttpResponse:
    """All public dates as a calendar that programs fetch."""
    answer = HttpResponse(calendars.public_calendar(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="anmeldungen.ics"'
    return answer
