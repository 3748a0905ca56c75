"""Decisions carry the city's seal: put on at release, or not released; without one nothing pretends to be sealed."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from django.test import Client
from tests import cast
from tests.cases import factories
from tests.pages.world import WORDS

from direktdraht.cases import actions
from direktdraht.cases.models import Decision, DecisionState
from direktdraht.foundation import clock
from direktdraht.foundation.checks import Level
from direktdraht.foundation.documents.storage import open_content
from direktdraht.foundation.journal.models import Entry
from direktdraht.writtenform import city_seal
from direktdraht.writtenform.demo import DemoSeal
from direktdraht.writtenform.signatures.checking import check_signature
from direktdraht.writtenform.signatures.trust import Trust, read_trust

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of keys of this test's own, empty."""
    monkeypatch.setattr(city_seal, "place", lambda name: tmp_path / name)
    return tmp_path


@pytest.fixture
def seal(keys: Path) -> Trust:
    """A seal is set up; returns the trust in its authority."""
    DemoSeal().seed(1)
    content, password = (keys / "seal.p12").read_bytes(), (keys / "seal-password.txt").read_bytes()
    _key, _certificate, above = pkcs12.load_key_and_certificates(content, password)
    return read_trust({"root.der": above[0].public_bytes(Encoding.DER)})


def drafted() -> Decision:
    case = factories.bulky_case()
    actions.take(case=case, by=cast.kim())
    return actions.save_draft(case=case, words=WORDS, by=cast.kim())


def letter_of(decision: Decision) -> bytes:
    assert decision.pdf is not None
    with open_content(decision.pdf.sha256) as content:
        data: bytes = content.read()
    return data


def test_a_released_decision_is_sealed(seal: Trust) -> None:
    decision = actions.release(decision=drafted(), by=cast.alex())

    result = check_signature(letter_of(decision), seal, at=clock.now())

    assert (result.valid, result.coverage, result.level) == (True, "whole", "B-B")
    assert "Siegel der Stadt Musterstadt" in result.signers[0].subject
    assert decision.seal == "B-B"
    assert Entry.objects.get(kind="decision.released").facts["seal"] == "B-B"


def test_a_changed_letter_is_no_longer_sealed(seal: Trust) -> None:
    letter = letter_of(actions.release(decision=drafted(), by=cast.alex()))
    place = letter.index(b"/Type")

    result = check_signature(letter[:place] + b"/Typo" + letter[place + 5 :], seal, at=clock.now())

    assert not result.valid


def test_both_sides_read_that_it_is_sealed(client: Client, seal: Trust) -> None:
    decision = actions.release(decision=drafted(), by=cast.alex())

    page = cast.signed_in(client, cast.kim()).get(f"/buero/vorgang/{decision.case.number}/bescheid").content.decode()

    assert "gesiegelt (B-B)" in page


def test_without_a_seal_a_decision_goes_out_as_before_and_says_nothing_of_one(client: Client, keys: Path) -> None:
    decision = actions.release(decision=drafted(), by=cast.alex())

    page = cast.signed_in(client, cast.kim()).get(f"/buero/vorgang/{decision.case.number}/bescheid").content.decode()

    assert decision.seal == ""
    assert "gesiegelt" not in page


def test_a_seal_that_cannot_be_put_on_releases_nothing(client: Client, seal: Trust, keys: Path) -> None:
    decision = drafted()
    (keys / "seal-password.txt").write_text("falsch", encoding="utf-8")

    answer = cast.signed_in(client, cast.alex()).post(f"/buero/vorgang/{decision.case.number}/bescheid/{decision.version}/freigeben")

    decision.refresh_from_db()
    assert answer.status_code == 409
    assert "lässt sich gerade nicht siegeln" in answer.content.decode()
    assert "lässt sich mit diesem Kennwort nicht öffnen" in answer.content.decode()
    assert decision.state == DecisionState.DRAFT


def test_a_timestamp_service_that_is_down_releases_nothing(seal: Trust, keys: Path) -> None:
    decision = drafted()
    (keys / "seal-timestamps.txt").write_text("http://127.0.0.1:9/stempel", encoding="utf-8")

    with pytest.raises(Exception, match="Der Zeitstempeldienst antwortet nicht"):
        actions.release(decision=decision, by=cast.alex())

    decision.refresh_from_db()
    assert decision.state == DecisionState.DRAFT


def test_the_doctor_tells_about_the_seal(keys: Path) -> None:
    assert [found.level for found in city_seal.findings()] == [Level.WARNING]

    DemoSeal().seed(1)
    fresh = list(city_seal.findings())
    (keys / "seal.p12").write_bytes(b"no key")
    broken = list(city_seal.findings())

    assert "time-stamping service" in fresh[0].text
    assert [found.level for found in broken] == [Level.ERROR]


def test_the_key_is_nobody_elses_to_read(keys: Path) -> None:
    DemoSeal().seed(1)

    assert {(keys / name).stat().st_mode & 0o777 for name in ("seal.p12", "seal-password.txt")} == {0o600}
