"""Every real bank file is read or refused as worked out by hand from the file and the standard."""

import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

from direktdraht.config import cli
from direktdraht.payments.giro.code import NoGiroCode, Transfer
from tests.payments.codes import lines_in, lines_of

SAMPLES = os.environ.get("SAMPLES_DIR", "")
pytestmark = pytest.mark.skipif(not SAMPLES, reason="SAMPLES_DIR does not name the real bank files")

NAMED = ("4654654654654654", "NAME NAME", "NL56AGDH9619008421", "")
BELGIAN = ("NL26VAYB8060476890", "EUR", "18.15", "-27.00", False, [("8.85", "EUR", "2014-12-31", "2015-01-02", *NAMED)])
BATCH_DAY = ("CHF", "2007-10-18", "2007-10-18")
READ: dict[str, tuple[object, ...]] = {
    "camt053.v2.minimal.xml": BELGIAN,
    "camt053.v2.with-party-ids.xml": BELGIAN,
    "camt053.v3.xml": BELGIAN,
    "camt053.v4.xml": BELGIAN,
    "camt053.v2.all-balance-types.xml": (
        *("CH2801234000123456789", "EUR", "1.01", "4.04", False),
        [("8.85", "EUR", "2014-12-31", "2015-01-02", "000000001", "", "", "Transaction Description")],
    ),
    "camt053.v2.with-account-name.xml": (
        *("CH2801234000123456789", "EUR", None, None, False),
        [("8.85", "EUR", "2014-12-31", None, "", "", "", "")],
    ),
    "camt53.only-Dt-with-DtTm.xml": ("GB33BUKB20201555555555", "RON", "5442.09", None, False, []),
    "camt054.v8.xml": (
        *("CH2801234000123456789", "SEK", None, None, False),
        [
            (
                *("-3.10", *BATCH_DAY, "ISR ref number V1", "Example Creditor 3 - V1", "CH4112345003131313131"),
                "Unstructured Remittance Information V1",
            ),
            (
                *("-3.20", *BATCH_DAY, "ISR ref number V2", "Example Creditor 3 - V2", "CH7212345003232323232"),
                "Additional Remittance Information V2",
            ),
            (
                *("-3.20", *BATCH_DAY, "Ref number V3 block 1", "Example Creditor 3 - V3", "CH7212345003232323232"),
                "Unstructured Remittance Information V3 block 1 Unstructured Remittance Information V3 block 2",
            ),
        ],
    ),
}
NO_STATEMENT = "Die Datei enthält keinen Auszug und keine Anzeige."
NO_CAMT = "Das ist keine Bankdatei nach camt.053 oder camt.054."


def files() -> list[Path]:
    root = Path(SAMPLES) / "payments"
    return sorted([*root.glob("camt/*.xml"), *root.glob("hbci4java/*.xml"), *root.glob("sepaxml/*.xml")]) if SAMPLES else []


@pytest.mark.parametrize("file", files(), ids=lambda file: file.name)
def test_a_real_file_is_read_or_refused_as_its_table_says(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.main(["bank", "check", str(file), "--json"])

    out, err = capsys.readouterr()
    if file.name not in READ:
        assert (status, out) == (1, "")
        assert any(words in err for words in (NO_STATEMENT, NO_CAMT, "Gelesen werden nur camt.053 und camt.054."))
        return
    (statement,) = json.loads(out)["statements"]
    entries = [tuple(value for key, value in entry.items() if key not in {"status", "reversal"}) for entry in statement.pop("entries")]
    assert status == 0
    assert (*statement.values(), entries) == READ[file.name]


def test_every_camt_file_that_can_be_read_stands_in_the_table() -> None:
    assert set(READ) == {file.name for file in files() if file.parent.name == "camt"} - {"camt052.v8.xml", "camt053.v2.wrong.xml"}


def test_a_statement_file_without_statement_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["bank", "check", str(Path(SAMPLES) / "payments/camt/camt053.v2.wrong.xml")])

    assert NO_STATEMENT in capsys.readouterr().err


PICTURES = {"qr_version_001.png": 12345, "qr_wikimedia.png": 1000, "girocode-demo.png": 12345}


@pytest.mark.parametrize("name", PICTURES)
def test_the_code_made_for_a_real_transfer_says_the_same(name: str) -> None:
    given = lines_in(Path(SAMPLES) / "payments/epcqr" / name)

    if len(given) == 10:
        # This code carries a text in the line of structured references; we write it where the guideline wants it.
        given.insert(9, "")

    made = lines_of(Transfer(given[5], given[6], PICTURES[name], bic=given[4], text=given[10]))

    assert Decimal(made.pop(7).removeprefix("EUR")) == Decimal(given.pop(7).removeprefix("EUR"))
    assert made == ["BCD", "002", *given[2:]]


def test_a_name_that_is_too_long_or_an_amount_of_nothing_is_no_transfer() -> None:
    given = (Path(SAMPLES) / "payments/epcqr/qr_version_001.txt").read_text().splitlines()

    for name, cents in ((given[5] * 3, 12345), (given[5], 0)):
        with pytest.raises(NoGiroCode):
            Transfer(name, given[6], cents, text=given[10])
