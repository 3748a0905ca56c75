"""A size budget: the tail of a codebase is a choice."""

import tomllib
from pathlib import Path

from tests.consistency.tree import ROOT, SOURCE, functions, length, name_of, product_files, tracked

APP_FILE, TEST_FILE, TEMPLATE, SETTINGS_FILE = 400, 600, 150, 120
FUNCTION, FUNCTION_WITHOUT_EXCEPTION = 60, 100
# Tables of facts, not code: country names as the Foreign Office writes them.
EXCEPTIONS = tomllib.loads((Path(__file__).parent / "exceptions.toml").read_text(encoding="utf-8"))


def lines(path: Path) -> int:
    """The lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def budget(path: Path) -> int:
    """How many lines a file may have; 0 where no budget applies."""
    if path.suffix == ".html":
        return TEMPLATE
    if path.suffix != ".py" or "migrations" in path.parts:
        return 0
    if ROOT / "tests" in path.parents:
        return TEST_FILE
    return SETTINGS_FILE if path.parent == SOURCE / "config" / "settings" else APP_FILE


def too_large() -> dict[str, int]:
    """What is above its budget, with its lines."""
    files = {name_of(path): lines(path) for path in tracked() if budget(path) and lines(path) > budget(path)}
    inside = {f"{name_of(path)}::{node.name}": length(node) for path in product_files() for node in functions(path)}
    return files | {name: size for name, size in inside.items() if size > FUNCTION}


def test_everything_keeps_its_budget_or_is_an_exception_with_a_reason() -> None:
    beyond = {name: size for name, size in too_large().items() if size > EXCEPTIONS.get(name, {"lines": 0})["lines"]}

    assert beyond == {}


def test_every_exception_is_needed_and_gives_its_reason() -> None:
    found = too_large()
    idle = [name for name, entry in EXCEPTIONS.items() if found.get(name) != entry["lines"]]

    assert idle == []
    assert [name for name, entry in EXCEPTIONS.items() if not entry["reason"].strip()] == []


def test_no_function_is_longer_than_a_hundred_lines() -> None:
    found = [f"{name_of(path)}::{node.name}" for path in product_files() for node in functions(path)]
    sizes = too_large()
    over = [name for name in found if sizes.get(name, 0) > FUNCTION_WITHOUT_EXCEPTION]

    assert over == []
