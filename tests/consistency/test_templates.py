"""Templates: every one is used, and none trusts what comes from outside."""

import re
from pathlib import Path

from tests.consistency.tree import apps, name_of, product_files, tracked

# Libraries look these up themselves, by names that stand in their code.
OF_LIBRARIES = re.compile(r"^(account|mfa|usersessions)/|^(400|403|404|500)\.html$")
UNSAFE = re.compile(r"\|\s*safe\b|{%\s*autoescape off")
INLINE = re.compile(r"\son[a-z]+=|\sstyle=|<style\b|<script(?![^>]*\bsrc=)(?![^>]*application/json)")


def templates() -> dict[str, Path]:
    """Every template by the name under which it is loaded."""
    return {
        path.relative_to(app / "templates").as_posix(): path
        for app in apps()
        for path in tracked()
        if app / "templates" in path.parents and path.suffix in {".html", ".txt"}
    }


def everything_written() -> str:
    """Product code and templates as one text, to look names up in."""
    return "\n".join(path.read_text(encoding="utf-8") for path in [*product_files(), *templates().values()])


def test_every_template_is_used() -> None:
    written = everything_written()
    # "rows/<kind>.html" may be built from a name; mails and questions are loaded by their stem.
    idle = [
        name
        for name in templates()
        if not OF_LIBRARIES.match(name)
        and name not in written
        and name.removesuffix(".subject.txt").removesuffix(".txt") not in written
        and f"{name.rpartition('/')[0]}/{{" not in written
    ]

    assert idle == []


def test_no_template_trusts_outside_data() -> None:
    # Mails are plain text: nothing in them is markup, and escaped quotes would be wrong.
    pages = {name: path for name, path in templates().items() if path.suffix == ".html"}

    assert [name for name, path in pages.items() if UNSAFE.search(path.read_text(encoding="utf-8"))] == []


def test_no_template_carries_inline_code() -> None:
    found = [name for name, path in templates().items() if path.suffix == ".html" and INLINE.search(path.read_text(encoding="utf-8"))]

    assert found == []


def test_no_template_name_exists_twice() -> None:
    names = [path.relative_to(app / "templates").as_posix() for app in apps() for path in tracked() if app / "templates" in path.parents]

    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_templates_lie_where_they_are_found() -> None:
    found = set(templates().values())

    assert [name_of(path) for path in tracked() if path.suffix == ".html" and path not in found and "src" in path.parts] == []
