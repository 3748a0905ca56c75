"""Legal dates: when a decision counts as known, when a period ends, and why.

Rules are rows of ``rows.toml``, each with its paragraph and the time for which it is law.
Nothing else in the project computes a legal date. No Django here.
"""

from .calendar import WorkingDays, add_working_days
from .computing import Deadline, compute
from .rows import ROWS, DeadlineError, Row, replaced, rows_from, rows_of

__all__ = [
    "ROWS",
    "Deadline",
    "DeadlineError",
    "Row",
    "WorkingDays",
    "add_working_days",
    "compute",
    "replaced",
    "rows_from",
    "rows_of",
]
