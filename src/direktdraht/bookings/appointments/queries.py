"""What can be asked: free times, days of a site, one's own appointments, the list of wishes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, QuerySet

from direktdraht.bookings.appointments import free_times
from direktdraht.bookings.appointments.free_times import DayHours, Span, Visit, Wanted, WeeklyHours, cell_of, first_cell, instant_of
from direktdraht.bookings.appointments.models import (
    LIVING,
    Appointment,
    AppointmentLook,
    Counter,
    DayException,
    Hours,
    Occasion,
    Part,
    Site,
    State,
    Wish,
    WishLook,
    WishState,
)
from direktdraht.foundation import clock
from direktdraht.foundation.city import settings as city
from direktdraht.foundation.deadlines.calendar import WorkingDays
from direktdraht.people.models import Account, Unit

NEAR_DAYS = 14
TIMES_A_SITE = 6
ONE_DAY = timedelta(days=1)


def open_occasions() -> list[Occasion]:
    """What one can come for, in German order."""
    return list(Occasion.objects.filter(active=True).order_by("sort_key", "pk"))


def has_hall(site: Site) -> bool:
    """Whether people check in at the site: it has a waiting hall that is open."""
    hall = getattr(site, "hall", None)
    return hall is not None and hall.active


def occasions_done_at(site: Site) -> list[Occasion]:
    """What is done at some active counter of a site, in German order."""
    counters = Counter.objects.filter(site=site, active=True)
    return list(Occasion.objects.filter(active=True, counters__in=counters).distinct().order_by("sort_key", "pk"))


def occasions_by(keys: Sequence[int]) -> list[Occasion]:
    """Occasions in the order of the given keys; those that do not exist are left out."""
    known = Occasion.objects.in_bulk(list(keys))
    return [known[key] for key in keys if key in known]


def sites_for(occasions: Sequence[Occasion], units: Sequence[Unit] | None = None) -> list[Site]:
    """Active sites at which every one of the occasions is done at some counter, in German order; of these units only, if given."""
    found = Site.objects.filter(active=True).order_by("sort_key", "pk")
    if units is not None:
        found = found.filter(unit__in=units)
    for occasion in occasions:
        found = found.filter(pk__in=Counter.objects.filter(active=True, occasions=occasion).values("site"))
    return list(found)


@dataclass(frozen=True)
class FreeTime:
    """A time that can be taken: where, when, how."""

    site: Site
    visit: Visit

    @property
    def starts_at(self) -> datetime:
        """When it begins."""
        return instant_of(self.visit.first)

    @property
    def ends_at(self) -> datetime:
        """When it ends for the person."""
        return instant_of(self.visit.end)

    @property
    def word(self) -> str:
        """How forms name it: site and instant."""
        return word_of(self.site.pk, self.starts_at)


def word_of(site: int, starts_at: datetime) -> str:
    """The value of a form's button for a time at a site, ``3@2026-11-30T08:15``, in UTC."""
    return f"{site}@{starts_at.astimezone(UTC):%Y-%m-%dT%H:%M}"


