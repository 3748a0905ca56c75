"""The demo city's appointments: three sites, six occasions, a week of bookings, always the same ones."""

import random
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import transaction
from django.utils.text import slugify

from direktdraht.bookings.appointments import queries
from direktdraht.bookings.appointments.actions import booking, holding, wishes
from direktdraht.bookings.appointments.errors import AppointmentsError
from direktdraht.bookings.appointments.models import Counter, DayException, Hours, Occasion, Origin, Site
from direktdraht.foundation import clock
from direktdraht.foundation.ordering import sort_key
from direktdraht.people.models import Account, Unit

SEED = 2026
CITIZENS_OFFICE = "hauptamt"
START = date(2026, 1, 1)
MOST_A_DAY = 9
PEOPLE = ("Robin Weber", "Noor Haddad", "Mika Petersen", "Elif Aydın", "Luca Bianchi", "Yael Rosenthal", "Wanda Szczęsna", "Ousmane Diallo")


@dataclass(frozen=True)
class Planned:
    """An occasion of the demo city."""

    de: str
    en: str
    minutes: int
    buffer: int = 5
    bring_de: str = ""
    bring_en: str = ""
    by_request: bool = False


OCCASIONS = (
    Planned(
        "Personalausweis beantragen", "Apply for an identity card", 15, 5, "Alter Ausweis\nBiometrisches Foto", "Old card\nBiometric photo"
    ),
    Planned("Reisepass beantragen", "Apply for a passport", 15, 5, "Alter Pass\nBiometrisches Foto", "Old passport\nBiometric photo"),
    Planned(
        "Wohnung anmelden", "Register your address", 20, 5, "Ausweis\nWohnungsgeberbestätigung", "Identity card\nLandlord’s confirmation"
    ),
    Planned("Führungszeugnis beantragen", "Apply for a certificate of conduct", 10, 0, "Ausweis", "Identity card"),
    Planned(
        "Fahrzeug zulassen",
        "Register a vehicle",
        30,
        0,
        "Ausweis\nFahrzeugpapiere\neVB-Nummer",
        "Identity card\nVehicle papers\nInsurance number",
    ),
    Planned("Einbürgerung: Erstgespräch", "Naturalisation: first talk", 45, 15, "Ausweis", "Identity card", by_request=True),
)
SiteEntry = tuple[str, str, str, tuple[tuple[str, tuple[int, ...], int], ...]]
# Site, its address, how to get in, and its counters: name, occasions by place in the list above, places at once.
SITES: tuple[SiteEntry, ...] = (
    (
        "Bürgerbüro Mitte",
        "Rathausplatz 1, 30999 Musterstadt",
        "Stufenfrei, Aufzug am Haupteingang",
        (("Schalter 1", (0, 1, 2, 3), 1), ("Schalter 2", (0, 1, 2, 3), 1), ("Beratung", (5,), 1)),
    ),
    (
        "Bürgerbüro Nord",
        "Kanalstraße 40, 30999 Musterstadt",
        "Stufenfrei",
        (("Schalter 1", (0, 1), 1), ("Schalter 2", (2, 3), 1)),
    ),
    ("Zulassungsstelle", "Gewerbering 7, 30999 Musterstadt", "Eine Stufe, Klingel für die Rampe", (("Schalter 1 bis 3", (4,), 3),)),
)
HOURS = ((0, time(8), time(16)), (1, time(8), time(16)), (2, time(8), time(12)), (3, time(8), time(18)), (4, time(8), time(12)))


class DemoAppointments:
    """Registered with ``foundation.demo``; needs the demo city's units."""

    def is_seeded(self) -> bool:
        """Whether any site is there."""
        return Site.objects.exists()

    def seed(self, scale: int) -> None:
        """Write sites, occasions, hours and a week of bookings; their number does not grow with ``scale``."""
        del scale
        with transaction.atomic():
            unit, _new = Unit.objects.get_or_create(key=CITIZENS_OFFICE, defaults={"name": "Hauptamt"})
            occasions = [seed_occasion(planned, unit) for planned in OCCASIONS]
            sites = [seed_site(entry, occasions, unit) for entry in SITES]
            DayException.objects.create(site=sites[1], day=clock.today() + timedelta(days=10), note="Personalversammlung")
            seed_bookings(sites, occasions)
            seed_wish(sites[0], occasions[-1])


def seed_occasion(planned: Planned, unit: Unit) -> Occasion:
    """One occasion."""
    return Occasion.objects.create(
        key=slugify(planned.de)[:60],
        title={"de": planned.de, "en": planned.en},
        bring={"de": planned.bring_de, "en": planned.bring_en},
        minutes=planned.minutes,
        buffer_minutes=planned.buffer,
        by_request=planned.by_request,
        unit=unit,
        sort_key=sort_key(planned.de),
    )


def seed_site(entry: SiteEntry, occasions: list[Occasion], unit: Unit) -> Site:
    """One site with its counters and hours."""
    name, address, note, counters = entry
    site = Site.objects.create(name=name, address=address, note=note, unit=unit, sort_key=sort_key(name))
    for title, places, seats in counters:
        counter = Counter.objects.create(site=site, name=title, seats=seats, raster_minutes=10)
        counter.occasions.set([occasions[place] for place in places])
    for weekday, opens, closes in HOURS:
        Hours.objects.create(site=site, weekday=weekday, opens=opens, closes=closes, valid_from=START)
    return site


def seed_bookings(sites: list[Site], occasions: list[Occasion]) -> None:
    """A week of bookings, some by phone; the demo's own person has one of them."""
    chance = random.Random(SEED)  # noqa: S311  # invented data, the same each time
    account = Account.objects.filter(email="buergerin@musterstadt.example").first()
    for number in range(8):
        day = clock.today() + timedelta(days=number)
        for site in sites:
            for _place in range(chance.randrange(3, MOST_A_DAY)):
                fitting = [one for one in occasions if not one.by_request and site in queries.sites_for([one])]
                book_one(site, chance.choice(fitting), day, chance, None)
    book_one(sites[0], occasions[0], clock.today() + timedelta(days=3), chance, account)


def book_one(site: Site, occasion: Occasion, day: date, chance: random.Random, account: Account | None) -> None:
    """One booking at a time drawn from those that are free; nothing when none is."""
    known = queries.office([occasion], [site])
    for later in range(4 if account else 1):
        free = queries.free_on(known, site, day + timedelta(days=later))
        if free:
            choice = holding.Choice([occasion], site, chance.choice(free).starts_at)
            origin = Origin.PHONE if account is None and chance.random() < 0.3 else Origin.WEB
            keep(choice, origin, chance, account)
            return


def keep(choice: holding.Choice, origin: Origin, chance: random.Random, account: Account | None) -> None:
    """Hold and book; a demo person is reached by phone, so that no mail goes out."""
    contact = booking.Contact(account.name if account else chance.choice(PEOPLE), phone=f"0511 {chance.randrange(100000, 999999)}")
    try:
        held = holding.hold(choice=choice, network=f"demo-{chance.random()}", origin=origin)
        booking.book(appointment=held, contact=contact, account=account)
    except AppointmentsError:
        return


def seed_wish(site: Site, occasion: Occasion) -> None:
    """Somebody waits for a scarce time on a weekday at which there is none."""
    window = wishes.Window(clock.today(), clock.today() + timedelta(days=40), [5], time(8), time(18))
    wishes.wish_for(occasions=[occasion], sites=[site], window=window, name="Thi Mai Nguyen", email="", phone="0511 424242")
