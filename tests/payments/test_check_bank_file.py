"""Reading and checking of bank files: the corpus, single rules, memory, the command line."""

import io
import json
import tracemalloc
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from direktdraht.config import cli
from direktdraht.payments.camt.checking import CheckedStatement, check_bank_file
from direktdraht.payments.camt.parts import Entry
from direktdraht.payments.camt.sentences import DOUBTS, UNREADABLE, UnreadableBankFile
from tests.payments.bank_cases import BAD, DOUBTFUL, GOOD, Bad, Facts, Good
from tests.payments.bank_files import ACCOUNT, balance, detail, document, entry, notification, statement
from tests.scale import examples

KEYS = {"amount", "currency", "booked", "value_date", "reference", "name", "iban", "purpose", "status", "reversal"}


def checked(content: bytes) -> list[CheckedStatement]:
    return check_bank_file(io.BytesIO(content))


def facts(entry: Entry) -> Facts:
    return str(entry.amount), entry.reference, entry.name, entry.reversal


def euros(cents: int) -> str:
    return f"{abs(cents) // 100}.{abs(cents) % 100:02}"


def side(cents: int) -> str:
    return "CRDT" if cents >= 0 else "DBIT"


def only(content: bytes) -> Entry:
    (found,) = (entry for statement in checked(content) for entry in statement.entries)
    return found


@pytest.mark.parametrize("row", [*GOOD, *DOUBTFUL], ids=lambda row: row.name)
def test_a_readable_file_gives_what_the_standard_says(row: Good) -> None:
    statements = checked(row.content)

    assert tuple(facts(entry) for statement in statements for entry in statement.entries) == row.entries
    assert {doubt.case for statement in statements for doubt in statement.doubts} == set(row.doubts)
    assert all(statement.balanced for statement in statements) == (not row.doubts)


@pytest.mark.parametrize("row", BAD, ids=lambda row: row.name)
def test_a_file_that_cannot_be_trusted_is_refused_with_its_reason(row: Bad) -> None:
    with pytest.raises(UnreadableBankFile) as refused:
        checked(row.content)

    assert refused.value.case == row.case
    assert str(refused.value).endswith(".")


def test_the_corpus_has_a_row_for_every_reason() -> None:
    of_archives = {case for case in UNREADABLE if "archive" in case}
    cannot_be_made_small = {"size", "file"}

    assert {row.case for row in BAD} == set(UNREADABLE) - cannot_be_made_small - of_archives
    assert {case for row in [*GOOD, *DOUBTFUL] for case in row.doubts} == set(DOUBTS)


def test_the_value_date_is_the_day_in_berlin() -> None:
    found = only(document(statement(entry("1.00", value="<ValDt><DtTm>2026-06-30T22:30:00Z</DtTm></ValDt>"), closing="101.00")))

    assert found.as_json()["value_date"] == "2026-07-01"


@pytest.mark.parametrize(
    "written", ["<DtTm>2026-11-03T00:00:00.000000000</DtTm>", "<Dt>2026-11-03+01:00</Dt>", "<Dt>2026-11-03T10:00:00</Dt>"]
)
def test_a_day_may_be_written_in_several_ways(written: str) -> None:
    found = only(document(statement(entry("1.00", value=f"<ValDt>{written}</ValDt>"), closing="101.00")))

    assert found.as_json()["value_date"] == "2026-11-03"


def test_every_entry_says_exactly_what_the_contract_names() -> None:
    (first,) = checked(document(statement(entry("12.50", detail(text="Kurs 7")), closing="112.50")))

    printed = first.as_json()
    assert {key: printed[key] for key in printed if key != "entries"} == {
        "account": ACCOUNT,
        "currency": "EUR",
        "opening": "100.00",
        "closing": "112.50",
        "balanced": True,
    }
    assert [set(entry.as_json()) for entry in first.entries] == [KEYS]
    assert first.entries[0].as_json()["purpose"] == "Kurs 7"


