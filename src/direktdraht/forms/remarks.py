"""What is said about files from elsewhere: German source sentences with their facts, pure of Django.

The sentence itself is kept as well, so that a page can show it in another language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Remark:
    """One sentence: a German source text and the facts that stand in it."""

    sentence: str
    facts: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        """The German sentence."""
        return self.sentence % dict(self.facts)


def remark(sentence: str, **facts: str | int) -> Remark:
    """A remark with its facts.

    >>> str(remark("Die Datei ist größer als %(most)s MB.", most=10))
    'Die Datei ist größer als 10 MB.'
    """
    return Remark(sentence, facts)


class UnreadableFile(ValueError):
    """A file from elsewhere that cannot be read: one sentence, with the line where there is one."""

    def __init__(self, sentence: str, line: int | None = None, **facts: str | int) -> None:
        self.remark = remark(sentence, **facts)
        self.line = line
        super().__init__(f"Zeile {line}: {self.remark}" if line else str(self.remark))
