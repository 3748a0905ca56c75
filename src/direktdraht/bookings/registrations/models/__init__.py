"""What is stored of registrations."""

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
    "Announcement",
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
    "Registration",
    "Seat",
    "Series",
    "SeriesState",
    "Session",
]
