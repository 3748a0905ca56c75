"""The update of trusted lists: what is good replaces, what is not leaves the last good copy."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from direktdraht.writtenform.signatures.checking import check_signature
from direktdraht.writtenform.signatures.trust import read_trust
from direktdraht.writtenform.trustlists.believing import believed_list
from direktdraht.writtenform.trustlists.chain import pinned_certificates
from direktdraht.writtenform.trustlists.keeping import INDEX, ListFolder, UpdateReport, kept_files, kept_lists, kept_lotl, update_lists
from direktdraht.writtenform.trustlists.xml import ListProblem
from tests.writtenform import pki
from tests.writtenform.lists import LIST_OF_LISTS, Listed, Other, Plan, list_of_lists, trusted_list
from tests.writtenform.papers import signed_by
from tests.writtenform.pki import AT, Holder
from tests.writtenform.world import World

LOTL, PIVOT, DE, AUT = (
    "https://ec.example/lotl.xml",
    "https://ec.example/pivot.xml",
    "https://de.example/tl.xml",
    "https://at.example/tl.xml",
)
DAY = timedelta(days=1)


class Web:
    """Addresses with what lies there; the rest is not reachable."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def __call__(self, address: str) -> bytes:
        self.asked.append(address)
        if address not in self.pages:
            raise OSError("nicht erreichbar")
        return self.pages[address]


@pytest.fixture(scope="module")
def signers() -> dict[str, Holder]:
    """Pinned and new signer of the list of the lists."""
    return {"pinned": pki.list_signer("LOTL alt"), "new": pki.list_signer("LOTL neu")}


@pytest.fixture
def web(world: World, signers: dict[str, Holder]) -> Web:
    """Everything is there and good."""
    own = Other(LOTL, "EU", [signers["new"]], LIST_OF_LISTS)
    national = [Other(DE, "DE", [world.list_signer]), Other(AUT, "AT", [world.list_signer])]
    return Web(
        {
            PIVOT: list_of_lists([own], signers["pinned"], sequence=100),
            LOTL: list_of_lists([*national, own], signers["new"], pivots=[PIVOT], sequence=300),
            DE: trusted_list(Plan([Listed(world.issuer)], sequence=10), world.list_signer),
            AUT: trusted_list(Plan([Listed(world.root)], sequence=10, territory="AT"), world.list_signer),
        }
    )


Update = Callable[..., UpdateReport]


@pytest.fixture
def update(web: Web, signers: dict[str, Holder], tmp_path: Path) -> Update:
    """Run the update on one folder."""

    def run(at: datetime = AT, territories: frozenset[str] | None = None) -> UpdateReport:
        folder = ListFolder(tmp_path / "lists")
        return update_lists(folder, web, pinned=[signers["pinned"].asn1], at=at, territories=territories, lotl_address=LOTL)

    return run


def sequences(tmp_path: Path, signers: dict[str, Holder]) -> dict[str, int]:
    """Which lists are kept, with their number."""
    return {one.address: one.list.sequence for one in kept_lists(ListFolder(tmp_path / "lists"), [signers["pinned"].asn1], LOTL)}


def test_lists_are_fetched_believed_and_kept(update: Update, tmp_path: Path, signers: dict[str, Holder]) -> None:
    report = update()

    assert (set(report.renewed), report.problems) == ({LOTL, PIVOT, DE, AUT}, ())
    assert sequences(tmp_path, signers) == {DE: 10, AUT: 10}


def test_only_wanted_countries_are_fetched(update: Update, web: Web) -> None:
    update(territories=frozenset({"DE"}))

    assert AUT not in web.asked


def test_a_second_update_changes_nothing(update: Update) -> None:
    update()

    report = update(at=AT + DAY)

    assert (report.renewed, set(report.unchanged)) == ((), {LOTL, PIVOT, DE, AUT})


def test_a_list_that_is_away_leaves_the_last_good_copy(update: Update, web: Web, tmp_path: Path, signers: dict[str, Holder]) -> None:
    update()
    del web.pages[DE]

    report = update(at=AT + DAY)

    assert report.problems == ((DE, "Die Vertrauensliste ließ sich nicht abrufen (nicht erreichbar)."),)
    assert sequences(tmp_path, signers) == {DE: 10, AUT: 10}


def test_without_the_list_of_lists_the_national_lists_are_renewed_by_the_kept_one(
    update: Update, web: Web, world: World, tmp_path: Path, signers: dict[str, Holder]
) -> None:
    update()
    del web.pages[LOTL]
    web.pages[DE] = trusted_list(Plan([Listed(world.issuer)], sequence=11, issued=AT), world.list_signer)

    update(at=AT + DAY)

    assert sequences(tmp_path, signers)[DE] == 11


