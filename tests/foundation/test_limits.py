"""Rate limits count in the database and forget in time."""

from datetime import UTC, datetime, timedelta

import pytest

from direktdraht.foundation import clock
from direktdraht.foundation.limits import counting as limits

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_the_hit_over_the_limit_is_refused() -> None:
    with clock.frozen(NOON):
        answers = [limits.hit("login", "robin", limit=3, seconds=60) for _ in range(4)]

    assert answers == [True, True, True, False]


def test_another_caller_has_a_count_of_their_own() -> None:
    with clock.frozen(NOON):
        limits.hit("login", "robin", limit=1, seconds=60)

        assert limits.hit("login", "kim", limit=1, seconds=60)


def test_the_next_window_begins_anew_and_the_old_one_is_forgotten() -> None:
    with clock.frozen(NOON):
        limits.hit("login", "robin", limit=1, seconds=60)

    with clock.frozen(NOON + timedelta(minutes=5)):
        assert limits.hit("login", "robin", limit=1, seconds=60)
        assert limits.forget() == 1
