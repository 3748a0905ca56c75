"""What the examination of a signed file says. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from direktdraht.foundation.verdicts import Check

Coverage = Literal["whole", "partial"]


@dataclass(frozen=True)
class Signer:
    """Who signed, as the certificate says, and when: the instant of a trusted timestamp, else the one that was claimed."""

    subject: str
    signed_at: datetime | None

    def as_json(self) -> dict[str, Any]:
        """The signer as the command line prints it."""
        return {"subject": self.subject, "signed_at": self.signed_at.isoformat() if self.signed_at else None}


@dataclass(frozen=True)
class CheckResult:
    """The answer to "does this signature hold?"; several signatures count as their weakest one."""

    valid: bool
    qualified: bool
    signers: tuple[Signer, ...]
    coverage: Coverage
    level: str
    checks: tuple[Check, ...]

    def as_json(self) -> dict[str, Any]:
        """The result as the command line prints it."""
        return {
            "valid": self.valid,
            "qualified": self.qualified,
            "signers": [signer.as_json() for signer in self.signers],
            "coverage": self.coverage,
            "level": self.level,
            "checks": [check.to_json() for check in self.checks],
        }

    def outcome(self, name: str) -> bool | None:
        """The worst outcome of all checks with a name: False before None before True.

        Raises:
            KeyError: there is no check with this name.
        """
        return worst(check.ok for check in self.checks if check.name == name)


def worst(outcomes: Iterable[bool | None]) -> bool | None:
    """False if one is false, else None if one is unknown, else True.

    >>> worst([True, None]), worst([None, False]), worst([True, True])
    (None, False, True)

    Raises:
        KeyError: there is no outcome at all.
    """
    found = list(outcomes)
    if not found:
        raise KeyError("no outcome")
    if any(one is False for one in found):
        return False
    return None if None in found else True


def result_from_json(document: dict[str, Any]) -> CheckResult:
    """The result that ``CheckResult.as_json`` wrote. Raises KeyError, ValueError on anything else."""
    signers = [
        Signer(one["subject"], datetime.fromisoformat(one["signed_at"]) if one["signed_at"] else None) for one in document["signers"]
    ]
    checks = [Check.from_json(one) for one in document["checks"]]
    return CheckResult(document["valid"], document["qualified"], tuple(signers), document["coverage"], document["level"], tuple(checks))
