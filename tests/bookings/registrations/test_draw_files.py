"""The files of a draw: reserved places, parties that stay together, and that the draw finds places exactly when the line would."""

from hypothesis import given
from hypothesis import strategies as st

from direktdraht.bookings.registrations import files
from direktdraht.bookings.registrations.files import Entrant, Places
from direktdraht.bookings.registrations.line import FreeSeat, Need, fit

CODES = ("A1", "A2", "A3")


def test_a_party_names_every_way_to_have_reserved_and_general_places_rank_by_rank() -> None:
    places = [Places("A1", 2, {7: 2}), Places("A2", 1, {})]
    alike = [Entrant("L1", ("A1", "A2"), 7, "P"), Entrant("L2", ("A1", "A2"), 7, "P")]
    mixed = [Entrant("L1", ("A1", "A2"), 7, "P"), Entrant("L2", ("A2", "A1"), None, "P")]

    assert rows_of(alike, places) == {"L1": ["A1+7", "A1+7", "A1", "A2"], "L2": ["A1+7", "A1", "A1", "A2"]}
    assert rows_of(mixed, places) == {"L1": ["A1+7", "A1", "A2"], "L2": ["A2", "A2", "A1"]}
    assert files.places_file(places).splitlines() == ["offer,places", "A1,2", "A1+7,2", "A2,1"]


def test_a_party_gets_places_whenever_the_line_would_find_some_for_it() -> None:
    places = [Places("A1", 1, {7: 1}), Places("A2", 0, {7: 1})]
    party = [Entrant("L1", ("A1", "A2"), 7, "P"), Entrant("L2", ("A1", "A2"), None, "P")]
    _parties, result = files.drawn(files.wishes_file(party, places), files.places_file(places), "seed")

    assert result.allocated == {"L1": "A1+7", "L2": "A1"}


def test_the_numbers_of_a_draw_count_offers_and_not_the_ways_into_them() -> None:
    places = [Places("A1", 1, {7: 1}), Places("A2", 1, {}), Places("A3", 0, {})]
    entrants = [Entrant("L1", ("A1",), 7), Entrant("L2", ("A1",)), Entrant("L3", ("A1", "A2")), Entrant("L4", ("A2",))]

    outcome = files.outcome_of(files.wishes_file(entrants, places), files.places_file(places), "seed")

    assert (outcome.persons, outcome.wishes, outcome.places) == (4, 5, 3)
    assert outcome.first_wish + outcome.later_wish == 3
    assert outcome.no_place == 1
    assert (outcome.unwished, outcome.without_places) == (("A3",), ("A3",))


@given(data=st.data())
def test_the_file_finds_a_way_exactly_when_there_is_one(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 5))
    offers = st.sampled_from(("A1", "A2", "A3"))
    groups = st.sampled_from((None, 7, 8))
    party = [Entrant(f"L{place}", (data.draw(offers),), data.draw(groups), "P") for place in range(size)]
    rooms = [
        Places(code, data.draw(st.integers(0, 3)), {7: data.draw(st.integers(0, 2)), 8: data.draw(st.integers(0, 2))}) for code in CODES
    ]
    seats = [FreeSeat(number, CODES.index(code), group) for number, (code, group) in enumerate(seats_of(rooms))]
    needs = [Need(place, CODES.index(one.wishes[0]), one.group) for place, one in enumerate(party)]

    _parties, result = files.drawn(files.wishes_file(party, rooms), files.places_file(rooms), "seed")

    assert bool(result.allocated) == (fit(needs, seats) is not None)


def seats_of(rooms: list[Places]) -> list[tuple[str, int | None]]:
    """Every place of some offers: its offer, and its group if it is reserved."""
    general = [(one.code, None) for one in rooms for _place in range(one.general)]
    return [*general, *((one.code, group) for one in rooms for group, count in one.reserved.items() for _place in range(count))]


def rows_of(entrants: list[Entrant], places: list[Places]) -> dict[str, list[str]]:
    """The offers of each lot in the file, in order."""
    found: dict[str, list[str]] = {}
    for line in files.wishes_file(entrants, places).splitlines()[1:]:
        lot, _rank, code, _party = line.split(",")
        found.setdefault(lot, []).append(code)
    return found
