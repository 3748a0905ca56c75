"""Rules on the written form: rows by law and day, each way with its paragraph."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from direktdraht.writtenform.rules import LEVELS, RULES, RuleError, reaches, rule_for, rules_from

ROW = """[[rule]]
key = "written"
law = "ao"
valid_from = {start}
{end}paragraph = "§ 1"
[[rule.way]]
way = "paper"
level = "none"
paragraph = "§ 2"
"""


def rows(tmp_path: Path, *spans: tuple[str, str]) -> Path:
    file = tmp_path / "rules.toml"
    file.write_text("".join(ROW.format(start=start, end=f"valid_to = {end}\n" if end else "") for start, end in spans), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("day", "paragraph", "has_account"),
    [
        (date(2023, 12, 31), "§ 3a Abs. 2 VwVfG", False),
        (date(2024, 1, 1), "§ 3a Abs. 2 und 3 VwVfG", False),
        (date(2024, 7, 23), "§ 3a Abs. 2 und 3 VwVfG", False),
        (date(2024, 7, 24), "§ 3a Abs. 2 und 3 VwVfG, § 9a Abs. 5 OZG", True),
        (date(2026, 11, 25), "§ 3a Abs. 2 und 3 VwVfG, § 9a Abs. 5 OZG", True),
    ],
)
def test_the_law_of_the_day_counts(day: date, paragraph: str, has_account: bool) -> None:
    rule = rule_for(key="written", law="vwvfg", on=day)

    assert rule.paragraph == paragraph
    assert (rule.way("bundid") is not None) == has_account


@pytest.mark.parametrize("law", ["vwvfg", "ao", "sgb"])
def test_every_law_opens_the_same_ways_today(law: str) -> None:
    rule = rule_for(key="written", law=law, on=date(2026, 11, 25))

    assert [way.way for way in rule.ways] == ["eid", "bundid", "qes", "demail", "paper", "counter"]


def test_every_row_names_its_paragraphs() -> None:
    assert [rule for rule in RULES if "§" not in rule.paragraph or any("§" not in way.paragraph for way in rule.ways)] == []


def test_a_day_without_a_row_is_told() -> None:
    with pytest.raises(RuleError, match=r"am 01\.01\.1990 nicht hinterlegt"):
        rule_for(key="written", law="vwvfg", on=date(1990, 1, 1))


def test_two_rows_for_one_day_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="zugleich"):
        rules_from(rows(tmp_path, ("2024-01-01", ""), ("2025-01-01", "")))


def test_rows_one_after_the_other_are_fine(tmp_path: Path) -> None:
    assert len(rules_from(rows(tmp_path, ("2024-01-01", "2024-12-31"), ("2025-01-01", "")))) == 2


@pytest.mark.parametrize("text", ["", "rule = 1", "[[rule]]\nkey = 1", "\x00", ROW.format(start="2024-01-01", end="extra = 1\n")])
def test_broken_rows_are_told_with_their_file(tmp_path: Path, text: str) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(RuleError, match=r"rules\.toml"):
        rules_from(file)


@given(st.sampled_from(LEVELS), st.sampled_from(LEVELS))
def test_a_level_reaches_itself_and_what_lies_below(level: str, needed: str) -> None:
    assert reaches(level, needed) == (LEVELS.index(level) >= LEVELS.index(needed))  # type: ignore[arg-type]  # drawn from the same names


def test_an_unknown_level_reaches_nothing() -> None:
    assert not reaches("platinum", "none")
