"""Answers of several written parts, such as the names of a person: how the parts are read and cleaned."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from direktdraht.questions import din91379
from direktdraht.questions.elements.base import Posted, Problem, Raw
from direktdraht.questions.elements.written import written_line
from direktdraht.questions.messages import Message

Need = Literal["none", "optional", "required"]
"""Whether a part is asked, and whether it must be answered."""


@dataclass(frozen=True)
class Written:
    """A part of one line: its greatest length and its characters after DIN 91379."""

    most: int
    datatype: din91379.Datatype


def clean_parts(raw: Mapping[str, Any], written: Mapping[str, Written]) -> tuple[dict[str, str], list[Problem]]:
    """The clean parts that are there, and the problems of those that cannot be read."""
    value: dict[str, str] = {}
    problems = []
    for name, part in written.items():
        cleaned = written_line(raw.get(name), part.most)
        problems += [Problem(problem.message, name) for problem in cleaned.problems]
        if cleaned.value is None:
            continue
        strange = din91379.strangers(cleaned.value, part.datatype)
        if strange:
            problems.append(Problem(Message("characters", {"characters": " ".join(strange[:5])}), name))
        else:
            value[name] = cleaned.value
    return value, problems


def posted_parts(post: Posted, path: str, names: tuple[str, ...]) -> Raw:
    """The parts as they were posted."""
    return {name: post.get(f"{path}.{name}", "") for name in names}


def shown_parts(raw: Raw, names: tuple[str, ...]) -> dict[str, str]:
    """What the boxes of the parts show for a raw answer."""
    known = raw if isinstance(raw, dict) else {}
    return {name: text if isinstance(text := known.get(name), str) else "" for name in names}


def is_empty(raw: Raw) -> bool:
    """Whether nothing at all was answered: no part, or only empty ones."""
    return raw is None or raw == "" or (isinstance(raw, dict) and all(part is None or part in ("", {}) for part in raw.values()))
