"""The one source of time: aware, in UTC, days in Germany, freezable for all threads."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest

from direktdraht.foundation import clock


def test_now_is_aware_utc_and_moves_on() -> None:
    first = clock.now()

    second = clock.now()

    assert first.tzinfo is UTC
    assert first <= second


def test_today_is_the_day_in_germany_not_in_utc() -> None:
    late_evening_utc = datetime(2026, 7, 31, 22, 30, tzinfo=UTC)

    with clock.frozen(late_evening_utc):
        assert clock.today() == date(2026, 8, 1)


def test_an_instant_in_another_zone_is_kept_as_utc() -> None:
    noon_in_berlin = datetime(2026, 1, 15, 12, tzinfo=clock.BERLIN)

    with clock.frozen(noon_in_berlin):
        assert clock.now() == datetime(2026, 1, 15, 11, tzinfo=UTC)
        assert clock.now().tzinfo is UTC


def test_freezes_nest_and_end() -> None:
    outer = datetime(2026, 1, 1, tzinfo=UTC)
    inner = outer + timedelta(days=1)

    with clock.frozen(outer):
        with clock.frozen(inner):
            assert clock.now() == inner
        assert clock.now() == outer

    assert clock.now() > inner


def test_the_freeze_holds_in_other_threads() -> None:
    at = datetime(2026, 3, 29, 1, tzinfo=UTC)
    seen: list[datetime] = []

    with clock.frozen(at):
        thread = Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()

    assert seen == [at]


def test_the_clock_runs_again_after_an_error() -> None:
    at = datetime(2020, 1, 1, tzinfo=UTC)

    with pytest.raises(RuntimeError), clock.frozen(at):
        raise RuntimeError

    assert clock.now() > at


def test_an_instant_without_zone_is_refused() -> None:
    naive = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)

    with pytest.raises(clock.NaiveInstant), clock.frozen(naive):
        pass
