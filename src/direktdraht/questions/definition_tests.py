"""The tests that a form carries inside: example answers with the result they must have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from direktdraht.questions.definition.model import FormDefinition, FormTest
from direktdraht.questions.evaluation import Evaluation, evaluate
from direktdraht.questions.files import FileFacts


@dataclass(frozen=True)
class TestOutcome:
    """How a test inside a form went. ``differences`` say what was expected and what came, ``compared`` has both as values."""

    __test__ = False

    name: str
    differences: tuple[str, ...]
    compared: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether everything expected came."""
        return not self.differences


def run(definition: FormDefinition, *, state: str = "NI") -> list[TestOutcome]:
    """Run all tests of a form, each on the day it names."""
    return [_outcome(test, _evaluate(definition, test, state)) for test in definition.tests]


def _outcome(test: FormTest, evaluation: Evaluation) -> TestOutcome:
    wrong = _compared(test, evaluation)
    found = [f"{name}: expected {wanted!r}, got {got!r}" for name, (wanted, got) in wrong.items()]
    if found and test.expect.errors is None and evaluation.errors:
        found.append(f"errors were {sorted(evaluation.errors)!r}")
    return TestOutcome(test.name, tuple(found), wrong)


def _evaluate(definition: FormDefinition, test: FormTest, state: str) -> Evaluation:
    files = {key: FileFacts(file.name, file.size, file.content_type) for key, file in test.files.items()}
    return evaluate(definition, test.answers, today=date.fromisoformat(test.today), files=files, state=state)


def _compared(test: FormTest, evaluation: Evaluation) -> dict[str, tuple[Any, Any]]:
    """What came otherwise than expected."""
    expected = test.expect
    compared = {
        "valid": (expected.valid, evaluation.valid),
        "errors": (None if expected.errors is None else sorted(expected.errors), sorted(evaluation.errors)),
        "shown": (expected.shown, evaluation.shown),
        "pages": (expected.pages, evaluation.pages),
        "fee": (expected.fee, None if evaluation.fee is None else str(evaluation.fee)),
    }
    return {name: pair for name, pair in compared.items() if pair[0] is not None and pair[0] != pair[1]}
