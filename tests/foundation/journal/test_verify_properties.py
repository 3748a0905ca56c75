"""Whatever is changed in an export, the check notices it and never breaks down."""

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.scale import examples

from direktdraht.foundation import journal
from direktdraht.foundation.journal.verification import UnreadableExport, verify_export

from .conftest import lines_of, write_lines

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.dictionaries(st.text(max_size=5), inner, max_size=3) | st.lists(inner, max_size=3),
    max_leaves=5,
)


def holds(path: Path, lines: list[dict[str, Any]]) -> bool:
    """Whether these lines pass for an export; a refused file does not hold."""
    write_lines(path, lines)
    try:
        return verify_export(path, journal.public_key_pem()).ok
    except UnreadableExport:
        return False


@given(data=st.data())
@settings(max_examples=examples(120), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_changed_value_is_always_noticed(exported: Path, tmp_path: Path, data: st.DataObject) -> None:
    lines = lines_of(exported)
    line = data.draw(st.sampled_from(lines[1:]))
    record = next(iter(line.values()))
    field = data.draw(st.sampled_from(sorted(record)))
    before = copy.deepcopy(record[field])
    record[field] = data.draw(anything.filter(lambda value: value != before))

    assert not holds(tmp_path / "changed", lines)


@given(data=st.data())
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lines_that_are_left_out_doubled_or_moved_are_always_noticed(exported: Path, tmp_path: Path, data: st.DataObject) -> None:
    lines = lines_of(exported)
    order = list(range(len(lines)))
    orders = st.lists(st.sampled_from(order), min_size=1, max_size=len(lines) + 2)
    chosen = data.draw(orders.filter(lambda other: other != order))

    assert not holds(tmp_path / "changed", [lines[n] for n in chosen])


@given(line=st.dictionaries(st.sampled_from(["entry", "seal", "end", "format"]), anything, min_size=1))
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_invented_line_is_always_noticed(exported: Path, tmp_path: Path, line: dict[str, Any]) -> None:
    lines = lines_of(exported)

    assert not holds(tmp_path / "changed", [*lines[:-1], line, lines[-1]])


@pytest.mark.parametrize(("field", "value"), [("position", {}), ("position", 0), ("position", True)])
def test_a_position_without_a_seal_is_noticed(exported: Path, tmp_path: Path, field: str, value: Any) -> None:
    lines = lines_of(exported)
    unsealed = next(line["entry"] for line in lines if "entry" in line and line["entry"]["seal"] is None)
    unsealed[field] = value

    assert not holds(tmp_path / "changed", lines)


@pytest.mark.parametrize("value", [None, False, 0, [], {}])
def test_a_timestamp_that_is_no_text_is_noticed(exported: Path, tmp_path: Path, value: Any) -> None:
    lines = lines_of(exported)
    next(line["seal"] for line in lines if "seal" in line)["timestamp"] = value

    assert not holds(tmp_path / "changed", lines)


@pytest.mark.parametrize("field", ["position", "seal"])
def test_true_is_not_one(exported: Path, tmp_path: Path, field: str) -> None:
    lines = lines_of(exported)
    first = next(line["entry"] for line in lines if "entry" in line and line["entry"][field] == 1)
    first[field] = True

    assert not holds(tmp_path / "changed", lines)
