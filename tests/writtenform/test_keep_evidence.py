"""Evidence of a check gives the same answer years later, without network and with another clock."""

import json
import socket
import sys
from datetime import UTC, datetime, tzinfo
from typing import Any

import pytest

from direktdraht.foundation import clock
from direktdraht.writtenform.signatures import algorithms, evidence
from direktdraht.writtenform.signatures.evidence import Evidence, EvidenceProblem, collect, recheck
from direktdraht.writtenform.signatures.trust import read_trust
from tests.writtenform import lists, pki
from tests.writtenform.certificate_cases import archived, detached
from tests.writtenform.lists import Listed, Plan
from tests.writtenform.papers import signed_by
from tests.writtenform.pki import AT
from tests.writtenform.signing import sign_digest
from tests.writtenform.world import World


class _AnyInstant(type):
    """Every instant counts as one of the later ones: only the clock is another."""

    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, datetime)


class Later(datetime, metaclass=_AnyInstant):
    """The class of instants with a clock that is ten years ahead, also for the libraries."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # gives a plain instant
        return datetime(2036, 6, 1, tzinfo=tz or UTC)


@pytest.fixture
def ten_years_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """No connection can be opened, and it is 2036."""

    def refuse(*words: Any, **more: Any) -> Any:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(clock, "now", Later.now)
    libraries = [module for name, module in sys.modules.items() if name.startswith(("pyhanko", "signxml"))]
    for module in libraries:
        if vars(module).get("datetime") is datetime:
            monkeypatch.setattr(module, "datetime", Later)


def stored(found: Evidence) -> Evidence:
    """As it comes back from where it was kept."""
    return Evidence(json.loads(json.dumps(found.manifest)), dict(found.blobs))


def test_a_qualified_signature_is_checked_again_ten_years_later(world: World, ten_years_later: None) -> None:
    kept = stored(collect(signed_by(world.robin), read_trust(world.with_list()), at=AT))

    result = recheck(kept.manifest, kept.blobs)

    assert (result.valid, result.qualified) == (True, True)
    assert result.as_json() == kept.manifest["result"]
    assert kept.manifest["algorithms"] == algorithms.VERSION


def test_evidence_outlives_the_table_of_algorithms(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = stored(collect(signed_by(world.robin), read_trust(world.with_list()), at=AT))

    monkeypatch.setattr(algorithms, "VERSIONS", (*algorithms.VERSIONS, "2036-01"))
    monkeypatch.setattr(algorithms, "VERSION", "2036-01")

    assert recheck(kept.manifest, kept.blobs).qualified


def test_a_long_term_signature_and_a_detached_one_are_checked_again(world: World, ten_years_later: None) -> None:
    made = detached(lambda w, v: sign_digest(v, w.kim))(world)
    assert isinstance(made, tuple)
    trust = read_trust(world.roots_only)

    for kept in (collect(archived(world), trust, at=AT), collect(made[0], trust, at=AT, content=made[1])):
        assert recheck(kept.manifest, kept.blobs).valid


def test_a_bad_signature_stays_bad(world: World, ten_years_later: None) -> None:
    kept = collect(signed_by(world.stranger), read_trust(world.with_list()), at=AT)

    assert not recheck(kept.manifest, kept.blobs).valid


def test_lists_of_other_countries_are_not_kept(world: World) -> None:
    files = world.with_list()
    other = lists.trusted_list(Plan([Listed(pki.authority("Autre émetteur"))], territory="FR"), world.list_signer)

    kept = collect(signed_by(world.robin), read_trust({**files, "fr.xml": other}), at=AT)

    assert set(kept.manifest["trust"]) == set(files)
    assert [one["territory"] for one in kept.manifest["lists"]] == ["DE"]


def test_a_changed_piece_is_noticed(world: World) -> None:
    kept = collect(signed_by(world.robin), read_trust(world.with_list()), at=AT)
    for digest in kept.blobs:
        with pytest.raises(EvidenceProblem, match="fehlt oder wurde verändert"):
            recheck(kept.manifest, {**kept.blobs, digest: b"anders"})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"format": "other/1"}, "Format"),
        ({"algorithms": "2019-01"}, "Verfahren"),
        ({"trust": None}, "unvollständig"),
        ({"result": {}}, "unvollständig"),
        ({"checked_at": "2031-01-01T00:00:00+00:00"}, "anderen Ergebnis"),
    ],
)
def test_a_manifest_that_does_not_fit_is_one_sentence(world: World, change: dict[str, Any], sentence: str) -> None:
    kept = collect(signed_by(world.robin), read_trust(world.with_list()), at=AT)

    with pytest.raises(EvidenceProblem, match=sentence):
        recheck({**kept.manifest, **change}, kept.blobs)


def test_evidence_names_its_format() -> None:
    assert evidence.FORMAT == "direktdraht-signature-evidence/1"
