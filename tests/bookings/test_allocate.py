"""Places are given out in a drawn order; nobody gains by wishing untruly, and anyone can recompute it."""

import hashlib
import json
import random
import subprocess
import sys
from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from direktdraht.bookings.allocation import Allocation, Party, UnreadableFile, allocate, read_places, read_wishes
from direktdraht.config import cli

OFFERS = ("a", "b", "c")


@st.composite
def markets(draw: st.DrawFn) -> tuple[list[Party], dict[str, int], str]:
    """Some groups and single children with wishes, few places, a seed."""
    places = {offer: draw(st.integers(0, 4)) for offer in OFFERS}
    parties = []
    for number in range(draw(st.integers(0, 8))):
        size, length = draw(st.integers(1, 3)), draw(st.integers(1, 3))
        ranked = [draw(st.permutations(OFFERS))[:length] for _ in range(size)]
        members = tuple(f"{number}-{member}" for member in range(size))
        parties.append(Party(f"{number}", size > 1, members, tuple(zip(*ranked, strict=True))))
    return parties, places, draw(st.text(max_size=5))


@given(markets())
def test_no_place_is_given_twice_and_a_group_gets_all_or_none(market: tuple[list[Party], dict[str, int], str]) -> None:
    parties, places, seed = market

    result = allocate(parties, places, seed)

    assert all(taken <= places[offer] for offer, taken in Counter(result.allocated.values()).items())
    for party in parties:
        got = [member in result.allocated for member in party.members]
        assert all(got) or not any(got)
        assert all(got) == (result.reasons[party.members[0]].wish is not None)
        waits = {offer for offer, people in result.waiting.items() if party.members[0] in people}
        assert waits == (set() if all(got) else {offers[0] for offers in party.wishes})


