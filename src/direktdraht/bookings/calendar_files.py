"""Dates as a calendar file (iCalendar, RFC 5545), for appointments and registrations. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event

PRODUCT = "-//Direktdraht//Termine//DE"


@dataclass(frozen=True)
class CalendarEntry:
    """One date; ``sequence`` grows with each change, so that calendar programs follow a move or a cancellation."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    text: str
    url: str
    cancelled: bool = False


def calendar_file(entries: Iterable[CalendarEntry]) -> str:
    """The file; instants stand in UTC, so that no program has to know our time zone."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("sequence", entry.sequence)
        event.add("dtstamp", entry.changed_at)
        event.add("last-modified", entry.changed_at)
        event.add("dtstart", entry.starts_at)
        event.add("dtend", entry.ends_at)
        event.add("summary", entry.title)
        event.add("location", entry.place)
        event.add("description", entry.text)
        event.add("url", entry.url)
        event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
        calendar.add_component(event)
    return str(calendar.to_ical().decode())