@dataclass
class Office:
    """Everything that is needed to find free times for some occasions at some sites, read once."""

    occasions: Sequence[Occasion]
    sites: Sequence[Site]
    counters: Mapping[int, Sequence[Counter]]
    services: Mapping[int, frozenset[int]]
    hours: Sequence[Hours]
    exceptions: Sequence[DayException]
    without: Appointment | None = None
    read: list[tuple[date, date, dict[int, list[Span]]]] = field(default_factory=list)
    calendar: WorkingDays = field(default_factory=lambda: WorkingDays(city.current().state))

    @property
    def wanted(self) -> list[Wanted]:
        """The occasions as the search sees them."""
        return [Wanted(one.pk, one.minutes, one.buffer_minutes) for one in self.occasions]

    def earliest(self, *, by_staff: bool = False) -> datetime:
        """From when on times are offered; staff may book up to the minute."""
        lead = 0 if by_staff else max(one.lead_minutes for one in self.occasions)
        return clock.now() + timedelta(minutes=lead)

    def last_day(self) -> date:
        """The last day that can be booked."""
        return clock.today() + timedelta(days=min(one.days_ahead for one in self.occasions))

    def on(self, first: date, last: date) -> dict[int, list[free_times.Counter]]:
        """The counters of each site with what is taken between two days; no days are read twice."""
        taken = next((known for begin, end, known in self.read if begin <= first and last <= end), None)
        if taken is None:
            taken = self._taken(first, last)
            self.read.append((first, last, taken))
        return {site.pk: [self._counter(one, taken.get(one.pk, [])) for one in self.counters.get(site.pk, ())] for site in self.sites}

    def _taken(self, first: date, last: date) -> dict[int, list[Span]]:
        begin, end = instant_of(first_cell(first)), instant_of(first_cell(last + ONE_DAY)) + timedelta(hours=3)
        found = living_parts().filter(counter__site__in=[site.pk for site in self.sites], starts_at__lt=end, blocked_until__gt=begin)
        if self.without is not None:
            found = found.exclude(appointment=self.without)
        taken: dict[int, list[Span]] = {}
        for counter, starts, until in found.order_by("pk").values_list("counter_id", "starts_at", "blocked_until"):
            taken.setdefault(counter, []).append(Span(cell_of(starts), cell_of(until) - cell_of(starts)))
        return taken

    def _counter(self, counter: Counter, taken: Sequence[Span]) -> free_times.Counter:
        mine = [one for one in self.exceptions if one.site_id == counter.site_id and one.counter_id in {None, counter.pk}]
        return free_times.Counter(
            key=counter.pk,
            services=self.services.get(counter.pk, frozenset()),
            site_hours=[weekly(one) for one in self.hours if one.site_id == counter.site_id and one.counter_id is None],
            hours=[weekly(one) for one in self.hours if one.counter_id == counter.pk],
            exceptions=[DayHours(one.day, one.is_open, one.opens, one.closes) for one in mine],
            seats=counter.seats,
            raster_minutes=counter.raster_minutes,
            taken=taken,
        )

    def visits(self, counters: Sequence[free_times.Counter], day: date, *, by_staff: bool = False, most: int | None = None) -> list[Visit]:
        """The free visits of one site's counters on one day."""
        if day > self.last_day() or not counters:
            return []
        earliest = cell_of(self.earliest(by_staff=by_staff) - timedelta(microseconds=1)) + 1
        holiday = bool(self.calendar.holiday(day))
        return free_times.free_visits(self.wanted, counters, day, is_holiday=holiday, earliest=earliest, most=most)


def weekly(hours: Hours) -> WeeklyHours:
    """Stored opening hours as the search sees them."""
    return WeeklyHours(hours.weekday, hours.opens, hours.closes, hours.valid_from, hours.valid_to)


def living_parts() -> QuerySet[Part]:
    """The parts of appointments that still have their time: booked, or held or offered and not over."""
    now = clock.now()
    return Part.objects.filter(Q(appointment__held_until__isnull=True) | Q(appointment__held_until__gt=now), appointment__state__in=LIVING)


def office(occasions: Sequence[Occasion], sites: Sequence[Site], *, without: Appointment | None = None) -> Office:
    """Read counters, hours and exceptions from today on; ``without`` is an appointment whose own time counts as free."""
    keys, today = [site.pk for site in sites], clock.today()
    does = ArrayAgg("occasions", filter=Q(occasions__in=[one.pk for one in occasions]), default=[])
    counters = list(Counter.objects.filter(site__in=keys, active=True).annotate(does=does).order_by("site_id", "pk"))
    return Office(
        occasions=occasions,
        sites=sites,
        counters={site: list(found) for site, found in groupby(counters, key=lambda one: one.site_id)},
        services={one.pk: frozenset(one.does) for one in counters},
        hours=list(Hours.objects.filter(site__in=keys).exclude(valid_to__lt=today).order_by("pk")),
        exceptions=list(DayException.objects.filter(site__in=keys, day__gte=today).order_by("pk")),
        without=without,
    )


def next_free(known: Office, first: date, *, a_site: int = TIMES_A_SITE, by_staff: bool = False) -> dict[int, list[FreeTime]]:
    """For each site its next free times from a day on: the near days first, the others only where too few were found."""
    found: dict[int, list[FreeTime]] = {site.pk: [] for site in known.sites}
    first, last = max(first, clock.today()), known.last_day()
    for begin, end in windows(first, last):
        missing = [site for site in known.sites if len(found[site.pk]) < a_site]
        if not missing:
            break
        counters = known.on(begin, end)
        for site in missing:
            for visit in visits_from(known, counters[site.pk], begin, end, a_site - len(found[site.pk]), by_staff=by_staff):
                found[site.pk].append(FreeTime(site, visit))
    return found


def windows(first: date, last: date) -> Iterator[tuple[date, date]]:
    """The near days, then all the others: two readings at most."""
    near = min(first + timedelta(days=NEAR_DAYS - 1), last)
    if first <= near:
        yield first, near
    if near < last:
        yield near + ONE_DAY, last


def visits_from(
    known: Office, counters: Sequence[free_times.Counter], first: date, last: date, most: int, *, by_staff: bool
) -> Iterator[Visit]:
    """At most so many visits of one site, day after day."""
    day = first
    while day <= last and most > 0:
        for visit in known.visits(counters, day, by_staff=by_staff, most=most):
            most -= 1
            yield visit
        day += ONE_DAY


