"""Ways of building that this house does not use."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.consistency.tree import Function, functions, name_of, product_files, syntax, tracked

CLOCK_FILES = {"src/direktdraht/foundation/clock.py"}
OWN_CLOCK = re.compile(r"\b(datetime\.now|datetime\.utcnow|timezone\.now|date\.today)\(")


def imports_inside_functions(path: Path) -> Iterator[str]:
    """Functions of a file that import, except ``ready`` of an app."""
    for node in functions(path):
        imports = any(isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node))
        if imports and not (path.name == "apps.py" and node.name == "ready"):
            yield f"{name_of(path)}:{node.lineno}"


def names_in(path: Path) -> set[str]:
    """Every name and attribute that a file uses or imports."""
    found = set()
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.ImportFrom):
            found.update(alias.name for alias in node.names)
    return found


def test_only_ready_imports_inside_a_function() -> None:
    assert [place for path in product_files() for place in imports_inside_functions(path)] == []


def test_nothing_points_to_things_of_any_kind() -> None:
    assert [name_of(path) for path in product_files() if names_in(path) & {"GenericForeignKey", "GenericRelation"}] == []


def test_nothing_listens_to_signals() -> None:
    listeners = {"receiver", "Signal", "post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed", "post_migrate", "pre_migrate"}

    assert {name_of(path): sorted(names_in(path) & listeners) for path in product_files() if names_in(path) & listeners} == {}


def test_every_function_is_annotated() -> None:
    """Also what mypy would infer: a reader should not have to."""
    bare = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in tracked()
        if path.suffix == ".py" and "migrations" not in path.parts
        for node in functions(path)
        if node.returns is None or not all(argument.annotation for argument in arguments_of(node))
    ]

    assert bare == []


def arguments_of(node: Function) -> list[ast.arg]:
    """The arguments of a function without ``self`` and ``cls``."""
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return [argument for argument in given if argument.arg not in {"self", "cls"}]


def test_the_clock_has_one_source() -> None:
    own = [name_of(path) for path in product_files() if OWN_CLOCK.search(path.read_text(encoding="utf-8"))]

    assert sorted(set(own) - CLOCK_FILES) == []


def test_no_assertion_guards_the_product() -> None:
    found = [name_of(path) for path in product_files() if any(isinstance(node, ast.Assert) for node in ast.walk(syntax(path)))]

    assert found == []


def test_the_product_never_imports_the_sandbox_or_the_tests() -> None:
    outside = re.compile(r"^\s*(?:from|import) (?:sandbox|tests|tools|benchmarks)\b", re.MULTILINE)

    assert [name_of(path) for path in product_files() if outside.search(path.read_text(encoding="utf-8"))] == []
