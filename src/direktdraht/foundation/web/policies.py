"""The content security policy of one answer, where a page needs a little more than all the others."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.http import HttpResponse

Page = TypeVar("Page", bound=HttpResponse)


def widened(response: Page, more: Mapping[str, Sequence[str]]) -> Page:
    """Allow this answer, and no other, these sources beside the house's own: directive → sources."""
    response._csp_update = {name: list(sources) for name, sources in more.items()}  # type: ignore[attr-defined]  # the name that django-csp reads
    return response
