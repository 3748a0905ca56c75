"""What can be done with appointments; each action is one transaction with its check, its journal row, its notice."""

from direktdraht.bookings.appointments.actions.booking import Contact, book, cancel, claim, move, write
from direktdraht.bookings.appointments.actions.holding import Choice, free_expired, hold, hold_for_draft, let_go
from direktdraht.bookings.appointments.actions.looks import record_export, record_looks, record_wish_looks
from direktdraht.bookings.appointments.actions.office import cancel_by_city, close_counter, make_room, mark, move_by_city
from direktdraht.bookings.appointments.actions.setting_up import (
    add_exception,
    add_hours,
    end_hours,
    renew_feed,
    save_counter,
    save_occasion,
    save_site,
    set_feed,
    take_back_exception,
)
from direktdraht.bookings.appointments.actions.wishes import Window, allot, allot_waiting, decline, take_offer, wish_for, withdraw

__all__ = [
    "Choice",
    "Contact",
    "Window",
    "add_exception",
    "add_hours",
    "allot",
    "allot_waiting",
    "book",
    "cancel",
    "cancel_by_city",
    "claim",
    "close_counter",
    "decline",
    "end_hours",
    "free_expired",
    "hold",
    "hold_for_draft",
    "let_go",
    "make_room",
    "mark",
    "move",
    "move_by_city",
    "record_export",
    "record_looks",
    "record_wish_looks",
    "renew_feed",
    "save_counter",
    "save_occasion",
    "save_site",
    "set_feed",
    "take_back_exception",
    "take_offer",
    "wish_for",
    "withdraw",
    "write",
]
