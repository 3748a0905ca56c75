"""A case begins once, with a number, a key that is stored as a digest only, and a promise."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from tests import cast
from tests.cases import factories

from direktdraht.cases import actions
from direktdraht.cases.models import Case, Message, State
from direktdraht.foundation import clock, codes
from direktdraht.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


def test_a_case_begins_with_number_key_message_and_promise() -> None:
    with clock.frozen(datetime(2026, 11, 24, 9, 0, tzinfo=UTC)):
        case, key = factories.open_bulky_case()

    case.refresh_from_db()
    assert codes.check_case_number(case.number) == case.number
    assert case.number.startswith("26-")
    assert case.key_digest == codes.key_digest(key)
    assert key not in str(Case.objects.filter(pk=case.pk).values())
    assert case.state == State.NEW
    assert case.promise_due == date(2026, 11, 30)
    assert [message.text for message in case.messages.all()] == ["Drei Teile: Schrank, Sofa, Matratze."]


def test_opening_is_journaled_without_any_words() -> None:
    case, _ = factories.open_bulky_case()

    rows = Entry.objects.filter(subject=case.subject).order_by("id")

    assert [row.kind for row in rows] == ["case.opened", "case.message"]
    assert rows[1].digest
    assert "Robin" not in str([row.facts for row in rows])


def test_the_same_origin_opens_one_case() -> None:
    facts = {"origin": "test", "origin_ref": str(uuid4()), "title": "Hund", "service": None, "unit": cast.abfall()}

    first, key = actions.open_case(**facts, person=actions.PersonFacts(), text="Ein Hund.")  # type: ignore[arg-type]  # a plain dict
    second, no_key = actions.open_case(**facts, person=actions.PersonFacts(), text="Ein Hund.")  # type: ignore[arg-type]  # a plain dict

    assert first == second
    assert key
    assert not no_key
    assert Message.objects.filter(case=first).count() == 1


def test_a_caller_may_bring_the_key_so_that_a_retry_shows_the_same() -> None:
    key = codes.new_key()

    case, shown = actions.open_case(
        origin="test",
        origin_ref="1",
        title="Hund",
        service=None,
        unit=cast.abfall(),
        person=actions.PersonFacts(),
        text="Ein Hund.",
        key=key,
    )

    assert shown == key
    assert case.key_digest == codes.key_digest(key)


def test_numbers_are_never_given_twice() -> None:
    numbers = [factories.bulky_case().number for _ in range(20)]

    assert len(set(numbers)) == 20
