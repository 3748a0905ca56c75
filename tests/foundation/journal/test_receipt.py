"""A receipt can be checked by anyone with the public key, before and after its row is sealed."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scale import examples

from direktdraht.foundation import journal
from direktdraht.foundation.journal.actions import seal_pending
from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.journal.receipts import verify_receipt
from direktdraht.foundation.journal.report import ReceiptReport

DIGEST = "cd" * 32


def check(document: dict[str, Any]) -> ReceiptReport:
    """The report on a receipt after a trip through JSON."""
    return verify_receipt(json.loads(json.dumps(document)), journal.public_key_pem())


@pytest.fixture
def entry(db: None) -> Entry:
    """The row of a submission that got a number."""
    return journal.record("submission.received", subject="submission:7", digest=DIGEST, facts={"number": "26-48213-K"})


@pytest.fixture
def sealed(entry: Entry) -> dict[str, Any]:
    """A receipt whose row lies among others in a seal."""
    for n in range(6):
        journal.record("case.opened", subject=f"case:{n}")
    seal_pending()
    return journal.queries.receipt(entry, number="26-48213-K")


def test_a_fresh_receipt_is_signed_and_not_yet_sealed(entry: Entry) -> None:
    report = check(journal.queries.receipt(entry, number="26-48213-K"))

    assert report.ok
    assert report.lines == ["Receipt 26-48213-K: signed, not yet sealed."]


def test_a_sealed_receipt_names_its_batch(sealed: dict[str, Any]) -> None:
    report = check(sealed)

    assert report.ok
    assert report.batch == 1
    assert report.lines == ["Receipt 26-48213-K: sealed in batch 1."]
    assert {check["name"] for check in report.to_json()["checks"]} == {"number", "instant", "digest", "signature", "seal", "inclusion"}


@pytest.mark.parametrize(
    ("path", "value", "name"),
    [
        (["number"], "26-48214-A", "number"),
        (["received_at"], "2020-01-01T00:00:00.000000Z", "instant"),
        (["digest"], "ef" * 32, "digest"),
        (["entry", "digest"], "ef" * 32, "digest"),
        (["entry", "id"], 1_000_000, "signature"),
        (["signature"], "00" * 64, "signature"),
        (["signature"], "no hex", "signature"),
        (["key_id"], "0" * 16, "signature"),
        (["seal", "root"], "ef" * 32, "seal"),
        (["seal", "number"], 2, "seal"),
        (["proof", "position"], 3, "inclusion"),
        (["proof", "position"], "0", "inclusion"),
        (["proof", "hashes"], [], "inclusion"),
        (["proof", "hashes"], ["zz"], "inclusion"),
        (["proof", "hashes"], ["00" * 32] * 1000, "inclusion"),
        (["proof"], None, "seal"),
        (["seal"], None, "seal"),
        (["seal"], [], "seal"),
        (["entry"], {}, "form"),
        (["entry"], [], "form"),
        (["format"], "other/1", "form"),
    ],
)
def test_a_changed_receipt_does_not_hold(sealed: dict[str, Any], path: list[str], value: object, name: str) -> None:
    changed = copy.deepcopy(sealed)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    report = check(changed)

    assert not report.ok
    assert name in {one.name for one in report.checks if not one.ok}
    assert report.state == "not valid"


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.dictionaries(st.text(), inner) | st.lists(inner)
)


@given(anything)
@settings(max_examples=examples(50))
def test_nonsense_never_holds_and_never_fails(nonsense: object) -> None:
    parts: list[dict[str, Any]] = [
        {"format": "direktdraht-receipt/1", "entry": nonsense},
        {"entry": {}, "seal": nonsense, "proof": nonsense},
    ]
    for part in parts:
        assert not verify_receipt(part, journal.public_key_pem()).ok
