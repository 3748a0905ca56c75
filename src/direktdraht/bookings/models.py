"""What the room stores; each half keeps its own tables in its folder."""

from direktdraht.bookings.appointments.models import (
    Appointment,
    Cell,
    Counter,
    DayException,
    Hours,
    Occasion,
    Part,
    Site,
    Wish,
)

__all__ = ["Appointment", "Cell", "Counter", "DayException", "Hours", "Occasion", "Part", "Site", "Wish"]
