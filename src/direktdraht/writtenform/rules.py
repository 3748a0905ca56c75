"""Which ways replace a signature, as rows with paragraph and validity. Pure: the day is handed in."""

import tomllib
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

LevelName = Literal["none", "low", "substantial", "high"]
LEVELS: tuple[LevelName, ...] = ("none", "low", "substantial", "high")


class RuleError(ValueError):
    """A rule is unknown or its rows are broken; one German sentence."""


class OpenWay(BaseModel):
    """One way that a rule opens: the level of identification that it needs and the paragraph that says so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    way: str
    level: LevelName
    paragraph: str


class Rule(BaseModel):
    """One rule on the written form (Schriftformerfordernis) of one law of procedure for one time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    law: Literal["vwvfg", "ao", "sgb"]
    valid_from: date
    valid_to: date | None = None
    paragraph: str
    ways: tuple[OpenWay, ...] = Field(alias="way", min_length=1)

    def holds_on(self, day: date) -> bool:
        """Whether this row was law on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def way(self, key: str) -> OpenWay | None:
        """The way of this name, if the rule opens it."""
        return next((one for one in self.ways if one.way == key), None)


def rules_from(path: Path) -> tuple[Rule, ...]:
    """The rows of a TOML file; raises RuleError that names what is wrong."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["rule"]
        rules = tuple(Rule.model_validate(row) for row in rows)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValidationError) as error:
        raise RuleError(f"Die Regeln zur Schriftform in {path} sind nicht lesbar: {error}.") from error
    refuse_overlap(rules)
    return rules


def refuse_overlap(rules: Sequence[Rule]) -> None:
    """Raise RuleError when two rows of one rule and law hold on the same day."""
    ordered = sorted(rules, key=lambda rule: (rule.key, rule.law, rule.valid_from))
    for earlier, later in pairwise(ordered):
        if (earlier.key, earlier.law) == (later.key, later.law) and earlier.holds_on(later.valid_from):
            raise RuleError(f"Zwei Regeln „{later.key}“ ({later.law}) gelten am {later.valid_from:%d.%m.%Y} zugleich.")


RULES = rules_from(Path(__file__).with_name("rules.toml"))


def rule_for(*, key: str, law: str, on: date, rules: Sequence[Rule] = RULES) -> Rule:
    """The rule that was law on a day; raises RuleError."""
    for rule in rules:
        if rule.key == key and rule.law == law and rule.holds_on(on):
            return rule
    raise RuleError(f"Für {law} ist die Regel „{key}“ am {on:%d.%m.%Y} nicht hinterlegt.")


def reaches(level: str, needed: LevelName) -> bool:
    """Whether one level of identification is at least another.

    >>> reaches("high", "substantial"), reaches("low", "high")
    (True, False)
    """
    return level in LEVELS and LEVELS.index(level) >= LEVELS.index(needed)
