"""Registrations for the page list: a drawn series with its files, an open one, robin's draft, a family with places and a wait."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from direktdraht.bookings.registrations import actions, filling
from direktdraht.bookings.registrations.models import Booking, Mode, Offer, Presence, Registration, Series
from direktdraht.bookings.registrations.refunds import Rule
from direktdraht.foundation import clock
from direktdraht.people.models import Account
from tests import cast

QUESTIONS = [{"type": "yesno", "key": "question_1", "label": {"de": "Kann Ihr Kind schwimmen?"}, "purpose": "Aufsicht"}]
APRONS = [{"type": "yesno", "key": "question_1", "label": {"de": "Bringt Ihr Kind einen Kittel mit?"}, "purpose": "Material"}]
ANSWERS = {"question_1": True}


def values() -> dict[str, Any]:
    """Make the series, and what stands in their addresses."""
    drawn, opened = published("ferien-verlosung", Mode.DRAW), published("ferien-kurse", Mode.FIRST)
    climbing, pottery = opened.offers.order_by("number")
    first = family(opened, [climbing], cast.robin())
    circus = add_offer(opened, "Zirkus", starts=clock.now() - timedelta(days=3), certificate_sessions=1)
    second = family(opened, [climbing, pottery, circus], cast.robin())
    waiting = family(opened, [climbing], None)
    family(drawn, list(drawn.offers.order_by("number")), cast.robin())
    draft = begun(opened, [climbing, pottery], cast.robin())
    certified = tick(second, circus)
    gone = actions.cancel(booking=booking_of(first, climbing))
    filling.fill(climbing.pk)
    over = clock.now() + timedelta(days=31)
    with clock.frozen(over):
        actions.run_draw(series=drawn, by=cast.kim())
        actions.publish_draw(series=drawn, by=cast.kim())
    announce(pottery, "Bitte Kittel mitbringen", draft)
    actions.record_health_look(offer=pottery, participants=second.participants.order_by("pk"), by=cast.alex())
    return {
        "series": opened.pk,
        "drawn_series": drawn.pk,
        "party": str(second.pk),
        "party_draft": str(draft.pk),
        "offered": booking_of(second, climbing).pk,
        "kept_place": booking_of(second, pottery).pk,
        "waiting_place": booking_of(waiting, climbing).pk,
        "cancelled_party": str(first.pk),
        "cancelled_place": gone.pk,
        "wished": climbing.pk,
        "asking_offer": pottery.pk,
        "course_date": pottery.sessions.get().pk,
        "certified": certified.pk,
    }


def published(key: str, mode: Mode) -> Series:
    """A series with two offers that everybody sees."""
    series = a_series(key, mode)
    add_offer(series, "Klettern")
    add_offer(series, "Töpfern", questions=APRONS)
    return actions.publish_series(series=series, by=cast.kim())


def announce(offer: Offer, subject: str, of: Registration) -> None:
    """A message to everybody with a place, once for each registration."""
    actions.announce(offer=offer, subject=subject, text="Es wird bunt.", token=of.pk, waiting_too=False, by=cast.kim())


def a_series(key: str, mode: Mode) -> Series:
    """A series of the waste unit, open for a month, with a question and rules."""
    words = actions.SeriesWords(
        title=f"Ferienpass ({key})",
        mode=mode,
        opens_at=clock.now() - timedelta(days=1),
        closes_at=clock.now() + timedelta(days=30),
        intro="Für alle Kinder der Stadt.",
        questions=QUESTIONS,
        rules=[Rule(14, 100), Rule(3, 50)],
        groups=[actions.Group("Familienpass", 50, "Bitte zeigen Sie den Pass.")],
        revenue_account="442100",
    )
    return actions.create_series(key=key, unit=cast.abfall(), words=words, by=cast.kim())


def tick(registration: Registration, offer: Offer) -> Booking:
    """The place of a registration's child who was there."""
    booking, session = booking_of(registration, offer), offer.sessions.get()
    actions.note_attendance(session=session, booking=booking.pk, presence=Presence.PRESENT, seen=None, by=cast.alex())
    return booking


def add_offer(
    series: Series,
    title: str,
    starts: datetime | None = None,
    certificate_sessions: int | None = None,
    questions: Sequence[dict[str, Any]] = (),
) -> Offer:
    """An offer with one place, led by alex; in two months, where nothing else is said."""
    starts = starts or clock.now() + timedelta(days=60)
    words = actions.OfferWords(
        title=title,
        places=1,
        text="Mit Material.",
        topic="Kunst",
        place="Jugendhaus",
        age_from=6,
        age_to=12,
        price_cents=1500,
        sessions=[(starts, starts + timedelta(hours=2))],
        leaders=[cast.alex()],
        certificate_sessions=certificate_sessions,
        questions=questions,
    )
    return actions.save_offer(series=series, words=words, by=cast.kim())


def begun(series: Series, wishes: list[Offer], account: Account | None) -> Registration:
    """A registration of one child, not sent yet."""
    one = actions.begin(series=series, account=account, language="de")
    guarding = actions.Guarding(consents=True, emergency_name="Kim Weber", emergency_phone="0441 5678", pickup="Oma Weber")
    actions.save_contact(registration=one, contact=actions.Contact("Robin Weber", "robin@example.org", "0441 1234"), guarding=guarding)
    born = date(clock.today().year - 9, 3, 1)
    person = actions.Person(f"Ida Weber {Registration.objects.count()}", born, health="Nussallergie", answers=ANSWERS)
    actions.save_participant(registration=one, person=person)
    for offer in wishes:
        actions.add_wish(registration=one, position=1, offer=offer, answers=ANSWERS if offer.questions else None)
    return one


def family(series: Series, wishes: list[Offer], account: Account | None) -> Registration:
    """A registration that was sent."""
    return actions.send(registration=begun(series, wishes, account))


def booking_of(registration: Registration, offer: Offer) -> Booking:
    """The booking of a registration's child in an offer."""
    return Booking.objects.get(participant__registration=registration, offer=offer)


def grow(number: int) -> None:
    """One more series, offer and party everywhere."""
    opened = Series.objects.get(pk="ferien-kurse")
    pottery = opened.offers.get(title="Töpfern")
    a_series(f"mehr-{number}", Mode.FIRST)
    add_offer(opened, f"Kurs {number}")
    family(opened, [pottery], cast.robin())
    announce(pottery, f"Nachricht {number}", Registration.objects.latest("created_at"))
