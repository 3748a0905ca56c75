"""Cells of exported lists are text, never formulas."""

import pytest

from direktdraht.foundation.spreadsheets import harmless


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx", "  =1"])
def test_formula_signs_are_made_harmless(cell: str) -> None:
    assert harmless(cell).startswith("'")


def test_plain_cells_stay_as_they_are() -> None:
    assert harmless("Sperrmüll – 3") == "Sperrmüll – 3"
