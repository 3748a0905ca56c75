"""Baseline (b): plain Django views over the same PostgreSQL and the same rows, without layout, permissions, journal.

``/rows`` counts the open cases of a unit and shows its first fifty as a table, filled up to as many bytes of HTML as
the product's page has. ``/insert`` reads a posted form, inserts one row, redirects.
"""

import os
from typing import ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import Context, Template
from django.urls import path

from benchmarks.baseline import Sent, application_of

UNIT = "abfall"
SHOWN = 50
ROWS = """<!doctype html><html lang=de><title>Vorgänge</title><h1>{{ count }} Vorgänge</h1><table>
{% for case in cases %}<tr><td><a href="/rows/{{ case.number }}">{{ case.number }}</a></td><td>{{ case.title }}</td>
<td>{{ case.person_name }}</td><td>{{ case.unit.name }}</td><td>{{ case.state }}</td><td>{{ case.received_at|date:"d.m.Y" }}</td>
<td>{{ case.promise_due|date:"d.m.Y" }}</td></tr>
{% endfor %}</table>"""
TEMPLATE = Template(ROWS)
# The rest of the page, as constant text inside the template's output: a plain view pays for its bytes, not for its parts.
PAGE_BYTES = int(os.environ["BENCH_PLAIN_BYTES"])


class Unit(models.Model):
    """The product's table of units."""

    key = models.CharField(max_length=60, primary_key=True)
    name = models.CharField(max_length=200)

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "people_unit"


class Case(models.Model):
    """The product's table of cases."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=16)
    title = models.CharField(max_length=200)
    person_name = models.CharField(max_length=200)
    state = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.DO_NOTHING)
    received_at = models.DateTimeField()
    promise_due = models.DateField()
    objects: ClassVar[models.Manager["Case"]] = models.Manager()

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "cases_case"


def rows(request: HttpRequest) -> HttpResponse:
    """Count and list."""
    del request
    found = Case.objects.filter(unit_id=UNIT).exclude(state="closed")
    cases = found.select_related("unit").order_by("promise_due", "id")[:SHOWN]
    html = TEMPLATE.render(Context({"count": found.count(), "cases": cases})).encode()
    return HttpResponse(html.ljust(PAGE_BYTES))


def insert(request: HttpRequest) -> HttpResponse:
    """One insert, one redirect."""
    row = Sent.objects.create(words=request.POST["seen"])
    return HttpResponseRedirect(f"/sent/{row.pk}")


urlpatterns = [path("rows", rows), path("insert", insert)]
application = application_of(__name__)
