"""What the room stores; the tables stand with their subject."""

from direktdraht.bookings.registrations.models import (
    Announcement,
    Booking,
    CancellationRule,
    Draw,
    Entitlement,
    HealthLook,
    Offer,
    OfferWish,
    Participant,
    Registration,
    Seat,
    Series,
    Session,
)

__all__ = [
    "Announcement",
    "Booking",
    "CancellationRule",
    "Draw",
    "Entitlement",
    "HealthLook",
    "Offer",
    "OfferWish",
    "Participant",
    "Registration",
    "Seat",
    "Series",
    "Session",
]
