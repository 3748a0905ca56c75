"""Every case of signatures in one table: name, section of the standard, how it is made, what must come out, the trust folder."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.writtenform.certificate_cases import CERTIFICATE_ROWS, Made
from tests.writtenform.list_cases import LIST_ROWS
from tests.writtenform.pdf_cases import PDF_ROWS
from tests.writtenform.world import Expected, World


@dataclass(frozen=True)
class Case:
    """One row. The expectation was written by hand from the named section."""

    name: str
    section: str
    make: Callable[[World], Made]
    expected: Expected
    trust: Callable[[World], dict[str, bytes]] | None = None


CASES: tuple[Case, ...] = (
    *(Case(f"pdf-{row[0]}", *row[1:]) for row in PDF_ROWS),
    *(Case(f"certificate-{row[0]}", *row[1:]) for row in CERTIFICATE_ROWS),
    *(Case(f"list-{row[0]}", *row[1:]) for row in LIST_ROWS),
)
