"""Every real answer has the verdict that its table says, on the command line, without database and environment."""

import json
from pathlib import Path

import pytest

from direktdraht.config import cli
from direktdraht.people.bundid.metadata import read_provider
from tests.samples import saml

needed = pytest.mark.skipif(not saml.SAMPLES, reason="SAMPLES_DIR does not name the real SAML files")
CASES = [(sample, place) for samples, place in saml.SUITES for sample in samples]


@needed
@pytest.mark.parametrize(("sample", "place"), CASES, ids=lambda value: getattr(value, "path", ""))
def test_a_real_answer_is_judged_as_its_table_says(
    sample: saml.Sample, place: saml.Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "idp.xml"
    file.write_text(saml.metadata((Path(saml.SAMPLES) / place.certificate).read_text(), place.issuer))
    words = ["--metadata", str(file), "--audience", place.audience, "--acs", place.acs, "--at", place.at, "--json"]

    status = cli.main(["identity", "saml-check", str(Path(saml.SAMPLES) / sample.path), *words])

    printed = json.loads(capsys.readouterr().out)
    assert [check["name"] for check in printed["checks"] if check["ok"] is not True] == list(sample.broken), sample.why
    assert (status, printed["valid"], printed["level"], printed["attributes"]) == (1, False, "none", {})


@needed
def test_every_answer_of_the_samples_stands_in_a_table() -> None:
    root = Path(saml.SAMPLES)
    files = [*(root / "bundid/node-saml").rglob("*.xml"), *(root / "bundid/python3-saml/responses").rglob("*.base64")]

    assert {sample.path for sample, *_ in CASES} == {file.relative_to(root).as_posix() for file in files}


@needed
def test_real_metadata_of_a_provider_are_read() -> None:
    provider = read_provider((Path(saml.SAMPLES) / "bundid/python3-saml/metadata/idp_metadata.xml").read_bytes())

    assert provider.entity_id == "https://app.onelogin.com/saml/metadata/383123"
    assert len(provider.certificates) == 1
