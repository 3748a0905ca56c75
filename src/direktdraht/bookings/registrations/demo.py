"""The demo city's registrations: a holiday pass that is drawn already, and one whose period runs; always the same families."""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from direktdraht.bookings.registrations import actions
from direktdraht.bookings.registrations.models import Mode, Offer, Registration, Series
from direktdraht.bookings.registrations.refunds import Rule
from direktdraht.foundation import clock
from direktdraht.people.demo import CITY
from direktdraht.people.models import Account, Unit

SEED = 2026
UNIT = "hauptamt"
FAMILIES = 34
QUESTION = {"type": "yesno", "key": "question_1", "required": True, "purpose": "Durchführung des Angebots"}
OF_ALL = {**QUESTION, "label": {"de": "Kann die Person schwimmen?", "en": "Can the person swim?"}}
BRONZE = "Hat die Person das Schwimmabzeichen Bronze?"
FAMILY_NAMES = ("Weber", "Haddad", "Petersen", "Aydın", "Bianchi", "Rosenthal", "Szczęsna", "Diallo", "Okafor", "Lindner")
CHILD_NAMES = ("Ida", "Emil", "Mila", "Noah", "Ayşe", "Theo", "Lotte", "Juri", "Amina", "Oskar", "Frida", "Milo")


@dataclass(frozen=True)
class Planned:
    """An offer of the holiday pass: ages, places, price in cents, day of the holidays, hours."""

    title: str
    topic: str
    place: str
    text: str
    ages: tuple[int, int]
    places: int
    cents: int
    day: int
    hours: tuple[int, int]
    reserved: int = 0
    question: str = ""


OFFERS = (
    Planned(
        "Klettern im Hochseilgarten",
        "Sport",
        "Hochseilgarten am See",
        "Mit Gurt und Helm, beides ist da.",
        (8, 14),
        6,
        1800,
        1,
        (10, 13),
        2,
    ),
    Planned("Töpfern zum Kennenlernen", "Kunst", "Jugendkunstschule", "Jedes Kind nimmt zwei Stücke mit.", (6, 12), 8, 900, 2, (9, 12)),
    Planned("Eine Nacht im Museum", "Wissen", "Stadtmuseum", "Mit Taschenlampe und Frühstück.", (8, 12), 10, 1500, 3, (19, 23)),
    Planned("Roboter bauen", "Technik", "Stadtbibliothek", "Ein Bausatz für zwei Kinder.", (9, 14), 6, 1200, 4, (14, 17)),
    Planned(
        "Waldtag mit der Försterin",
        "Natur",
        "Treffpunkt Waldparkplatz",
        "Feste Schuhe und Regenjacke mitbringen.",
        (6, 10),
        12,
        0,
        7,
        (9, 15),
    ),
    Planned("Zirkusschule", "Sport", "Turnhalle Nordschule", "Jonglieren, Seil, Clownerie.", (6, 14), 10, 1000, 8, (10, 14)),
    Planned("Kochen rund um die Welt", "Leben", "Familienzentrum", "Vier Gerichte aus vier Ländern.", (8, 14), 8, 800, 9, (15, 18)),
    Planned(
        "Kanutour auf der Au", "Natur", "Bootshaus", "Nur für Kinder, die schwimmen können.", (10, 16), 6, 1600, 10, (9, 14), 1, BRONZE
    ),
)


