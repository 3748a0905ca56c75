"""Baseline (a): the least that Django can do. One view, no middleware, a small page of the size that the product sends."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

HEAD = "<!doctype html><html lang=de><title>Musterstadt</title><h1>Musterstadt</h1><p>"
PAGE = HEAD.ljust(int(os.environ["BENCH_BARE_BYTES"]), "x")

settings.configure(DEBUG=False, SECRET_KEY="bare", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, MIDDLEWARE=[])


def page(request: HttpRequest) -> HttpResponse:
    """The page."""
    del request
    return HttpResponse(PAGE)


urlpatterns = [path("", page)]
application = get_wsgi_application()
