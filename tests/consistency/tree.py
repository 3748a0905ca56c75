"""What the consistency tests look at: files under version control, rooms, syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "direktdraht"
FLOORS = {
    "foundation": 0,
    "people": 1,
    "questions": 2,
    "services": 2,
    "writtenform": 2,
    "payments": 2,
    "cases": 3,
    "submissions": 4,
    "bookings": 5,
    "forms": 5,
    "portal": 6,
    "config": 7,
}
ROOMS = sorted(set(FLOORS) - {"foundation", "config"})

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tracked() -> tuple[Path, ...]:
    """Every file under version control, and new ones that are not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return tuple(path for name in sorted(set(listed)) if (path := ROOT / name).is_file())


def name_of(path: Path) -> str:
    """A path as it stands in messages and in the list of exceptions."""
    return path.relative_to(ROOT).as_posix()


def product_files() -> list[Path]:
    """The product's own Python files, without migrations."""
    return [path for path in tracked() if path.suffix == ".py" and SOURCE in path.parents and "migrations" not in path.parts]


def apps() -> list[Path]:
    """Every folder that is a Django app: the rooms and the small apps of the foundation."""
    return [path.parent for path in tracked() if path.name == "apps.py" and SOURCE in path.parents and "settings" not in path.parts]


@cache
def syntax(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a file, inner ones too."""
    return (node for node in ast.walk(syntax(path)) if isinstance(node, Function))


def length(node: Function) -> int:
    """The lines of a function from its name to its end; decorators and the docstring do not count."""
    first = node.body[0]
    spoken = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if spoken else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - docstring