class DemoRegistrations:
    """Registered with ``foundation.demo``; needs the demo city's units and staff."""

    def is_seeded(self) -> bool:
        """Whether any series is there."""
        return Series.objects.exists()

    def seed(self, scale: int) -> None:
        """Write both series; their number does not grow with ``scale``, that of the families does."""
        unit = Unit.objects.filter(pk=UNIT).first()
        clerk = Account.objects.filter(email=f"sachbearbeitung@{CITY}").first()
        if unit is None or clerk is None:
            return
        now = clock.now()
        with transaction.atomic():
            drawn = make_series("Kulturferien", unit, clerk, at(-40, time(8)), at(-12, time(20)))
            with clock.frozen(now - timedelta(days=30)):
                register_families(drawn, FAMILIES * scale, random.Random(SEED))  # noqa: S311  # invented data, the same each time
            with clock.frozen(now - timedelta(days=11)):
                actions.run_draw(series=drawn, by=clerk)
            with clock.frozen(now - timedelta(days=10)):
                actions.publish_draw(series=drawn, by=clerk)
            running = make_series("Ferienpass", unit, clerk, at(-3, time(8)), at(18, time(20)))
            register_families(running, FAMILIES // 2, random.Random(SEED + 1))  # noqa: S311  # invented data, the same each time


def at(days: int, hour: time) -> datetime:
    """An hour of the clock so many days from today."""
    return datetime.combine(clock.today() + timedelta(days=days), hour, clock.BERLIN)


def make_series(name: str, unit: Unit, clerk: Account, opens: datetime, closes: datetime) -> Series:
    """A holiday pass with its eight offers, about two months after the end of its period."""
    words = actions.SeriesWords(
        title=name,
        mode=Mode.DRAW,
        opens_at=opens,
        closes_at=closes,
        intro="Acht Angebote für Kinder und Jugendliche. Jedes Kind bekommt höchstens einen Platz.",
        questions=[OF_ALL],
        rules=[Rule(14, 100), Rule(3, 50)],
        groups=[actions.Group("Familienpass", 50, "Bitte zeigen Sie den Pass am ersten Tag.")],
        revenue_account="442100",
        cost_centre="51100",
    )
    start = (closes + timedelta(days=60)).astimezone(clock.BERLIN).date()
    with clock.frozen(opens - timedelta(days=5)):
        series = actions.create_series(key=name.lower(), unit=unit, words=words, by=clerk)
        for planned in OFFERS:
            actions.save_offer(series=series, words=offer_words(planned, start, clerk), by=clerk)
        return actions.publish_series(series=series, by=clerk)


def offer_words(planned: Planned, start: date, clerk: Account) -> actions.OfferWords:
    """The words of an offer; the clerk leads the first three."""
    day = start + timedelta(days=planned.day)
    first, last = (datetime.combine(day, time(hour), clock.BERLIN) for hour in planned.hours)
    leaders = [clerk] if planned.day <= 3 else []
    reserved = {"Familienpass": planned.reserved} if planned.reserved else {}
    return actions.OfferWords(
        title=planned.title,
        places=planned.places,
        text=planned.text,
        topic=planned.topic,
        place=planned.place,
        age_from=planned.ages[0],
        age_to=planned.ages[1],
        price_cents=planned.cents,
        sessions=[(first, last)],
        leaders=leaders,
        reserved=reserved,
        questions=[{**QUESTION, "label": {"de": planned.question}}] if planned.question else [],
    )


def register_families(series: Series, count: int, chance: random.Random) -> None:
    """Families of one to three children with one to four wishes; the first is the demo's own resident."""
    offers = list(series.offers.order_by("number"))
    resident = Account.objects.filter(email=f"buergerin@{CITY}").first()
    for number in range(count):
        account = resident if number == 0 else None
        name = account.name if account else f"{chance.choice(('Alex', 'Kim', 'Toni', 'Mika'))} {chance.choice(FAMILY_NAMES)}"
        email = account.email if account else f"familie{number}@{CITY}"
        register_family(series, offers, (name, email, account), number, chance)


def register_family(
    series: Series, offers: list[Offer], contact: tuple[str, str, Account | None], number: int, chance: random.Random
) -> Registration:
    """One family."""
    name, email, account = contact
    one = actions.begin(series=series, account=account, language="de")
    guarding = actions.Guarding(consents=True, emergency_name="Robin Lindner", emergency_phone="0441 235 1234", pickup="Großeltern")
    actions.save_contact(registration=one, contact=actions.Contact(name, email, "0441 235 5678"), guarding=guarding)
    group = series.entitlements.first() if number % 5 == 1 else None
    wishes = chance.sample(offers, chance.randint(1, 4))
    for child in range(chance.randint(1, 3)):
        born = date(clock.today().year - chance.randint(8, 12), chance.randint(1, 12), chance.randint(1, 28))
        given = f"{CHILD_NAMES[(number * 3 + child) % len(CHILD_NAMES)]} {name.split()[-1]}"
        health = "Nussallergie, Notfallset im Rucksack." if chance.random() < 0.1 else ""
        person = actions.Person(given, born, group, health, {"question_1": chance.random() < 0.8})
        position = actions.save_participant(registration=one, person=person).position
        for offer in wishes:
            actions.add_wish(registration=one, position=position, offer=offer, answers={"question_1": True} if offer.questions else None)
    actions.set_all_or_none(registration=one, together=number % 6 == 2)
    return actions.send(registration=one)
