"""Pages that are the same for every visitor: kept in the web process for a few seconds, compressed, with an ETag.

A view says so with ``@public_page``; nothing else is ever kept or compressed. A marked view sees nobody
signed in, so that the page cannot hold anything about a person. What carries a form's secret token, sets a
cookie or is not a plain 200 is passed on untouched (that also keeps BREACH away: only pages without secrets
are compressed).
"""

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Concatenate, NamedTuple, ParamSpec

import brotli
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from direktdraht.foundation.city import settings as city_settings

MARK = "direktdraht.public_seconds"
SECONDS_KEPT = 5.0
MOST_PAGES = 512
LONGEST_QUERY = 200
LEAST_TO_COMPRESS = 500
GZIP_LEVEL, BROTLI_QUALITY = 6, 5
TOKEN_FIELD = b"csrfmiddlewaretoken"
VARIES_BY = ("Accept-Encoding", "Accept-Language", "Cookie")
OWN_HEADERS = frozenset({"content-length", "content-encoding", "etag", "set-cookie", "vary", "cache-control"})

Way = ParamSpec("Way")
View = Callable[Concatenate[HttpRequest, Way], HttpResponse]


def public_page(*, seconds: float = SECONDS_KEPT) -> Callable[[View[Way]], View[Way]]:
    """Mark a view whose page is the same for all visitors of one language; it is kept for ``seconds``."""

    def decorate(view: View[Way]) -> View[Way]:
        @wraps(view)
        def shown(request: HttpRequest, /, *args: Way.args, **kwargs: Way.kwargs) -> HttpResponse:
            request.user = AnonymousUser()
            request.META[MARK] = seconds
            return view(request, *args, **kwargs)

        return shown

    return decorate


class Address(NamedTuple):
    """What was asked for."""

    path: str
    query: str


class Variant(NamedTuple):
    """What a kept page depends on besides its address."""

    language: str
    city_version: str


@dataclass(frozen=True)
class KeptPage:
    """A page in all its forms; ``until`` is on the clock of ``time.monotonic``."""

    until: float
    headers: tuple[tuple[str, str], ...]
    etag: str
    bodies: dict[str, bytes]

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The response for this request: 304 when the reader has the page already, else the best encoding."""
        if self.etag in request.headers.get("If-None-Match", ""):
            response: HttpResponse = HttpResponseNotModified()
        else:
            encoding = best_encoding(request.headers.get("Accept-Encoding", ""), self.bodies)
            body = self.bodies[encoding]
            response = HttpResponse(b"" if request.method == "HEAD" else body)
            for name, value in self.headers:
                response.headers[name] = value
            response.headers["Content-Length"] = str(len(body))
            if encoding:
                response.headers["Content-Encoding"] = encoding
        response.headers["ETag"] = self.etag
        response.headers["Cache-Control"] = "no-cache"
        patch_vary_headers(response, VARIES_BY)
        return response


class PublicPages:
    """Middleware, directly below the one that sets security headers: a hit costs no session and no database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.kept: OrderedDict[Address, dict[Variant, KeptPage]] = OrderedDict()
        self.lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from what is kept, or ask on and keep a page that may be kept."""
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        address = Address(request.path, request.META.get("QUERY_STRING", ""))
        if address in self.kept:
            request.get_host()  # raises for a host name that is not ours
            page = self.kept[address].get(variant_of(request)) if address in self.kept else None
            if page is not None and page.until > time.monotonic():
                return page.answer(request)
        response = self.get_response(request)
        seconds = request.META.get(MARK)
        if not isinstance(seconds, int | float) or not isinstance(response, HttpResponse) or not may_be_kept(response):
            return response
        page = kept_page(response, float(seconds))
        if len(address.query) <= LONGEST_QUERY:
            self.keep(address, variant_of(request), page)
        return page.answer(request)

    def keep(self, address: Address, variant: Variant, page: KeptPage) -> None:
        """Keep a page; the oldest address goes when there are too many, older versions of this one go now."""
        with self.lock:
            others = self.kept.pop(address, {})
            fresh = {known: other for known, other in others.items() if known.city_version == variant.city_version}
            self.kept[address] = {**fresh, variant: page}
            while len(self.kept) > MOST_PAGES:
                self.kept.popitem(last=False)


def variant_of(request: HttpRequest) -> Variant:
    """The language that this reader gets, and the version of the city's settings."""
    return Variant(get_language_from_request(request), city_settings.version())


def may_be_kept(response: HttpResponse) -> bool:
    """Whether a response may be given to others: a plain page without cookie and without a form's secret."""
    plain = response.status_code == 200 and not response.cookies and not response.has_header("Set-Cookie")
    return plain and not response.has_header("Content-Encoding") and TOKEN_FIELD not in response.content


def kept_page(response: HttpResponse, seconds: float) -> KeptPage:
    """Freeze a response with its compressed forms."""
    body = response.content
    bodies = {"": body}
    if len(body) >= LEAST_TO_COMPRESS:
        bodies |= {"br": brotli.compress(body, quality=BROTLI_QUALITY), "gzip": gzip.compress(body, GZIP_LEVEL, mtime=0)}
    headers = tuple((name, value) for name, value in response.items() if name.lower() not in OWN_HEADERS)
    language = response.headers.get("Content-Language", "")
    etag = f'W/"{hashlib.sha256(language.encode() + body).hexdigest()[:32]}"'
    return KeptPage(time.monotonic() + seconds, headers, etag, bodies)


def best_encoding(accepted: str, bodies: dict[str, bytes]) -> str:
    """The best of our encodings that the reader takes, or "" for none.

    >>> best_encoding("gzip;q=1.0, br;q=0", {"": b"", "br": b"", "gzip": b""})
    'gzip'
    """
    wanted = set()
    for part in accepted.split(","):
        name, _, weight = part.partition(";")
        if weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            wanted.add(name.strip().lower())
    return next((name for name in ("br", "gzip") if name in wanted and name in bodies), "")
