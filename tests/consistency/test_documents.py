"""Documents: links lead somewhere, commands exist, examples are true."""

import argparse
import json
import re
import shlex
from pathlib import Path

import pytest

from direktdraht.config.cli import build_parser
from direktdraht.questions import definition_tests
from direktdraht.questions.definition import parse
from direktdraht.questions.elements.registry import ELEMENT_TYPES
from tests.consistency.tree import ROOT, name_of, tracked

PAGES = [path for path in tracked() if path.suffix == ".md"]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```(\w*)\n(.*?)```|`([^`\n]+)`", re.DOTALL)
MAKE = re.compile(r"(?:^|[\s`(])make ((?:[a-z][a-z-]*)(?: [A-Z_]+=\S+)*)")
MODES = {"tutorials", "how-to", "reference", "explanation", "decisions"}
MOST_DECISION_LINES = 30
FORM_REFERENCE = ROOT / "docs" / "reference" / "form-definition.md"
COMMAND_REFERENCE = ROOT / "docs" / "reference" / "command-line.md"


def code_of(page: Path) -> list[str]:
    """Everything on a page that is set as code."""
    return [block or inline for _, block, inline in CODE.findall(page.read_text(encoding="utf-8"))]


def subcommands(parser: argparse.ArgumentParser, before: tuple[str, ...] = ()) -> dict[tuple[str, ...], argparse.ArgumentParser]:
    """Every subcommand that can be run, with its parser."""
    inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not inner:
        return {before: parser}
    return {words: found for name, child in inner[0].choices.items() for words, found in subcommands(child, (*before, name)).items()}


SUBCOMMANDS = subcommands(build_parser([]))


def commands_on(page: Path) -> list[str]:
    """The ``direktdraht`` command lines on a page."""
    lines = [line.strip().removeprefix("$ ") for block in code_of(page) for line in block.splitlines()]
    return [line for line in lines if re.match(r"(?:\.venv/bin/)?direktdraht(?: |$)", line)]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files_that_exist(page: Path) -> None:
    targets = [link.split("#")[0] for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    broken = [target for target in targets if target and not target.startswith("mailto:") and not (page.parent / target).exists()]

    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_inside_a_page_lead_to_a_heading(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}

    assert [link for link in LINK.findall(text) if link.startswith("#") and link[1:] not in anchors] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_make_targets_that_a_page_names_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {found.split(" ")[0] for block in code_of(page) for found in MAKE.findall(block)}

    assert named - targets == set()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_that_a_page_names_exist(page: Path) -> None:
    unknown = [line for line in commands_on(page) if not is_known(line)]

    assert unknown == []


def is_known(line: str) -> bool:
    """Whether a command line names a command, or the beginning of one, with options that it has."""
    words = tuple(shlex.split(line, comments=True)[1:])
    plain = tuple(word for word in words if re.fullmatch(r"[a-z][a-z-]*", word))
    whole = [known for known in SUBCOMMANDS if words[: len(known)] == known]
    if not whole:
        return any(known[: len(plain)] == plain for known in SUBCOMMANDS)
    options = {option for action in SUBCOMMANDS[whole[0]]._actions for option in action.option_strings}
    return {word.split("=")[0] for word in words if word.startswith("--")} <= options


@pytest.mark.parametrize("words", SUBCOMMANDS, ids=" ".join)
def test_a_subcommand_explains_itself_and_stands_in_the_reference(words: tuple[str, ...]) -> None:
    parser = SUBCOMMANDS[words]
    silent = [action.dest for action in parser._actions if action.option_strings and not action.help and not action.choices]

    assert "--help" in parser.format_help()
    assert [dest for dest in silent if dest not in {"host", "port", "help"}] == []
    assert f"`direktdraht {' '.join(words)}`" in COMMAND_REFERENCE.read_text(encoding="utf-8")
    assert any(line.startswith(f"direktdraht {' '.join(words)}") for line in commands_on(COMMAND_REFERENCE))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_blocks_of_json_are_json(page: Path) -> None:
    for block in re.findall(r"```json\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        json.loads(block)


@pytest.mark.parametrize("block", re.findall(r"```json\n(.*?)```", FORM_REFERENCE.read_text(encoding="utf-8"), re.DOTALL))
def test_every_example_of_the_form_reference_is_a_form_whose_tests_pass(block: str) -> None:
    definition = parse(json.loads(block))

    assert [outcome.differences for outcome in definition_tests.run(definition) if not outcome.passed] == []


def test_the_form_reference_names_every_element_type_and_field() -> None:
    text = FORM_REFERENCE.read_text(encoding="utf-8")
    examples = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL)]
    shown = {element["type"] for example in examples for element in elements_in(example)}

    assert set(ELEMENT_FIELDS) - shown == set()
    assert [f"{name}.{field}" for name, fields in ELEMENT_FIELDS.items() for field in fields if f"`{field}`" not in text] == []


def elements_in(value: object) -> list[dict[str, object]]:
    """Every element of a definition, also those inside groups."""
    if isinstance(value, dict):
        own = [value] if "type" in value and "key" in value else []
        return own + [found for inner in value.values() for found in elements_in(inner)]
    return [found for inner in value for found in elements_in(inner)] if isinstance(value, list) else []


def fields_by_type() -> dict[str, list[str]]:
    """The fields of every element type of this room, as they are written in definitions."""
    return {name: [field.alias or key for key, field in kind.model_fields.items()] for name, kind in ELEMENT_TYPES.items()}


ELEMENT_FIELDS = fields_by_type()


def test_pages_lie_in_the_folder_of_their_mode() -> None:
    folders = {path.relative_to(ROOT / "docs").parts[0] for path in PAGES if ROOT / "docs" in path.parents}

    assert {folder for folder in folders if not folder.endswith(".md")} <= MODES


def test_decision_records_are_short() -> None:
    records = [path for path in PAGES if path.parent.name == "decisions"]

    assert [name_of(path) for path in records if len(path.read_text(encoding="utf-8").splitlines()) > MOST_DECISION_LINES] == []
