"""Lists of staff as they are asked for in an address: search, state, order, page; and as files for spreadsheet programs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from direktdraht.bookings.appointments import letters, queries
from direktdraht.bookings.appointments.models import LIVING, Appointment, Occasion, Presence, Site, State, Wish
from direktdraht.foundation import clock
from direktdraht.foundation.web.tables import Column, Pages, sorting_column

A_PAGE = 50
MOST_PAGES = 1_000
MOST_EXPORTED = 5_000
LONGEST_SEARCH = 100
SEARCHED_BACK = timedelta(days=30)
APPOINTMENT_HEAD = ("Tag", "Beginn", "Ende", "Name", "E-Mail", "Telefon", "Anlass", "Schalter", "Stand", "Anwesenheit", "Hinweis")
WISH_HEAD = ("Reihenfolge", "Name", "E-Mail", "Telefon", "Anlass", "Orte", "Von", "Bis", "Nicht vor", "Fertig um", "Eingetragen")
STATES: Mapping[str, Q] = {
    "": Q(),
    "offen": Q(state=State.BOOKED, presence=Presence.OPEN),
    "da": Q(state=State.BOOKED, presence=Presence.ARRIVED),
    "nicht-da": Q(state=State.BOOKED, presence=Presence.MISSED),
    "gehalten": Q(state__in=[State.HELD, State.OFFERED]),
}
SORTS: Mapping[str, Sequence[str]] = {
    "zeit": ("starts_at", "created_at", "pk"),
    "-zeit": ("-starts_at", "-created_at", "pk"),
    "name": ("name", "starts_at", "pk"),
    "-name": ("-name", "starts_at", "pk"),
}


@dataclass(frozen=True)
class Asked:
    """What a list's address asks for; ``words`` search in name, e-mail address and phone number."""

    path: str
    fixed: tuple[tuple[str, str], ...] = ()
    words: str = ""
    state: str = ""
    sort: str = "zeit"
    page: int = 1

    def address(self, path: str = "") -> str:
        """The address of this very list, or of the same list at another path."""
        facts = {"suche": self.words, "stand": self.state, "sortierung": self.sort if self.sort != "zeit" else ""}
        facts["seite"] = str(self.page) if self.page > 1 else ""
        query = urlencode([*self.fixed, *((name, value) for name, value in facts.items() if value)])
        return f"{path or self.path}?{query}" if query else path or self.path

    def window(self) -> slice:
        """Which rows to read: those of the page and one more, which tells whether there is another page."""
        return slice((self.page - 1) * A_PAGE, self.page * A_PAGE + 1)

    def pages(self, read: int) -> Pages:
        """Links to the neighbouring pages."""
        return Pages(
            _("Seite %(n)d") % {"n": self.page},
            replace(self, page=self.page - 1).address() if self.page > 1 else "",
            replace(self, page=self.page + 1).address() if read > A_PAGE else "",
        )

    def column(self, label: str, sort: str) -> Column:
        """A column whose title sorts."""
        return sorting_column(label, sort, present=self.sort, address=lambda word: replace(self, sort=word, page=1).address())

    def filters(self, labels: Mapping[str, str]) -> list[dict[str, Any]]:
        """The states to choose from, as links."""
        return [
            {"label": label, "url": replace(self, state=state, page=1).address(), "current": self.state == state}
            for state, label in labels.items()
        ]


def asked(request: HttpRequest, path: str, **fixed: str) -> Asked:
    """What an address asks for; anything unknown is left out."""
    page = request.GET.get("seite", "")
    state, sort = request.GET.get("stand", ""), request.GET.get("sortierung", "")
    return Asked(
        path=path,
        fixed=tuple((name, value) for name, value in fixed.items() if value),
        words=" ".join(request.GET.get("suche", "").replace("\x00", "").split())[:LONGEST_SEARCH],
        state=state if state in STATES else "",
        sort=sort if sort in SORTS else "zeit",
        page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) <= 4 and 0 < int(page) <= MOST_PAGES else 1,
    )


def state_labels() -> dict[str, str]:
    """The states of the day list in words."""
    return {"": _("Alle"), "offen": _("Offen"), "da": _("Da"), "nicht-da": _("Nicht da"), "gehalten": _("Gehalten")}


def matching(words: str) -> Q:
    """Names and addresses that hold the words, numbers that hold their digits."""
    found = Q(name__icontains=words) | Q(email__icontains=words)
    digits = "".join(sign for sign in words if sign.isdigit())
    if len(digits) >= 4:
        spaced = r"[^0-9]*".join(digits.removeprefix("0"))
        found |= Q(phone__regex=spaced)
    return found


def appointments(site: Site, day: date, wanted: Asked) -> QuerySet[Appointment]:
    """The day's appointments; with words to search for, those of the last 30 days and all that are ahead."""
    if wanted.words:
        found = Appointment.objects.filter(site=site, starts_at__gte=clock.now() - SEARCHED_BACK).filter(matching(wanted.words))
    else:
        found = queries.day_of_site(site.pk, day)
    living = found.filter(Q(held_until__isnull=True) | Q(held_until__gt=clock.now()), state__in=LIVING).filter(STATES[wanted.state])
    return living.select_related("case").prefetch_related("parts__counter").order_by(*SORTS[wanted.sort])


def wishes(sites: Sequence[Site], wanted: Asked) -> QuerySet[Wish]:
    """Who waits, in the order of their turn."""
    found = queries.waiting_wishes(sites).prefetch_related("sites")
    return found.filter(matching(wanted.words)) if wanted.words else found


def appointment_rows(found: Iterable[Appointment], known: Mapping[int, Occasion]) -> Iterator[list[str]]:
    """The lines of the file."""
    for one in found:
        begin = one.starts_at.astimezone(clock.BERLIN)
        yield [
            f"{begin:%Y-%m-%d}",
            f"{begin:%H:%M}",
            f"{one.ends_at.astimezone(clock.BERLIN):%H:%M}",
            one.name,
            one.email,
            one.phone,
            letters.titles([known[key] for key in queries.occasion_keys(one) if key in known], "de"),
            ", ".join(part.counter.name for part in sorted(one.parts.all(), key=lambda part: part.place)),
            str(one.get_state_display()),
            str(one.get_presence_display()),
            one.note,
        ]


def wish_rows(found: Iterable[Wish], known: Mapping[int, Occasion]) -> Iterator[list[str]]:
    """The lines of the list of wishes as a file."""
    for number, one in enumerate(found, start=1):
        yield [
            str(number),
            one.name,
            one.email,
            one.phone,
            letters.titles([known[key] for key in one.occasions if key in known], "de"),
            ", ".join(sorted(site.name for site in one.sites.all())),
            one.first_day.isoformat(),
            one.last_day.isoformat(),
            f"{one.from_time:%H:%M}",
            f"{one.until_time:%H:%M}",
            one.asked_on.isoformat(),
        ]
