"""German order after DIN 5007 in a database that sorts by code point."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests import cast
from tests.scale import examples

from direktdraht.foundation.ordering import plain, sort_key
from direktdraht.people.models import Unit
from direktdraht.services import actions, queries
from direktdraht.services.entries import ServiceEntry

# Written in the order that DIN 5007 variant 1 asks for.
IN_ORDER = [
    "Abfall",
    "Ägypten",
    "Arbeit",
    "Ärger",
    "Ärzte",
    "Café",
    "Müll",
    "Mütze",
    "Ofen",
    "Öffnung",
    "Ökotest",
    "Strasse",
    "Straße",
    "Übung",
    "Zander",
]


def test_german_words_come_in_german_order() -> None:
    keys = [sort_key(word) for word in IN_ORDER]

    assert keys == sorted(keys)


@pytest.mark.django_db
def test_the_database_keeps_that_order() -> None:
    cast.abfall()
    for number, title in enumerate(reversed(IN_ORDER)):
        actions.save_service(ServiceEntry(key=f"s{number}", title={"de": title}, unit="abfall"), by=None)

    assert [str(service) for service in queries.all_az()] == IN_ORDER
    assert Unit.objects.count() == 1


@given(st.text(max_size=60))
@hypothesis_settings(max_examples=examples(100))
def test_any_text_gets_a_key_that_python_and_postgresql_sort_alike(text: str) -> None:
    key = sort_key(text)

    assert key.startswith(plain(text))
    assert key.encode() >= plain(text).encode()
