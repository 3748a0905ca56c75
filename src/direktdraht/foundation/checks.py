"""What ``direktdraht check`` looks at: each room brings its own checks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

from direktdraht.foundation.registry import Registry


class Level(IntEnum):
    """How bad a finding is; also the exit status."""

    FINE = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True)
class Finding:
    """One line of the report."""

    level: Level
    text: str
    check: str = ""


registry: Registry[Callable[[], Iterable[Finding]]] = Registry("checks")


def run_all() -> list[Finding]:
    """Run every check; a check without a finding is fine."""
    report: list[Finding] = []
    for name, check in registry.items():
        found = list(check()) or [Finding(Level.FINE, "in order")]
        report += [Finding(finding.level, finding.text, name) for finding in found]
    return report
