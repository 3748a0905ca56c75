"""The visitor's address behind reverse proxies that the operator runs."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


class VisitorAddress:
    """Middleware: takes the visitor's address from ``X-Forwarded-For`` if proxies stand in front.

    Each proxy appends the address it saw, so with ``n`` of our own proxies the n-th entry from the right was
    written by the outermost of them; everything left of it may be invented by the visitor. With no proxies
    configured the header is ignored.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set ``REMOTE_ADDR`` and go on."""
        entries = [entry.strip() for entry in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if entry.strip()]
        if settings.PROXIES and len(entries) >= settings.PROXIES:
            request.META["REMOTE_ADDR"] = entries[-settings.PROXIES]
        return self.get_response(request)