def week_of(known: Office, first: date) -> dict[int, list[list[FreeTime]]]:
    """For each site the free times of the seven days from a day on."""
    days = [first + timedelta(days=number) for number in range(7)]
    counters = known.on(days[0], days[-1])
    return {
        site.pk: [
            [FreeTime(site, visit) for visit in (known.visits(counters[site.pk], day) if day >= clock.today() else [])] for day in days
        ]
        for site in known.sites
    }


def free_on(known: Office, site: Site, day: date, *, by_staff: bool = False) -> list[FreeTime]:
    """All free times of a site on a day."""
    return [FreeTime(site, visit) for visit in known.visits(known.on(day, day)[site.pk], day, by_staff=by_staff)]


def near_to(known: Office, at: datetime, most: int = 8) -> list[FreeTime]:
    """The free times nearest to an instant, over all sites, in the order of time."""
    day = at.astimezone(clock.BERLIN).date()
    first, last = max(day - timedelta(days=2), clock.today()), day + timedelta(days=7)
    counters = known.on(first, last)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    found = [FreeTime(site, visit) for site in known.sites for one in days for visit in known.visits(counters[site.pk], one)]
    nearest = sorted(found, key=lambda free: (abs(free.starts_at - at), free.starts_at, free.site.pk))[:most]
    return sorted(nearest, key=lambda free: (free.starts_at, free.site.pk))


def occasion_keys(appointment: Appointment) -> list[int]:
    """What an appointment is for, in the order of the visit."""
    parts = sorted(appointment.parts.all(), key=lambda part: part.place)
    return [key for part in parts for key in part.occasions]


def day_of_site(site: int, day: date) -> QuerySet[Appointment]:
    """The appointments of a site that begin on a day in Germany, in whatever state."""
    begin, end = instant_of(first_cell(day)), instant_of(first_cell(day + ONE_DAY))
    return Appointment.objects.filter(site=site, starts_at__gte=begin, starts_at__lt=end)


def looks_at(appointment: Appointment) -> list[AppointmentLook]:
    """Who of the staff saw the appointment, the latest first."""
    return list(AppointmentLook.objects.filter(appointment=appointment).select_related("unit").order_by("-hour", "pk")[:20])


def looks_at_wish(wish: Wish) -> list[WishLook]:
    """Who of the staff saw the wish, the latest first."""
    return list(WishLook.objects.filter(wish=wish).select_related("unit").order_by("-hour", "pk")[:20])


def affected_by(counter: Counter, day: date) -> list[Appointment]:
    """The booked appointments that need this counter on a day and have not begun."""
    begin, end = instant_of(first_cell(day)), instant_of(first_cell(day + ONE_DAY))
    parts = Part.objects.filter(counter=counter, starts_at__gte=max(begin, clock.now()), starts_at__lt=end, appointment__state=State.BOOKED)
    found = Appointment.objects.filter(pk__in=parts.values("appointment")).select_related("site", "site__unit", "account", "case")
    return list(found.prefetch_related("parts__counter").order_by("starts_at", "pk"))


def appointments_of(account: Account) -> list[Appointment]:
    """A person's appointments that lie ahead, soonest first: for their own area."""
    found = Appointment.objects.filter(account=account, state=State.BOOKED, ends_at__gte=clock.now()).select_related("site")
    return list(found.prefetch_related("parts").order_by("starts_at", "pk")[:20])


def titles_of(appointments: Iterable[Appointment]) -> dict[int, Occasion]:
    """The occasions of appointments by key, read at once."""
    return Occasion.objects.in_bulk({key for one in appointments for key in occasion_keys(one)})


def waiting_wishes(sites: Sequence[Site]) -> QuerySet[Wish]:
    """The wishes that wait at any of the sites, whose turn is first coming first."""
    return Wish.objects.filter(state=WishState.WAITING, sites__in=sites).distinct().order_by("asked_on", "lot", "pk")


def open_offers(sites: Sequence[Site]) -> list[Appointment]:
    """The offers at these sites that wait for an answer, the most urgent first."""
    found = Appointment.objects.filter(site__in=sites, state=State.OFFERED, held_until__gt=clock.now()).select_related("site")
    return list(found.prefetch_related("parts").order_by("held_until", "pk"))


def before(wish: Wish) -> int:
    """How many wait before this wish for one of the same occasions."""
    earlier = Q(asked_on__lt=wish.asked_on) | Q(asked_on=wish.asked_on, lot__lt=wish.lot)
    return Wish.objects.filter(earlier, state=WishState.WAITING, occasions__overlap=wish.occasions).count()


def set_up(units: Sequence[str]) -> list[Site]:
    """The sites of units with counters, hours and exceptions ahead, for the page that sets them up."""
    found = Site.objects.filter(unit__in=units).select_related("unit").annotate(busy=Count("counters"))
    return list(found.prefetch_related("counters__occasions").order_by("sort_key", "pk"))
