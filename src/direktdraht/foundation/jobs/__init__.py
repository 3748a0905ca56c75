"""Background work: jobs are rows, enqueued inside the transaction that needs them, taken by any worker."""

from direktdraht.foundation.jobs.wiring import periodic, task

__all__ = ["periodic", "task"]