@given(markets(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(market: tuple[list[Party], dict[str, int], str], chance: random.Random) -> None:
    parties, places, seed = market
    shuffled = chance.sample(parties, len(parties))

    assert allocate(parties, places, seed) == allocate(shuffled, places, seed)


def got(result: Allocation, party: Party, true_order: tuple[str, ...]) -> int:
    """How good the result is for a single child: the rank of what it got."""
    offer = result.allocated.get(party.members[0])
    return len(true_order) if offer is None else true_order.index(offer)


@given(markets())
def test_wishing_untruly_never_helps(market: tuple[list[Party], dict[str, int], str]) -> None:
    parties, places, seed = market
    for true_order in permutations(OFFERS):
        honest = Party("self", False, ("self",), tuple((offer,) for offer in true_order))
        best = got(allocate([*parties, honest], places, seed), honest, true_order)
        for told in permutations(OFFERS):
            liar = Party("self", False, ("self",), tuple((offer,) for offer in told))
            assert got(allocate([*parties, liar], places, seed), liar, true_order) >= best


def test_no_place_stays_empty_that_somebody_wants() -> None:
    parties = [Party(f"{number}", False, (f"{number}",), (("a",), ("b",))) for number in range(30)]

    result = allocate(parties, {"a": 3, "b": 5, "c": 9}, "seed")

    assert Counter(result.allocated.values()) == {"a": 3, "b": 5}
    assert result.waiting["a"] == result.waiting["b"]
    assert (len(result.waiting["a"]), result.waiting["c"]) == (22, [])


def test_the_drawn_order_is_what_a_reader_computes_by_hand() -> None:
    wishes = ["id,rank,offer,group\n", *(f"{name},1,a,\n" for name in "uvwxyz"), "p,1,a,fam\n", "q,1,a,fam\n"]
    result = allocate(read_wishes(wishes, {"a": 4}), {"a": 4}, "2026")

    lots = {name: hashlib.sha256(f"2026\0id\0{name}".encode()).hexdigest() for name in "uvwxyz"}
    lots["fam"] = hashlib.sha256(b"2026\0group\0fam").hexdigest()
    free, expected = 4, set()
    for name in sorted(lots, key=lambda one: lots[one]):
        members = {"p", "q"} if name == "fam" else {name}
        if len(members) <= free:
            free -= len(members)
            expected |= members
    assert set(result.allocated) == expected


def test_a_group_goes_only_through_ranks_that_all_members_have() -> None:
    wishes = ["id,rank,offer,group\n", "mia,1,zoo,f\n", "ben,1,zoo,f\n", "ben,2,see,f\n"]

    result = allocate(read_wishes(wishes, {"zoo": 1, "see": 2}), {"zoo": 1, "see": 2}, "s")

    assert result.allocated == {}
    assert sorted(result.waiting["zoo"]) == ["ben", "mia"]


WISHES, PLACES = "id,rank,offer,group\nmia,1,zoo,f\nben,1,zoo,f\nada,1,zoo,\nada,2,see,\n", "offer,places\nzoo,2\nsee,1\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """The published files."""
    (tmp_path / "wishes.csv").write_text(WISHES)
    (tmp_path / "places.csv").write_text(PLACES)
    return tmp_path / "wishes.csv", tmp_path / "places.csv"


def test_the_command_prints_the_result(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    words = ["bookings", "allocate", str(files[0]), "--places", str(files[1]), "--seed", "s"]

    assert cli.main([*words, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)

    assert set(document) == {"allocated", "waiting", "algorithm"}
    assert document["allocated"] in ({"ada": "see", "ben": "zoo", "mia": "zoo"}, {"ada": "zoo"})
    assert cli.main([*words, "--json", "--explain"]) == 0
    assert json.loads(capsys.readouterr().out)["reasons"]["ada"]["turn"] in (1, 2)
    assert cli.main(words) == 0
    assert "ada: " in capsys.readouterr().out


def test_it_needs_no_database_and_no_settings(files: tuple[Path, Path]) -> None:
    words = [sys.executable, "-m", "direktdraht.config.cli", "bookings", "allocate", str(files[0])]
    words += ["--places", str(files[1]), "--seed", "s", "--json"]

    runs = [subprocess.run(words, env={}, capture_output=True, text=True, check=True).stdout for _ in range(2)]

    assert runs[0] == runs[1]


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ("", "Die erste Zeile muss die Spalten nennen"),
        ("id,rank\n", "Die erste Zeile muss die Spalten nennen"),
        ("id,rank,offer\nmia,1,meer\n", "Zeile 2: Das Angebot „meer“ steht nicht in der Datei der Plätze."),
        ("id,rank,offer\nmia,0,zoo\n", "Zeile 2: „rank“ muss eine Zahl von 1"),
        ("id,rank,offer\nmia,eins,zoo\n", "Zeile 2: „rank“ muss eine Zahl von 1"),
        ("id,rank,offer\nmia,99999999999999999999,zoo\n", "Zeile 2: „rank“ muss eine Zahl von 1"),
        ("id,rank,offer\nmia,1,zoo\nmia,1,see\n", "Zeile 3: „mia“ hat zwei Wünsche mit dem Rang 1."),
        ("id,rank,offer\nmia,1,zoo\nmia,2,zoo\n", "Zeile 3: „mia“ wünscht „zoo“ zweimal."),
        ("id,rank,offer\n,1,zoo\n", "Zeile 2: Das Feld „id“ ist leer."),
        ("id,rank,offer\nmia,1\n", "Zeile 2: Es sind 2 Felder, nicht 3."),
        ('id,rank,offer\n"mia,1,zoo\n', "Das ist kein CSV"),
        ("id,rank,offer\nm\x07ia,1,zoo\n", "Zeile 2: Das Feld „id“ ist zu lang oder enthält Steuerzeichen."),
        ("id,rank,offer,group\nmia,1,zoo,f\nmia,2,see,g\n", "Zeile 3: „mia“ steht in zwei Gruppen."),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str], wishes: str, said: str
) -> None:
    files[0].write_text(wishes)

    assert cli.main(["bookings", "allocate", str(files[0]), "--places", str(files[1]), "--seed", "s"]) == 1

    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ("offer,places\nzoo,-1\n", "Zeile 2: „places“ muss eine Zahl von 0"),
        ("offer,places\nzoo,1\nzoo,2\n", "Zeile 3: Das Angebot „zoo“ steht zweimal da."),
        ("offer,places\nzoo,1.5\n", "Zeile 2: „places“ muss eine Zahl von 0"),
    ],
)
def test_places_that_cannot_be_used_are_one_sentence(places: str, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read_places(places.splitlines(keepends=True))


def test_only_line_ends_of_csv_end_a_row(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    files[0].write_text("id,rank,offer\r\nmia\u2028ben,1,zoo\r\n", newline="")

    assert cli.main(["bookings", "allocate", str(files[0]), "--places", str(files[1]), "--seed", "s"]) == 1

    assert "Zeile 2: Das Feld „id“ ist zu lang oder enthält Steuerzeichen." in capsys.readouterr().err


def test_files_that_are_not_there_or_no_text_are_one_sentence(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    files[0].write_bytes(b"\xff\xfe\x00")

    for name in (str(files[0]), "nowhere.csv"):
        assert cli.main(["bookings", "allocate", name, "--places", str(files[1]), "--seed", "s"]) == 1
        assert len(capsys.readouterr().err.splitlines()) == 1
