"""How free times and appointments are put on pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from urllib.parse import urlencode

import segno
from django.utils import formats
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from direktdraht.bookings.appointments import letters, queries
from direktdraht.bookings.appointments.links import code_words
from direktdraht.bookings.appointments.models import Appointment, Occasion, Presence, Site, State
from direktdraht.bookings.appointments.queries import FreeTime
from direktdraht.bookings.appointments.staff_lists import Asked
from direktdraht.foundation import clock
from direktdraht.foundation.web.dates import day_words, moment_words, time_words
from direktdraht.foundation.web.tables import Cell, Column, Row, Table

TAGS = {State.HELD: "neutral", State.OFFERED: "warning", State.BOOKED: "success", State.CANCELLED: "danger", State.LAPSED: "neutral"}
PRESENCE_TAGS = {Presence.OPEN: "neutral", Presence.ARRIVED: "success", Presence.MISSED: "warning"}


@dataclass(frozen=True)
class ShownDay:
    """The free times of one day at one site."""

    day: date
    times: Sequence[FreeTime]


@dataclass(frozen=True)
class ShownSite:
    """A site with its free times, day by day; ``more`` leads to all times of the site."""

    site: Site
    days: Sequence[ShownDay]
    more: str = ""


def local_day(free: FreeTime) -> date:
    """The day in Germany on which a time lies."""
    return free.starts_at.astimezone(clock.BERLIN).date()


def by_day(times: Sequence[FreeTime]) -> list[ShownDay]:
    """Times in the order of their days."""
    ordered = sorted(times, key=lambda free: (free.starts_at, free.site.pk))
    return [ShownDay(day, list(found)) for day, found in groupby(ordered, key=local_day)]


def by_site(sites: Sequence[Site], found: Mapping[int, Sequence[FreeTime]], more: Mapping[int, str]) -> list[ShownSite]:
    """Sites with their next times, the earliest first; sites without come last."""
    shown = [ShownSite(site, by_day(found[site.pk]), more.get(site.pk, "")) for site in sites]
    far = clock.today() + timedelta(days=9999)
    return sorted(shown, key=lambda one: (one.days[0].times[0].starts_at.date() if one.days else far, bool(not one.days)))


def query(occasions: Sequence[Occasion], **more: object) -> str:
    """The query of a search; empty values are left out."""
    pairs = [("anlass", str(one.pk)) for one in occasions]
    return urlencode(pairs + [(name, str(value)) for name, value in more.items() if value])


def week_table(known: queries.Office, first: date, path: str) -> Table:
    """How many times are free on each of seven days, a row for each site; each number leads to the day."""
    days = [first + timedelta(days=number) for number in range(7)]
    weeks = queries.week_of(known, first)
    rows = [
        Row([Cell(site.name), *(week_cell(known, site, day, len(found), path) for day, found in zip(days, weeks[site.pk], strict=True))])
        for site in known.sites
    ]
    columns = [Column(_("Ort")), *(Column(short_day(day)) for day in days)]
    return Table(_("Freie Zeiten der sieben Tage"), columns, rows, _("Kein Ort"))


def short_day(day: date) -> str:
    """A day in a narrow column: "Mo., 30.11."; English: "Mon, 30 Nov"."""
    return formats.date_format(day, "D, j M" if (get_language() or "de").startswith("en") else "D., j.n.")


def week_cell(known: queries.Office, site: Site, day: date, count: int, path: str) -> Cell:
    """One day of one site."""
    if not count:
        return Cell("–")
    return Cell(
        ngettext("%(n)d frei", "%(n)d frei", count) % {"n": count}, url=f"{path}?{query(known.occasions, standort=site.pk, tag=day)}"
    )


def facts_of(appointment: Appointment, known: Sequence[Occasion] | None = None) -> list[tuple[str, str]]:
    """When, where, what for, what to bring, with which code to check in; ``known`` are its occasions where they were read already."""
    language = get_language() or "de"
    occasions = known if known is not None else queries.occasions_by(queries.occasion_keys(appointment))
    rows = [
        (_("Wann"), f"{day_words(appointment.starts_at)}, {time_words(appointment.starts_at)}"),
        (_("Wo"), f"{appointment.site.name}\n{appointment.site.address}"),
        (_("Wofür"), letters.titles(occasions, language)),
        (_("Dauer"), _("etwa %(minutes)d Minuten") % {"minutes": (appointment.ends_at - appointment.starts_at).seconds // 60}),
    ]
    if appointment.site.note:
        rows.append((_("Zugang"), appointment.site.note))
    if appointment.state == State.BOOKED and queries.has_hall(appointment.site):
        rows.append((_("Code zum Anmelden vor Ort"), code_words(appointment.pk)))
    bring = letters.bring_list(occasions, language)
    return [*rows, (_("Bitte mitbringen"), "\n".join(bring))] if bring else rows


def counters_of(appointment: Appointment) -> str:
    """Where within the site."""
    parts = sorted(appointment.parts.all(), key=lambda part: part.place)
    return ", ".join(part.counter.name for part in parts)


def day_table(appointments: Sequence[Appointment], known: Mapping[int, Occasion], address: str, wanted: Asked | None = None) -> Table:
    """The day list of a site; ``address`` holds a place for the appointment's id. ``wanted`` makes time and name sortable.

    Where somebody searched, each line names its day.
    """
    language = get_language() or "de"
    rows = [
        Row(
            [
                Cell(
                    moment_words(one.starts_at) if wanted and wanted.words else time_words(one.starts_at),
                    note=_("bis %(time)s") % {"time": time_words(one.ends_at)},
                ),
                Cell(name_of(one), url=address.format(one.pk) if one.state != State.HELD else "", note=one.note),
                Cell(letters.titles([known[key] for key in queries.occasion_keys(one) if key in known], language)),
                Cell(counters_of(one)),
                Cell(one.phone or one.email or "–"),
                state_cell(one),
            ]
        )
        for one in appointments
    ]
    first = [wanted.column(_("Zeit"), "zeit"), wanted.column(_("Name"), "name")] if wanted else [Column(_("Zeit")), Column(_("Name"))]
    columns = [*first, Column(_("Anlass")), Column(_("Schalter")), Column(_("Kontakt")), Column(_("Stand"))]
    if wanted and (wanted.words or wanted.state):
        return Table(
            _("Termine des Tages"), columns, rows, _("Nichts gefunden"), _("Versuchen Sie ein anderes Wort oder einen anderen Stand.")
        )
    return Table(_("Termine des Tages"), columns, rows, _("Keine Termine"), _("An diesem Tag ist an diesem Standort nichts gebucht."))


def name_of(appointment: Appointment) -> str:
    """Who comes; a time that somebody only holds has no name yet."""
    return appointment.name or _("wird gerade gebucht")


def state_cell(appointment: Appointment) -> Cell:
    """Whether the person came; before that, where the appointment stands."""
    if appointment.state == State.BOOKED and appointment.presence != Presence.OPEN:
        return Cell(str(appointment.get_presence_display()), tag=PRESENCE_TAGS[Presence(appointment.presence)])
    return Cell(str(appointment.get_state_display()), tag=TAGS[State(appointment.state)], note=str(appointment.get_origin_display()))


def qr_picture(url: str) -> SafeString:
    """An address as a picture to scan, black on white with its quiet zone."""
    picture = segno.make(url, micro=False).svg_inline(scale=4, border=4, dark="black", light="white", svgclass="dd-qr", lineclass=None)
    return mark_safe(picture)  # noqa: S308  # made by us, holds no text
