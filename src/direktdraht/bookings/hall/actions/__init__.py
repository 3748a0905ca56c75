"""What can be done in a hall; each action is one transaction that holds the hall's row, so no two counters call one person."""

from direktdraht.bookings.hall.actions.calling import arrived, call, call_again, call_next, done, missed, pause, resume
from direktdraht.bookings.hall.actions.coming import check_in, check_in_appointment, draw, leave
from direktdraht.bookings.hall.actions.running import erase_past, renew_addresses, save_hall, send_home

__all__ = [
    "arrived",
    "call",
    "call_again",
    "call_next",
    "check_in",
    "check_in_appointment",
    "done",
    "draw",
    "erase_past",
    "leave",
    "missed",
    "pause",
    "renew_addresses",
    "resume",
    "save_hall",
    "send_home",
]
