"""How registrations are fetched, each way with its check; there is no other way in.

The party opens its registration in the session that began it, with the link of its mails, with its account, or with the
number and key of its case.
Staff of the series' unit (Sachbearbeitung, Leitung) work with it. The leaders of an offer see who comes, and they alone
the health notes. Strangers get 404, readers without the right 403.
"""

import hmac
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from direktdraht.bookings.registrations import sealing
from direktdraht.bookings.registrations.errors import NotAllowed
from direktdraht.bookings.registrations.models import Booking, Offer, Registration, Series, SeriesState, Session
from direktdraht.cases import opened
from direktdraht.foundation.limits import counting as limits
from direktdraht.people.models import Account, Role, Unit
from direktdraht.people.queries import Someone, memberships_of, roles_in, roles_of
from direktdraht.submissions import access as submissions

WORKING_ROLES = frozenset({Role.CLERK, Role.LEAD})
TRIES_PER_HOUR = 60


def forget(request: HttpRequest, registration: Registration) -> None:
    """Close a registration in this browser, with its receipt and the case that is open."""
    submissions.forget(request, registration.pk)
    opened.forget(request)


def may_open(request: HttpRequest, registration: Registration) -> bool:
    """Whether the session began it or opened it by link, the signed-in account owns it, or either is the person of its case."""
    if submissions.may_open(request, registration.pk, registration.account_id):
        return True
    return registration.case is not None and opened.is_person_of(request, registration.case)


def get_registration(request: HttpRequest, registration_id: UUID) -> Registration:
    """The registration for its party, with its draw but not the draw's files. Raises Http404."""
    rows = Registration.objects.select_related("series__unit", "series__draw", "account", "case__account", "draft")
    rows = rows.defer("series__draw__wishes", "series__draw__places", "series__draw__result")
    registration = rows.filter(pk=registration_id).first()
    if registration is None or not may_open(request, registration):
        raise Http404
    return registration


def open_by_link(request: HttpRequest, registration_id: UUID, token: str) -> Registration:
    """The registration that a link of a mail opens; this session may open it and its receipt from now on. Raises Http404."""
    if not limits.hit("bookings.link", request.META.get("REMOTE_ADDR", ""), limit=TRIES_PER_HOUR, seconds=3600):
        raise Http404
    registration = Registration.objects.filter(pk=registration_id).first()
    if registration is None or not fits(registration, token, "open"):
        raise Http404
    request.session.cycle_key()
    submissions.let_open(request, registration.pk)
    return registration


def get_for_feed(registration_id: UUID, token: str) -> Registration:
    """The registration behind a calendar's address, which opens nothing else. Raises Http404."""
    registration = Registration.objects.select_related("series").filter(pk=registration_id).first()
    if registration is None or not fits(registration, token, "feed"):
        raise Http404
    return registration


def fits(registration: Registration, token: str, purpose: str) -> bool:
    """Whether a token is the registration's own for this purpose."""
    known = sealing.link_token(str(registration.pk), registration.secret, purpose)
    return hmac.compare_digest(known.encode(), token.encode())


def get_booking(registration: Registration, booking_id: int) -> Booking:
    """A booking of a registration that was fetched with its check. Raises Http404."""
    rows = Booking.objects.select_related("participant__registration__series", "offer__series", "order", "refund")
    booking = rows.filter(pk=booking_id, participant__registration=registration).first()
    if booking is None:
        raise Http404
    return booking


def get_public_series(key: str) -> Series:
    """A series that everybody may see. Raises Http404."""
    series = Series.objects.select_related("unit").filter(pk=key).exclude(state=SeriesState.DRAFT).first()
    if series is None:
        raise Http404
    return series


def get_public_offer(series: Series, number: int) -> Offer:
    """An offer of a public series. Raises Http404."""
    offer = series.offers.filter(number=number).first()
    if offer is None:
        raise Http404
    return offer


def works_for(user: Someone, series: Series) -> bool:
    """Whether the user works in the unit of the series."""
    return bool(WORKING_ROLES & roles_in(user, series.unit))


def require_worker(user: Someone, series: Series) -> None:
    """Raise NotAllowed unless the user works in the unit of the series."""
    if not works_for(user, series):
        raise NotAllowed


def leads_offer(user: Someone, offer: Offer) -> bool:
    """Whether the user leads the offer; only they see health notes."""
    return isinstance(user, Account) and bool(roles_of(user)) and offer.leaders.filter(pk=user.pk).exists()


def working_units(user: Someone) -> list[Unit]:
    """The units whose series the user works with."""
    units = {found.unit_id: found.unit for found in memberships_of(user) if found.role in WORKING_ROLES}
    return list(units.values())


def series_for(user: Account) -> QuerySet[Series]:
    """The series that the user works with, newest first."""
    return Series.objects.filter(unit__in=working_units(user)).select_related("unit").order_by("-opens_at", "key")


def get_series_to_work(user: Account, key: str) -> Series:
    """The series for its staff; other staff get PermissionDenied, strangers Http404."""
    series = Series.objects.select_related("unit").filter(pk=key).first()
    if series is None:
        raise Http404
    if works_for(user, series):
        return series
    if roles_in(user, series.unit):
        raise PermissionDenied
    raise Http404


def get_offer_to_work(user: Account, key: str, number: int) -> Offer:
    """An offer for the staff of its series. Raises Http404, PermissionDenied."""
    series = get_series_to_work(user, key)
    offer = series.offers.filter(number=number).first()
    if offer is None:
        raise Http404
    offer.series = series
    return offer


def get_offer_to_see(user: Account, key: str, number: int) -> Offer:
    """An offer for its leaders and the staff of its series. Raises Http404, PermissionDenied."""
    offer = Offer.objects.select_related("series__unit").filter(series=key, number=number).first()
    if offer is not None and leads_offer(user, offer):
        return offer
    return get_offer_to_work(user, key, number)


def get_session_to_see(user: Account, key: str, number: int, session_id: int) -> Session:
    """A date of an offer for the offer's leaders and the staff of its series. Raises Http404, PermissionDenied."""
    offer = get_offer_to_see(user, key, number)
    session = offer.sessions.filter(pk=session_id).first()
    if session is None:
        raise Http404
    session.offer = offer
    return session


def get_offer_of_leader(user: Account, key: str, number: int) -> Offer:
    """An offer for its leaders alone; other staff of the series get PermissionDenied, strangers Http404."""
    offer = get_offer_to_see(user, key, number)
    if not leads_offer(user, offer):
        raise PermissionDenied
    return offer


def get_booking_to_work(user: Account, key: str, number: int, booking_id: int) -> Booking:
    """A booking for the staff of its series. Raises Http404, PermissionDenied."""
    offer = get_offer_to_work(user, key, number)
    about = ("participant__registration__series", "participant__entitlement", "offer__series__unit", "order", "refund")
    rows = Booking.objects.select_related(*about)
    booking = rows.filter(pk=booking_id, offer=offer).first()
    if booking is None:
        raise Http404
    return booking
