"""What is stored of registrations."""

from direktdraht.bookings.registrations.models.attendance import Attendance, Presence
from direktdraht.bookings.registrations.models.offers import (
    CancellationRule,
    Draw,
    Entitlement,
    Mode,
    Offer,
    Seat,
    Series,
    SeriesState,
    Session,
)
from direktdraht.bookings.registrations.models.registrations import (
    HOLDING,
    LIVE,
    PLACES,
    Announcement,
    Booking,
    BookingState,
    HealthLook,
    OfferWish,
    Participant,
    Registration,
)

__all__ = [
    "HOLDING",
    "LIVE",
    "PLACES",
    "Announcement",
    "Attendance",
    "Booking",
    "BookingState",
    "CancellationRule",
    "Draw",
    "Entitlement",
    "HealthLook",
    "Mode",
    "Offer",
    "OfferWish",
    "Participant",
    "Presence",
    "Registration",
    "Seat",
    "Series",
    "SeriesState",
    "Session",
]
