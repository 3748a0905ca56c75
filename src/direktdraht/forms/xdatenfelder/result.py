"""What an import gives back: a definition, a report with a row for every node, proposals and warnings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from direktdraht.forms.remarks import Remark
from direktdraht.forms.xdatenfelder.source import Version

Became = Literal["page", "group", "element", "codelist", "proposal", "dropped"]


@dataclass(frozen=True)
class ReportRow:
    """What became of one node of the source, and why."""

    id: str
    name: str
    became: Became
    why: tuple[Remark, ...]

    def as_json(self) -> dict[str, str]:
        """The row as the command line prints it."""
        return {"id": self.id, "name": self.name, "became": self.became, "why": " ".join(str(one) for one in self.why)}


@dataclass(frozen=True)
class Proposal:
    """A rule of the source that a clerk turns into a condition or dismisses with a reason.

    ``place`` is the key of the page, group or element on which the rule hangs, "" for the whole form.
    """

    id: str
    name: str
    text: str
    script: str
    place: str


@dataclass(frozen=True)
class Imported:
    """A schema as a definition ``direktdraht-form/1``. ``keys`` are the keys by place of the source."""

    format: Version
    definition: dict[str, Any]
    report: tuple[ReportRow, ...]
    warnings: tuple[Remark, ...]
    proposals: tuple[Proposal, ...]
    keys: Mapping[str, str]
    """Keys by identity: the ids from the top down, such as ``G05000001/F60000227``."""
