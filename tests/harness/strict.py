"""Strictness that forbids whole kinds of defects: unknown template variables, reliance on chance order."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db.models.query import QuerySet


class UnknownVariableError(AssertionError):
    """A template used a variable that its view did not give."""


class RaisingText(str):
    """Stands in for ``string_if_invalid``: rendering it fails the test."""

    __slots__ = ()

    def __contains__(self, other: object) -> bool:
        return other == "%s"

    def __mod__(self, name: object) -> str:
        raise UnknownVariableError(f"The template variable {name!r} is not known.")


@contextmanager
def random_order() -> Iterator[None]:
    """Shuffle the rows of every query that names no order, as PostgreSQL is free to do."""
    fetch = QuerySet._fetch_all

    def fetch_shuffled(self: "QuerySet[Any]") -> None:
        fresh = self._result_cache is None
        fetch(self)
        if fresh and self._result_cache and not self.ordered:
            random.shuffle(self._result_cache)

    with mock.patch.object(QuerySet, "_fetch_all", fetch_shuffled):
        yield
