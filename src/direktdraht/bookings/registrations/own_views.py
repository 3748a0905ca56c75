"""Pages of a party that has registered: where things stand, answer, cancel, withdraw, calendar."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from direktdraht.bookings.registrations import access, actions, calendars, certificates, fees, queries, sealing, undoing, words
from direktdraht.bookings.registrations.actions.registering import may_change
from direktdraht.bookings.registrations.inputs import CancelForm
from direktdraht.bookings.registrations.models import Booking, BookingState, Draw, Participant, Registration, Series
from direktdraht.bookings.registrations.pages import private, told, tried
from direktdraht.cases import opened
from direktdraht.foundation.money import euros_of


@private
@require_GET
def open_link(request: HttpRequest, registration_id: UUID, token: str) -> HttpResponse:
    """The link of a mail: it opens the registration in this browser and leaves no secret in the address."""
    registration = access.open_by_link(request, registration_id, token)
    return redirect("registrations:status", registration.pk)


@private
@require_POST
def leave(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Close the registration in this browser: the link, the key or the account is needed again."""
    access.forget(request, access.get_registration(request, registration_id))
    return redirect("registrations:offers")


@private
@require_POST
def conversation(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Open the case of the registration; whoever opens the one is the person of the other."""
    one = access.get_registration(request, registration_id)
    if one.case is None:
        raise Http404
    if not opened.is_person_of(request, one.case):
        opened.remember(request, one.case)
    return redirect("cases:case", one.case.number)


@private
@require_GET
def status(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Where everything stands, and why."""
    one = access.get_registration(request, registration_id)
    if one.sent_at is None:
        return redirect("registrations:contact" if may_change(one) else "registrations:offers", *([one.pk] if may_change(one) else []))
    draw = fetched_draw(one.series)
    lines = queries.places_in_line(one)
    people = queries.party(one)
    certified = frozenset(certificates.earned([booking for person in people for booking in person.bookings.all()]))
    context = {
        "registration": one,
        "people": [person_shown(person, draw, lines, certified) for person in people],
        "draw": draw,
        "may_change": may_change(one),
        "looks": queries.looks_at(one),
        "messages_sent": queries.messages_for(one),
        "feed": feed_address(one),
    }
    return render(request, "bookings/registrations/status.html", context)


def fetched_draw(series: Series) -> Draw | None:
    """The draw of a series that was fetched with it, once it is published."""
    draw = getattr(series, "draw", None)
    return draw if draw is not None and draw.published_at is not None else None


def person_shown(person: Participant, draw: Draw | None, lines: dict[int, int], certified: Collection[int]) -> dict[str, Any]:
    """A participant with what became of each wish."""
    wishes = list(person.wishes.all())
    newest = {one.offer_id: one.pk for one in person.bookings.all()}.values()
    return {
        "person": person,
        "reason": words.draw_reason(person, draw, wishes) if draw else "",
        "wishes": wishes,
        "bookings": [
            booking_shown(one, lines.get(one.pk), certified=one.pk in certified, newest=one.pk in newest) for one in person.bookings.all()
        ],
    }


def booking_shown(booking: Booking, place: int | None, *, certified: bool, newest: bool) -> dict[str, Any]:
    """A booking with its sentence, its place in the line, and what can be done."""
    return {
        "booking": booking,
        "sentence": words.state_sentence(booking),
        "tag": words.TAGS[BookingState(booking.state)],
        "place": place,
        "price": euros_of(booking.price_cents) if booking.price_cents and booking.holds else None,
        "certified": certified,
        "can_answer": booking.state == BookingState.OFFERED,
        "can_cancel": booking.state in {BookingState.UNPAID, BookingState.CONFIRMED, BookingState.WAITING},
        "can_restore": newest and undoing.is_recent(booking),
        "order": booking.order if booking.state == BookingState.UNPAID else None,
    }


def feed_address(registration: Registration) -> str:
    """The address of the party's own calendar; it opens nothing else."""
    token = sealing.link_token(str(registration.pk), registration.secret, "feed")
    return f"{settings.BASE_URL}{reverse('registrations:feed', args=[registration.pk, token])}"


@private
@require_POST
@told
def accept(request: HttpRequest, registration_id: UUID, booking_id: int) -> HttpResponse:
    """Take an offered place."""
    one = access.get_registration(request, registration_id)
    actions.accept(booking=access.get_booking(one, booking_id))
    return redirect("registrations:status", one.pk)


@private
@require_http_methods(["GET", "POST"])
@told
def decline(request: HttpRequest, registration_id: UUID, booking_id: int) -> HttpResponse:
    """Say no to an offered place, after one question."""
    one = access.get_registration(request, registration_id)
    booking = access.get_booking(one, booking_id)
    if request.method == "POST":
        actions.decline(booking=booking)
        return redirect("registrations:status", one.pk)
    return render(request, "bookings/registrations/decline.html", {"registration": one, "booking": booking})


@private
@require_http_methods(["GET", "POST"])
@told
def cancel(request: HttpRequest, registration_id: UUID, booking_id: int) -> HttpResponse:
    """Give up a place; what goes back is shown before."""
    one = access.get_registration(request, registration_id)
    booking = access.get_booking(one, booking_id)
    percent = fees.percent_now(booking)
    cents = fees.cents_back(booking, percent)
    refund = cents if booking.state == BookingState.CONFIRMED else 0
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and tried(form, lambda: actions.cancel(booking=booking, **form.cleaned_data)):
        return redirect("registrations:status", one.pk)
    context = {
        "registration": one,
        "booking": booking,
        "form": form,
        "waits": booking.state == BookingState.WAITING,
        "percent": percent,
        "refund": euros_of(refund) if refund else None,
        "price": euros_of(booking.price_cents) if booking.order_id else None,
        "owed": euros_of(booking.price_cents - cents) if booking.state == BookingState.UNPAID and booking.price_cents > cents else None,
    }
    return render(request, "bookings/registrations/cancel.html", context, status=422 if form.errors else 200)


@private
@require_http_methods(["GET", "POST"])
@told
def restore(request: HttpRequest, registration_id: UUID, booking_id: int) -> HttpResponse:
    """Take a cancellation back, after one question; where that is too late the page says why and offers the waiting list."""
    one = access.get_registration(request, registration_id)
    booking = access.get_booking(one, booking_id)
    if request.method == "POST":
        actions.restore(booking=booking)
        return redirect("registrations:status", one.pk)
    sentence, refusal = undoing.said(booking)
    context = {"registration": one, "booking": booking, "sentence": sentence, "refusal": refusal}
    return render(request, "bookings/registrations/restore.html", context)


@private
@require_POST
@told
def wait_again(request: HttpRequest, registration_id: UUID, booking_id: int) -> HttpResponse:
    """Stand in the line of an offer again whose place was cancelled."""
    one = access.get_registration(request, registration_id)
    actions.wait_again(booking=access.get_booking(one, booking_id))
    return redirect("registrations:status", one.pk)


@private
@require_http_methods(["GET", "POST"])
@told
def withdraw(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Withdraw the whole registration, after one question."""
    one = access.get_registration(request, registration_id)
    if request.method == "POST":
        actions.withdraw(registration=one)
        return redirect("registrations:status", one.pk)
    return render(request, "bookings/registrations/withdraw.html", {"registration": one})


@require_safe
def feed(request: HttpRequest, registration_id: UUID, token: str) -> HttpResponse:
    """The party's sessions as a calendar that programs fetch (iCalendar)."""
    registration = access.get_for_feed(registration_id, token)
    answer = HttpResponse(calendars.party_calendar(registration), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="termine.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer
