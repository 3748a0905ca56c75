"""Real signed PDFs of somebody else's test authority, checked at the time of their making."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from direktdraht.writtenform.checks import CheckResult
from direktdraht.writtenform.signatures.checking import check_signature
from direktdraht.writtenform.signatures.faults import UnreadableSignature
from direktdraht.writtenform.signatures.trust import read_trust
from tests.samples.fim import SAMPLES

pytestmark = pytest.mark.skipif(not SAMPLES, reason="SAMPLES_DIR does not name the real signed PDFs")
FOLDER = Path(SAMPLES) / "pades" / "pyhanko"
AT = datetime(2020, 11, 20, tzinfo=UTC)
LATER = datetime(2021, 9, 1, tzinfo=UTC)

# The checks that are false. The empty signature of "base" is only a place for one: its Contents are zeros.
EXPECTED: dict[str, tuple[datetime, bool, str, str, set[str]]] = {
    "certified-with-indirect-refs-in-dir.pdf": (AT, True, "B-B", "whole", set()),
    "pades-lta-dss-indirect-arrs-test.pdf": (AT, True, "B-LTA", "whole", set()),
    "pades-with-old-style-signing-cert-attr.pdf": (LATER, True, "B-B", "whole", set()),
    "sig-no-signed-attrs.pdf": (AT, False, "none", "whole", {"signing-certificate"}),
    "minimal-two-fields-signed-twice.pdf": (LATER, False, "none", "whole", {"signing-certificate", "certificate-chain", "timestamp"}),
    "minimal-signed-twice-second-created.pdf": (LATER, False, "none", "whole", {"signing-certificate", "certificate-chain", "timestamp"}),
    "coverage-anomalies/base.pdf": (AT, False, "none", "partial", {"integrity", "coverage", "changes"}),
    "coverage-anomalies/one-byterange.pdf": (AT, False, "B-B", "partial", {"coverage", "changes", "certificate-chain"}),
    "coverage-anomalies/tail-uncovered.pdf": (AT, False, "B-B", "partial", {"structure", "coverage", "changes", "certificate-chain"}),
}


def checked(name: str, at: datetime) -> CheckResult:
    """The result for a sample, with the test authority's certificates."""
    trust = read_trust({path.name: path.read_bytes() for path in (FOLDER / "trust").iterdir()})
    return check_signature((FOLDER / name).read_bytes(), trust, at=at)


def test_every_sample_has_an_expectation() -> None:
    found = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.pdf")}

    assert found == {*EXPECTED, "minimal.pdf"}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_sample_gets_the_right_answer(name: str) -> None:
    at, valid, level, coverage, broken = EXPECTED[name]

    result = checked(name, at)

    assert {check.name for check in result.checks if check.ok is False} == broken
    assert (result.valid, result.qualified, result.level, result.coverage) == (valid, False, level, coverage)


@pytest.mark.parametrize("name", ["coverage-anomalies/one-byterange.pdf", "coverage-anomalies/tail-uncovered.pdf"])
def test_an_anomaly_is_intact_inside_and_still_does_not_count(name: str) -> None:
    result = checked(name, AT)

    assert result.outcome("integrity") is True
    assert not result.valid


def test_the_unsigned_control_has_no_signature() -> None:
    with pytest.raises(UnreadableSignature, match="keine elektronische Unterschrift"):
        checked("minimal.pdf", AT)
