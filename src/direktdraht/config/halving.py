"""For fault tests only: every response goes out in two halves with a fault point between them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from direktdraht.foundation.faults import fault

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def halve_responses(application: Application) -> Application:
    """Wrap a WSGI application so that each part of a response is sent in two halves."""

    def halved(environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        return halves(application(environ, start_response))

    return halved


def halves(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield each part in two halves."""
    for part in parts:
        middle = len(part) // 2
        yield part[:middle]
        fault("response.half_sent")
        yield part[middle:]