def test_where_the_bank_turned_the_roles_the_own_account_is_never_the_other_side() -> None:
    turned = detail(debtor=("Stadt", ACCOUNT), creditor=("Robin Weber", "DE02100500000054540402"))

    found = only(document(statement(entry("12.50", turned), closing="112.50")))

    assert (found.name, found.iban) == ("Robin Weber", "DE02100500000054540402")


def test_the_ultimate_debtor_stands_in_for_a_payer_without_name() -> None:
    nameless = detail(debtor=("", "DE02100500000054540402")).replace("<Cdtr>", "<UltmtDbtr><Nm>Kim Albers</Nm></UltmtDbtr><Cdtr>")

    assert only(document(statement(entry("12.50", nameless), closing="112.50"))).name == "Kim Albers"


@given(cents=st.lists(st.integers(-(10**9), 10**9), max_size=30), opening=st.integers(-(10**9), 10**9))
def test_a_statement_is_balanced_exactly_if_its_entries_lead_to_its_closing(cents: list[int], opening: int) -> None:
    def made(end: int) -> bytes:
        entries = [entry(euros(value), sign=side(value)) for value in cents]
        balances = "".join(balance(kind, euros(value), sign=side(value)) for kind, value in (("OPBD", opening), ("CLBD", end)))
        return document(statement(*entries, opening=None, closing=None, balances=balances))

    end = opening + sum(cents)

    (right,) = checked(made(end))
    (wrong,) = checked(made(end + 1))

    assert (right.balanced, wrong.balanced) == (True, False)
    assert sum((entry.amount for entry in right.entries), Decimal(0)) == Decimal(sum(cents)) / 100


@given(st.binary(max_size=300))
def test_no_bytes_bring_the_reader_down(content: bytes) -> None:
    with pytest.raises(UnreadableBankFile):
        checked(content)


def test_memory_does_not_grow_with_the_file() -> None:
    def peak(count: int) -> int:
        batch = entry(f"{count}.00", *[detail("1.00", end_to_end=f"MS-{number}") for number in range(count)])
        single = [entry("1.00", detail(end_to_end=f"MT-{number}")) for number in range(count)]
        file = io.BytesIO(document(notification(batch, *single), kind="054"))
        tracemalloc.start()
        (found,) = check_bank_file(file, with_entries=False)
        assert (found.balanced, found.closing.entries) == (True, 2 * count)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    small, large = peak(200), peak(examples(2000))

    assert large < small + 1_000_000


def test_the_command_prints_one_json_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "auszug.xml"
    file.write_bytes(document(statement(entry("12.50", detail(end_to_end="MS-1")), closing="112.50")))

    status = cli.main(["bank", "check", str(file), "--json"])

    out, err = capsys.readouterr()
    assert (status, err) == (0, "")
    assert json.loads(out)["statements"][0]["entries"][0]["reference"] == "MS-1"


def test_the_command_says_on_stderr_what_does_not_fit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "auszug.xml"
    file.write_bytes(document(statement(entry("12.50"), closing="120.00")))

    status = cli.main(["bank", "check", str(file), "--json"])

    out, err = capsys.readouterr()
    assert status == 0
    assert json.loads(out)["statements"][0]["balanced"] is False
    assert "112.50 EUR" in err


@pytest.mark.parametrize("content", [None, b"<a>"])
def test_the_command_refuses_in_one_sentence(content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "auszug.xml"
    if content is not None:
        file.write_bytes(content)

    status = cli.main(["bank", "check", str(file), "--json"])

    out, err = capsys.readouterr()
    assert (status, out) == (1, "")
    assert err.startswith("direktdraht: ")
    assert err.count("\n") == 1


def test_the_command_prints_a_statement_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "auszug.xml"
    file.write_bytes(document(statement(entry("12.50", detail(end_to_end="MS-1")), closing="112.50")))

    cli.main(["bank", "check", str(file)])

    assert f"S1 {ACCOUNT}: 1 Umsätze, stimmt\n" in capsys.readouterr().out
