"""Certificates of attendance as PDF: a family's own, and those of an offer for its leaders and staff."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from direktdraht.bookings.registrations import access, actions, certificates
from direktdraht.bookings.registrations.models import Offer
from direktdraht.bookings.registrations.pages import private, told
from direktdraht.people.access import account_of, staff_required


@private
@require_GET
@told
def own(request: HttpRequest, registration_id: UUID, booking_id: int) -> HttpResponse:
    """The certificate of one person of the party, in the language of the page."""
    booking = access.get_booking(access.get_registration(request, registration_id), booking_id)
    found = certificates.earned([booking])
    if booking.pk not in found:
        raise Http404
    language = {booking.pk: get_language() or "de"}
    return pdf_of(certificates.render_pdf(booking.offer, [(booking, found[booking.pk])], language), booking.offer)


@private
@require_GET
@staff_required()
@told
def of_place(request: HttpRequest, key: str, number: int, booking_id: int) -> HttpResponse:
    """The certificate of one person, in the language of their registration."""
    return of_some(request, key, number, booking_id)


@private
@require_GET
@staff_required()
@told
def of_offer(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """All certificates of an offer in one file."""
    return of_some(request, key, number, None)


def of_some(request: HttpRequest, key: str, number: int, booking_id: int | None) -> HttpResponse:
    """The certificates of an offer, or only that of one place; none is a page that is not there."""
    me = account_of(request)
    offer = access.get_offer_to_see(me, key, number)
    people = [(one, dates) for one, dates in certificates.earned_in(offer) if booking_id in {None, one.pk}]
    if not people:
        raise Http404
    file = certificates.render_pdf(offer, people, {one.pk: one.participant.registration.language for one, _dates in people})
    actions.record_export(of=offer, rows=len(people), by=me)
    return pdf_of(file, offer)


def pdf_of(file: bytes, offer: Offer) -> HttpResponse:
    """The file as it is saved."""
    answer = HttpResponse(file, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="bescheinigung-{offer.series_id}-{offer.number}.pdf"'
    return answer
