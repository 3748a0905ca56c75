"""What staff do: each action has its own address."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from direktdraht.bookings.registrations import access, actions, queries, typed_lines, undoing
from direktdraht.bookings.registrations.actions.offers import words_of
from direktdraht.bookings.registrations.inputs import (
    AnnounceForm,
    CopyForm,
    EventForm,
    MoveForm,
    NewSeriesForm,
    OfferForm,
    ReasonForm,
    SeriesForm,
)
from direktdraht.bookings.registrations.models import Mode, Offer, Series
from direktdraht.bookings.registrations.pages import private, told, tried
from direktdraht.bookings.registrations.refunds import Rule
from direktdraht.bookings.registrations.staff_views import draw_context
from direktdraht.foundation.money import euros_of
from direktdraht.people.access import account_of, staff_required
from direktdraht.people.models import Account, Unit
from direktdraht.people.queries import staff_of

# What the form of a series says in plain fields, as it is stored.
SERIES_FIELDS = (
    *("title", "opens_at", "closes_at", "intro", "answer_hours", "pay_days", "remind_days"),
    *("public_event", "revenue_account", "cost_centre"),
)


def series_words(given: dict[str, Any]) -> actions.SeriesWords:
    """What a form says about a series."""
    kept = {name: given[name] for name in (*SERIES_FIELDS, "rules", "groups", "questions")}
    return actions.SeriesWords(mode=Mode(given["mode"]), **kept)


def first_words(series: Series) -> dict[str, Any]:
    """What the form of a known series shows first."""
    rules = [Rule(one.days_before, one.refund_percent) for one in series.cancellation_rules.order_by("pk")]
    groups = [actions.Group(one.label, one.reduction_percent, one.proof) for one in series.entitlements.order_by("pk")]
    written = {"rules": typed_lines.write_rules(rules), "groups": typed_lines.write_groups(groups)}
    plain = {name: getattr(series, name) for name in (*SERIES_FIELDS, "mode")}
    return {**plain, **written, "questions": typed_lines.write_questions(series.questions)}


@private
@require_http_methods(["GET", "POST"])
@staff_required("clerk", "lead")
def new_series(request: HttpRequest) -> HttpResponse:
    """Make a series."""
    me = account_of(request)
    units = Unit.objects.filter(pk__in=[one.pk for one in access.working_units(me)]).order_by("name")
    form = NewSeriesForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        make = {"key": given["key"], "unit": given["unit"], "words": series_words(given), "by": me}
        if tried(form, lambda: actions.create_series(**make)):
            return redirect("registrations:staff_series", given["key"])
    return render(
        request, "bookings/registrations/staff/series_form.html", {"form": form, "series": None}, status=422 if form.errors else 200
    )


@private
@require_http_methods(["GET", "POST"])
@staff_required()
def change_series(request: HttpRequest, key: str) -> HttpResponse:
    """Change a series."""
    me = account_of(request)
    series = access.get_series_to_work(me, key)
    form = SeriesForm(request.POST or None, initial=first_words(series))
    if request.method == "POST" and form.is_valid():
        words = series_words(form.cleaned_data)
        if tried(form, lambda: actions.change_series(series=series, words=words, by=me)):
            return redirect("registrations:staff_series", key)
    return render(
        request, "bookings/registrations/staff/series_form.html", {"form": form, "series": series}, status=422 if form.errors else 200
    )


@private
@require_http_methods(["GET", "POST"])
@staff_required()
def copy_series(request: HttpRequest, key: str) -> HttpResponse:
    """Copy a series as a new draft."""
    me = account_of(request)
    series = access.get_series_to_work(me, key)
    form = CopyForm(request.POST or None, initial={"title": series.title})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if tried(form, lambda: actions.copy_series(series=series, key=given["key"], title=given["title"], by=me)):
            return redirect("registrations:staff_series", given["key"])
    return render(request, "bookings/registrations/staff/copy.html", {"form": form, "series": series}, status=422 if form.errors else 200)


@private
@require_http_methods(["GET", "POST"])
@staff_required()
@told
def publish_series(request: HttpRequest, key: str) -> HttpResponse:
    """Publish a series, after one question."""
    me = account_of(request)
    series = access.get_series_to_work(me, key)
    if request.method == "POST":
        actions.publish_series(series=series, by=me)
        return redirect("registrations:staff_series", key)
    return render(request, "bookings/registrations/staff/publish.html", {"series": series})


@private
@require_http_methods(["GET", "POST"])
@staff_required()
@told
def close_series(request: HttpRequest, key: str) -> HttpResponse:
    """End a series, after one question."""
    me = account_of(request)
    series = access.get_series_to_work(me, key)
    if request.method == "POST":
        actions.close_series(series=series, by=me)
        return redirect("registrations:staff_series", key)
    return render(request, "bookings/registrations/staff/close.html", {"series": series})


@private
@require_http_methods(["GET", "POST"])
@staff_required()
def new_offer(request: HttpRequest, key: str) -> HttpResponse:
    """Make an offer."""
    me = account_of(request)
    return offer_form(request, access.get_series_to_work(me, key), None, me)


@private
@require_http_methods(["GET", "POST"])
@staff_required()
def change_offer(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Change an offer."""
    me = account_of(request)
    offer = access.get_offer_to_work(me, key, number)
    return offer_form(request, offer.series, offer, me)


def offer_form(request: HttpRequest, series: Series, offer: Offer | None, me: Account) -> HttpResponse:
    """The form of an offer, new or known."""
    form = OfferForm(request.POST or None, series=series, members=staff_of(series.unit), initial=first_of(offer) if offer else {})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        words = actions.OfferWords(**{**given, "leaders": list(given["leaders"])})
        if tried(form, lambda: actions.save_offer(series=series, words=words, by=me, offer=offer)):
            return redirect("registrations:staff_series", series.pk)
    return render(
        request,
        "bookings/registrations/staff/offer_form.html",
        {"form": form, "series": series, "offer": offer},
        status=422 if form.errors else 200,
    )


def first_of(offer: Offer) -> dict[str, Any]:
    """What the form of a known offer shows first."""
    known = words_of(offer)
    written = {"sessions": typed_lines.write_sessions(known.sessions), "reserved": typed_lines.write_reserved(known.reserved)}
    written["questions"] = typed_lines.write_questions(known.questions)
    leaders = [one.pk for one in known.leaders]
    names = ("title", "text", "topic", "place", "age_from", "age_to", "places", "certificate_sessions")
    return {**{name: getattr(known, name) for name in names}, **written, "leaders": leaders, "price": euros_of(known.price_cents)}


@private
@require_POST
@staff_required()
@told
def run_draw(request: HttpRequest, key: str) -> HttpResponse:
    """Draw once and for all."""
    me = account_of(request)
    series = access.get_series_to_work(me, key)
    form = EventForm(request.POST)
    if form.is_valid() and tried(form, lambda: actions.run_draw(series=series, by=me, event=form.cleaned_data["event"])):
        return redirect("registrations:draw", key)
    return render(request, "bookings/registrations/staff/draw.html", draw_context(series, form), status=422)


@private
@require_POST
@staff_required()
@told
def publish_draw(request: HttpRequest, key: str) -> HttpResponse:
    """Publish the result once."""
    me = account_of(request)
    actions.publish_draw(series=access.get_series_to_work(me, key), by=me)
    return redirect("registrations:draw", key)


@private
@require_http_methods(["GET", "POST"])
@staff_required()
@told
def release_reserved(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Let free reserved places be general ones, after one question."""
    me = account_of(request)
    offer = access.get_offer_to_work(me, key, number)
    if request.method == "POST":
        actions.release_reserved(offer=offer, by=me)
        return redirect("registrations:participants", key, number)
    return render(request, "bookings/registrations/staff/release.html", {"offer": offer, "places": queries.free_reserved(offer).count()})


@private
@require_http_methods(["GET", "POST"])
@staff_required()
def call_off(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Call an offer off, with a reason."""
    me = account_of(request)
    offer = access.get_offer_to_work(me, key, number)

    def action(given: dict[str, Any]) -> object:
        return actions.call_off(offer=offer, reason=given["reason"], by=me)

    return form_page(request, "call_off", ReasonForm(request.POST or None), {"offer": offer}, action)


@private
@require_http_methods(["GET", "POST"])
@staff_required()
def announce(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Write to the participants."""
    me = account_of(request)
    offer = access.get_offer_to_see(me, key, number)

    def action(given: dict[str, Any]) -> object:
        return actions.announce(offer=offer, by=me, **given)

    return form_page(request, "announce", AnnounceForm(request.POST or None), {"offer": offer}, action)


@private
@require_http_methods(["GET", "POST"])
@staff_required()
def move(request: HttpRequest, key: str, number: int, booking_id: int) -> HttpResponse:
    """Give somebody another place by hand, with a reason."""
    me = account_of(request)
    booking = access.get_booking_to_work(me, key, number, booking_id)
    form = MoveForm(request.POST or None)
    open_offers = booking.offer.series.offers.filter(cancelled_at__isnull=True).order_by("number")
    form.fields["to"].queryset = open_offers  # type: ignore[attr-defined]  # a ModelChoiceField

    def action(given: dict[str, Any]) -> object:
        return actions.move_by_hand(booking=booking, to=given["to"], reason=given["reason"], by=me)

    return form_page(request, "move", form, {"offer": booking.offer, "booking": booking}, action)


@private
@require_http_methods(["GET", "POST"])
@staff_required()
@told
def restore(request: HttpRequest, key: str, number: int, booking_id: int) -> HttpResponse:
    """Take a cancellation back for a person who asks for it, with a reason."""
    me = account_of(request)
    booking = access.get_booking_to_work(me, key, number, booking_id)

    def action(given: dict[str, Any]) -> object:
        return actions.restore(booking=booking, reason=given["reason"], by=me)

    sentence, refusal = undoing.said(booking) if request.method == "GET" else ("", "")
    context = {"offer": booking.offer, "booking": booking, "sentence": sentence, "refusal": refusal}
    return form_page(request, "restore", ReasonForm(request.POST or None), context, action)


def form_page(
    request: HttpRequest, name: str, form: forms.Form, context: dict[str, Any], action: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """A form about an offer: do it and go back to its list, or show what is wrong."""
    offer: Offer = context["offer"]
    if request.method == "POST" and form.is_valid() and tried(form, lambda: action(form.cleaned_data)):
        return redirect("registrations:participants", offer.series_id, offer.number)
    return render(request, f"bookings/registrations/staff/{name}.html", {**context, "form": form}, status=422 if form.errors else 200)
