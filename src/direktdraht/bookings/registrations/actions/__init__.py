"""What can be done with registrations; each action is one transaction with its check, its journal row, its notice."""

from direktdraht.bookings.registrations.actions.attending import note_attendance, note_rest_present
from direktdraht.bookings.registrations.actions.drawing import publish_draw, run_draw, try_draw
from direktdraht.bookings.registrations.actions.offers import (
    Group,
    OfferWords,
    SeriesWords,
    call_off,
    change_series,
    close_series,
    copy_series,
    create_series,
    publish_series,
    release_reserved,
    save_offer,
)
from direktdraht.bookings.registrations.actions.places import accept, cancel, decline, withdraw
from direktdraht.bookings.registrations.actions.registering import (
    Contact,
    Guarding,
    Person,
    add_wish,
    begin,
    move_wish,
    remove_participant,
    remove_wish,
    save_contact,
    save_participant,
    set_all_or_none,
)
from direktdraht.bookings.registrations.actions.restoring import restore, wait_again
from direktdraht.bookings.registrations.actions.sending import send
from direktdraht.bookings.registrations.actions.staffing import announce, move_by_hand, record_export, record_health_look, record_looks

__all__ = [
    "Contact",
    "Group",
    "Guarding",
    "OfferWords",
    "Person",
    "SeriesWords",
    "accept",
    "add_wish",
    "announce",
    "begin",
    "call_off",
    "cancel",
    "change_series",
    "close_series",
    "copy_series",
    "create_series",
    "decline",
    "move_by_hand",
    "move_wish",
    "note_attendance",
    "note_rest_present",
    "publish_draw",
    "publish_series",
    "record_export",
    "record_health_look",
    "record_looks",
    "release_reserved",
    "remove_participant",
    "remove_wish",
    "restore",
    "run_draw",
    "save_contact",
    "save_offer",
    "save_participant",
    "send",
    "set_all_or_none",
    "try_draw",
    "wait_again",
    "withdraw",
]
