"""Kept public pages: same for all, fresh soon, compressed, never a secret."""

import gzip
import time
from collections.abc import Callable
from typing import Any
from unittest import mock

import brotli
import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from tests import cast

from direktdraht.foundation.city import settings as city_settings
from direktdraht.foundation.web import public_pages
from direktdraht.foundation.web.public_pages import PublicPages, public_page
from direktdraht.services.models import Service

pytestmark = pytest.mark.django_db


class Counted:
    """A marked view that counts how often it ran."""

    def __init__(self, make: Callable[[], Any] | None = None) -> None:
        self.runs = 0
        self.make = make or (lambda: HttpResponse("Seite " * 200))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.runs += 1
        return self.show(request)

    def show(self, request: HttpRequest) -> HttpResponse:
        @public_page(seconds=5)
        def view(request: HttpRequest) -> HttpResponse:
            response: HttpResponse = self.make()
            return response

        return view(request)


def ask(middleware: PublicPages, address: str = "/", **headers: str) -> Any:
    return middleware(RequestFactory(headers=headers).get(address))


def test_the_second_visitor_gets_the_kept_page() -> None:
    view = Counted()
    middleware = PublicPages(view)

    first, second = ask(middleware), ask(middleware)

    assert view.runs == 1
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]


def test_a_hit_has_every_header_and_touches_no_table(client: Client, bulky_waste: Service) -> None:
    missed = client.get("/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        hit = client.get("/")

    assert not [query for query in queries.captured_queries if "city_cityrecord" not in query["sql"]]
    assert "default-src 'self'" in hit["Content-Security-Policy"]
    assert hit["X-Frame-Options"] == "DENY"
    assert hit["X-Content-Type-Options"] == "nosniff"
    assert {name.lower() for name, _ in hit.items()} == {name.lower() for name, _ in missed.items()}
    assert {"Cookie", "Accept-Language", "Accept-Encoding"} <= {part.strip() for part in hit["Vary"].split(",")}


def test_a_kept_page_ends() -> None:
    view = Counted()
    middleware = PublicPages(view)
    ask(middleware)

    with mock.patch("time.monotonic", return_value=time.monotonic() + 6):
        ask(middleware)

    assert view.runs == 2


def test_languages_are_kept_apart(client: Client) -> None:
    german = client.get("/", headers={"Accept-Language": "de"}).content.decode()
    english = client.get("/", headers={"Accept-Language": "en"}).content.decode()
    again = client.get("/", headers={"Accept-Language": "de"}).content.decode()
    client.cookies["sprache"] = "en"
    chosen = client.get("/", headers={"Accept-Language": "de"}).content.decode()

    assert "Was möchten Sie erledigen?" in german
    assert "What would you like to do?" in english
    assert again == german
    assert chosen == english


def test_a_change_of_the_city_shows_at_once(client: Client) -> None:
    before = client.get("/impressum").content.decode()
    city_settings.save(city_settings.City(name="Stadt Neustadt"))

    after = client.get("/impressum").content.decode()
    city_settings.forget()

    assert "Stadt Neustadt" not in before
    assert "Stadt Neustadt" in after


def test_addresses_with_other_words_are_other_pages() -> None:
    view = Counted()
    middleware = PublicPages(view)

    for address in ("/?q=a", "/?q=b", "/?q=a", "/b?q=a"):
        ask(middleware, address)

    assert view.runs == 3


def test_a_very_long_query_is_answered_and_not_kept() -> None:
    view = Counted()
    middleware = PublicPages(view)

    for _ in range(2):
        assert ask(middleware, "/?q=" + "a" * 300).status_code == 200

    assert view.runs == 2


def test_only_so_many_pages_are_kept() -> None:
    view = Counted()
    middleware = PublicPages(view)

    for number in range(public_pages.MOST_PAGES + 10):
        ask(middleware, f"/{number}")

    assert len(middleware.kept) == public_pages.MOST_PAGES


def test_who_has_the_page_gets_304() -> None:
    middleware = PublicPages(Counted())
    first = ask(middleware)

    second = ask(middleware, **{"If-None-Match": first["ETag"]})
    other = ask(middleware, **{"If-None-Match": 'W/"other"'})

    assert second.status_code == 304
    assert second.content == b""
    assert second["ETag"] == first["ETag"]
    assert other.status_code == 200


def test_head_says_the_length_without_a_body() -> None:
    middleware = PublicPages(Counted())
    whole = ask(middleware)

    head = middleware(RequestFactory().head("/"))

    assert head.status_code == 200
    assert head["Content-Length"] == whole["Content-Length"]


def test_pages_come_compressed_to_who_takes_it() -> None:
    middleware = PublicPages(Counted())
    plain = ask(middleware)

    zipped = ask(middleware, **{"Accept-Encoding": "gzip"})
    smaller = ask(middleware, **{"Accept-Encoding": "gzip, deflate, br"})
    refused = ask(middleware, **{"Accept-Encoding": "br;q=0, gzip; q=0"})

    assert gzip.decompress(zipped.content) == plain.content
    assert brotli.decompress(smaller.content) == plain.content
    assert (zipped["Content-Encoding"], smaller["Content-Encoding"]) == ("gzip", "br")
    assert not refused.has_header("Content-Encoding")


def with_cookie() -> HttpResponse:
    response = HttpResponse("Seite")
    response.set_cookie("sitzung", "geheim")
    return response


@pytest.mark.parametrize(
    "make",
    [
        with_cookie,
        lambda: HttpResponse("Fehler", status=500),
        lambda: HttpResponse("fort", status=404),
        lambda: HttpResponse('<input name="csrfmiddlewaretoken" value="geheim">'),
        lambda: StreamingHttpResponse(iter([b"Teil"])),
    ],
    ids=["cookie", "error", "missing", "token", "stream"],
)
def test_what_must_not_be_shared_is_never_kept_nor_compressed(make: Callable[[], Any]) -> None:
    view = Counted(make)
    middleware = PublicPages(view)

    for _ in range(2):
        response = ask(middleware, **{"Accept-Encoding": "gzip"})
        assert not response.has_header("Content-Encoding")

    assert view.runs == 2


def test_unmarked_pages_and_posts_pass_untouched(client: Client) -> None:
    asked = client.get("/konto/anmelden", headers={"Accept-Encoding": "gzip"})

    assert not asked.has_header("Content-Encoding")
    assert client.post("/").status_code == 405


def test_a_marked_page_knows_nobody(client: Client, bulky_waste: Service) -> None:
    anonymous = client.get("/").content
    signed_in = cast.signed_in(Client(), cast.jo()).get("/").content

    assert anonymous == signed_in


def test_a_foreign_host_name_gets_no_kept_page(client: Client) -> None:
    client.get("/")

    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
