"""Search forgives typing errors and finds what people mean."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.scale import examples

from direktdraht.foundation import matching
from direktdraht.services import actions, queries
from direktdraht.services.models import Service

DEMO = Path(actions.__file__).with_name("demo_services.json")


@pytest.fixture
def catalogue(db: None) -> None:
    actions.load_services(DEMO)


def first(words: str, language: str = "de") -> str:
    found = queries.search(words, language)
    return found[0].service.key if found else ""


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Sperrmüll", "sperrmuell"),
        ("sperrmuell", "sperrmuell"),
        ("spermüll", "sperrmuell"),
        ("Sperrmühl abholen", "sperrmuell"),
        ("Sofa", "sperrmuell"),
        ("altes sofa abholen lassen", "sperrmuell"),
        ("müll", "sperrmuell"),
        ("hund", "hundesteuer-anmelden"),
        ("Hundsteuer", "hundesteuer-anmelden"),
        ("anwohnerparken", "bewohnerparkausweis"),
        ("parkausweiß", "bewohnerparkausweis"),
        ("Wo kann ich parken", "bewohnerparkausweis"),
        ("straßenfest", "veranstaltung-anmelden"),
        ("Schlagloch", "meldung"),
        ("kindergarten", "elternbeitrag"),
        ("kita", "elternbeitrag"),
        ("umzug", "wohnsitz-anmelden"),
        ("gebrutsurkunde", "geburtsurkunde"),
        ("baum", "baum-faellen"),
        ("einspruch", "widerspruch"),
        ("gewerbeschein", "gewerbe-anmelden"),
    ],
)
def test_people_find_what_they_mean(words: str, key: str) -> None:
    assert first(words) == key


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("words", "key"), [("bulky waste", "sperrmuell"), ("dog tax", "hundesteuer-anmelden"), ("birth certificat", "geburtsurkunde")]
)
def test_english_words_find_the_same(words: str, key: str) -> None:
    assert first(words, "en") == key


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("words", ["", "   ", "?!", "xyzzy", "quantenfeldtheorie", "%", "'; DROP TABLE services_service; --", "\x00"])
def test_nonsense_finds_nothing(words: str) -> None:
    assert queries.search(words) == []


@pytest.mark.usefixtures("catalogue")
def test_services_that_rest_are_not_found() -> None:
    Service.objects.filter(key="sperrmuell").update(active=False)

    assert "sperrmuell" not in [hit.service.key for hit in queries.search("Sperrmüll")]
    assert queries.get_active("sperrmuell") is None


@pytest.mark.usefixtures("catalogue")
def test_a_search_asks_the_database_once(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]  # the fixture has no public type
        units = [hit.service.unit.name for hit in queries.search("Hund anmelden")]

    assert units


@pytest.mark.usefixtures("catalogue")
def test_very_long_input_is_cut() -> None:
    assert first("Sperrmüll " + "a" * 200_000) in {"sperrmuell", ""}


def one_error(word: str, place: int, kind: str, letter: str) -> str:
    """The word with one typing error."""
    place %= len(word) - 1
    return {
        "swapped": word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        "left out": word[:place] + word[place + 1 :],
        "added": word[:place] + letter + word[place:],
        "wrong": word[:place] + letter + word[place + 1 :],
    }[kind]


@given(
    st.sampled_from(["sperrmull", "hundesteuer", "geburtsurkunde", "veranstaltung", "widerspruch", "gewerbe", "mangel"]),
    st.integers(0, 30),
    st.sampled_from(["swapped", "left out", "added", "wrong"]),
    st.sampled_from("abenrst"),
)
@hypothesis_settings(max_examples=examples(200))
def test_one_typing_error_in_six_letters_is_forgiven(word: str, place: int, kind: str, letter: str) -> None:
    assert matching.similarity(one_error(word, place, kind, letter), word) > 0


@given(st.text(max_size=80), st.text(max_size=80))
@hypothesis_settings(max_examples=examples(100))
def test_similarity_stays_between_nothing_and_same(one: str, other: str) -> None:
    for asked in matching.asked_words(one):
        for word in matching.words_of(other):
            assert 0 <= matching.similarity(asked, word) <= 1
