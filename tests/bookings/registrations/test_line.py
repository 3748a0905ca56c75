"""The line as pure computation: seats are given once, to those they are for, and nobody is passed for whom there was room."""

from hypothesis import given
from hypothesis import strategies as st

from direktdraht.bookings.registrations.line import FreeSeat, Need, Waiting, fit, next_ones, places_in_line

GROUPS = st.sampled_from([None, None, 1, 2])


@st.composite
def lines(draw: st.DrawFn) -> tuple[list[Waiting[int]], list[FreeSeat]]:
    """Some blocks in two offers, and some free seats, a part of them reserved."""
    sizes = draw(st.lists(st.integers(1, 3), max_size=8))
    booking, waiting = 0, []
    for block, size in enumerate(sizes):
        needs = []
        for _member in range(size):
            booking += 1
            needs.append(Need(booking, draw(st.integers(1, 2)), draw(GROUPS)))
        waiting.append(Waiting(block, draw(st.integers(1, 99)) * 100 + block, tuple(needs)))
    seats = [FreeSeat(number, draw(st.integers(1, 2)), draw(GROUPS)) for number in range(draw(st.integers(0, 8)))]
    return waiting, seats


@given(lines())
def test_seats_are_given_once_whole_and_to_those_they_are_for(case: tuple[list[Waiting[int]], list[FreeSeat]]) -> None:
    waiting, free = case
    seats = {seat.seat: seat for seat in free}
    given_seats: list[int] = []

    for block, given_now in next_ones(waiting, free):
        assert set(given_now) == {need.booking for need in block.needs}
        for need in block.needs:
            seat = seats[given_now[need.booking]]
            assert seat.offer == need.offer
            assert seat.group in {None, need.group}
        given_seats += given_now.values()

    assert len(given_seats) == len(set(given_seats))


@given(lines())
def test_nobody_is_left_for_whom_there_is_still_room_and_the_order_is_that_of_the_line(
    case: tuple[list[Waiting[int]], list[FreeSeat]],
) -> None:
    waiting, free = case
    placed = list(next_ones(waiting, free))
    taken = {seat for _block, given_now in placed for seat in given_now.values()}
    left = [seat for seat in free if seat.seat not in taken]
    blocks = {block.block for block, _given in placed}

    assert [block.line for block, _given in placed] == sorted(block.line for block, _given in placed)
    assert [block for block in waiting if block.block not in blocks and fit(block.needs, left) is not None] == []


def test_the_first_in_line_is_served_first_whatever_comes_later() -> None:
    two = Waiting("family", 1, (Need(1, 7), Need(2, 7)))
    one = Waiting("single", 2, (Need(3, 7),))
    seats = [FreeSeat(number, 7) for number in (10, 11)]

    assert [block.block for block, _given in next_ones([one, two], seats)] == ["family"]
    assert [block.block for block, _given in next_ones([one, two], seats[:1])] == ["single"]
    assert places_in_line([one, two]) == {"family": 1, "single": 2}
