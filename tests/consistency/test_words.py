"""What must not stand in the project: paths of one machine, addresses of registries, numbers of tickets."""

import re

from tests.consistency.tree import name_of, tracked

TEXT = {".py", ".md", ".html", ".txt", ".toml", ".json", ".po", ".css", ".js", ".typ", ".svg", ".yml", ".cfg", ""}
HERE = "tests/consistency/test_words.py"
FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.])/(?:work|root)/\w"),
    "the number of a ticket": re.compile(r"(?i)\b(?:issue|ticket|PR) ?#?\d+\b|(?<![\w&/#.])#\d{1,4}\b(?![0-9a-fA-F;])"),
    "the address of a registry": re.compile(r"https?://(?:pypi\.org|files\.pythonhosted\.org|registry\.npmjs\.org|registry\.yarnpkg\.com)"),
    "an open task": re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b"),
    "a tool for writing": re.compile(r"(?i)\b(?:chatgpt|copilot|claude|anthropic|openai|ai[- ]generated)\b"),
}
SILENCED = re.compile(r"#\s*(?:noqa(?::\s*[A-Z0-9, ]+)?|type: ignore(?:\[[^\]]*\])?)\s*$")


def texts() -> dict[str, str]:
    """Every text file of the project by name."""
    return {
        name_of(path): path.read_text(encoding="utf-8")
        for path in tracked()
        if path.suffix in TEXT and name_of(path) != HERE and path.name != "LICENSE"
    }


def test_nothing_forbidden_is_written_anywhere() -> None:
    found = [
        f"{name}:{number} {what}"
        for name, text in texts().items()
        for number, line in enumerate(text.splitlines(), start=1)
        for what, pattern in FORBIDDEN.items()
        if pattern.search(line)
    ]

    assert found == []


def test_whoever_silences_a_check_says_why() -> None:
    found = [
        f"{name}:{number}"
        for name, text in texts().items()
        for number, line in enumerate(text.splitlines(), start=1)
        if name.endswith(".py") and SILENCED.search(line)
    ]

    assert found == []