def bad_lists(world: World) -> dict[str, bytes]:
    """Lists that may not replace anything."""
    good = Plan([Listed(world.issuer)], sequence=12, issued=AT)
    return {
        "signed by a stranger": trusted_list(good, pki.list_signer("Fremde")),
        "changed": trusted_list(good, world.list_signer).replace(b"granted", b"Granted"),
        "older": trusted_list(Plan([Listed(world.issuer)], sequence=9), world.list_signer),
        "expired": trusted_list(Plan([Listed(world.issuer)], sequence=12, next_update=AT - DAY), world.list_signer),
        "unknown version": trusted_list(Plan([Listed(world.issuer)], sequence=12, version=7), world.list_signer),
        "no list": b"<html/>",
        "empty": b"",
    }


def test_a_bad_list_leaves_the_last_good_copy(update: Update, web: Web, world: World, tmp_path: Path, signers: dict[str, Holder]) -> None:
    update()
    for name, data in bad_lists(world).items():
        web.pages[DE] = data

        report = update(at=AT)

        assert [address for address, _ in report.problems] == [DE], name
        assert sequences(tmp_path, signers) == {DE: 10, AUT: 10}, name


def test_a_list_of_lists_without_its_pivot_is_not_taken(update: Update, web: Web, tmp_path: Path, signers: dict[str, Holder]) -> None:
    del web.pages[PIVOT]

    report = update()

    assert [address for address, _ in report.problems] == [LOTL]
    assert kept_lotl(ListFolder(tmp_path / "lists"), [signers["pinned"].asn1], LOTL) is None
    assert sequences(tmp_path, signers) == {}


def test_the_last_good_copy_makes_a_trust_folder_in_which_signatures_are_qualified(
    update: Update, tmp_path: Path, signers: dict[str, Holder], world: World
) -> None:
    update()

    files = kept_files(ListFolder(tmp_path / "lists"), [signers["pinned"].asn1], LOTL, territories=frozenset({"DE"}))

    assert set(files) == {"pinned-1.der", "lotl.xml", "pivot.xml", "DE-1.xml"}
    trust = read_trust(files)
    assert (trust.roots, trust.problems) == ((), ())
    assert check_signature(signed_by(world.robin), trust, at=AT).qualified


def test_before_the_first_update_there_is_nothing(tmp_path: Path, signers: dict[str, Holder]) -> None:
    assert kept_files(ListFolder(tmp_path / "lists"), [signers["pinned"].asn1], LOTL) == {}


def test_a_copy_that_was_changed_on_disk_is_not_believed(update: Update, tmp_path: Path, signers: dict[str, Holder]) -> None:
    update()
    for file in (tmp_path / "lists").glob("*.xml"):
        file.write_bytes(file.read_bytes() + b" ")

    assert sequences(tmp_path, signers) == {}


def test_a_crash_before_the_index_leaves_the_old_state(
    update: Update, tmp_path: Path, signers: dict[str, Holder], web: Web, world: World
) -> None:
    update()
    index = (tmp_path / "lists" / INDEX).read_bytes()
    kept = {file.name: file.read_bytes() for file in (tmp_path / "lists").glob("*.xml")}
    web.pages[DE] = trusted_list(Plan([Listed(world.issuer)], sequence=11, issued=AT), world.list_signer)
    update()

    (tmp_path / "lists" / INDEX).write_bytes(index)
    for name, data in kept.items():
        (tmp_path / "lists" / name).write_bytes(data)

    assert sequences(tmp_path, signers) == {DE: 10, AUT: 10}


def test_the_pinned_certificates_of_the_release_can_sign_lists() -> None:
    pinned = pinned_certificates()

    assert pinned
    assert all(one.subject.human_friendly and one.not_valid_after > one.not_valid_before for one in pinned)


@given(st.binary(max_size=300), st.integers(min_value=0, max_value=5000))
def test_bytes_that_are_no_list_are_one_sentence(noise: bytes, place: int) -> None:
    signer = pki.list_signer("Jemand")
    honest = trusted_list(Plan([Listed(signer)]), signer)
    at = min(place, len(honest))
    changed = honest[:at] + noise + honest[at + len(noise) :]
    if changed == honest:
        return

    with suppress(ListProblem):
        # What the canonical form does not see may be changed; what is read is what was signed.
        assert believed_list(changed, [signer.asn1]) == believed_list(honest, [signer.asn1])
