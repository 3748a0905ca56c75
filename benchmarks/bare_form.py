"""Baseline (c): a bare Django form of the same fields, without conditions, layout, draft and journal.

``/form`` renders it, a post there validates and redirects; ``/send`` validates, inserts one row with the answers and
redirects; ``/rows`` is a formset of 100 rows; ``/list`` reads the newest version of each form and shows a table.
"""

import json
from typing import Any

from django import forms
from django.db import connection as database
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import Context, Template
from django.urls import path

from benchmarks import big_form
from benchmarks.baseline import Sent, application_of

ROWS = 100
YES_NO = (("true", "Ja"), ("false", "Nein"))
PAGE = Template('<!doctype html><html lang=de><title>Formular</title><form method="post">{{ form }}<button>Weiter</button></form>')
LIST = Template(
    "<!doctype html><html lang=de><title>Formulare</title><table>{% for key, number, state, title, at in rows %}"
    '<tr><td><a href="/list/{{ key }}">{{ title }}</a></td><td>{{ number }}</td><td>{{ state }}</td><td>{{ at|date:"d.m.Y" }}</td></tr>'
    "{% endfor %}</table>"
)
NEWEST = """SELECT DISTINCT ON (form_id) form_id, number, state, definition->'title'->>'de', published_at
FROM forms_formversion ORDER BY form_id, number DESC"""


def box(one: big_form.BigField) -> forms.Field:
    """The form field of one field."""
    if one.kind == "bool":
        return forms.ChoiceField(label=one.label, choices=YES_NO, widget=forms.RadioSelect)
    if one.kind == "select":
        return forms.ChoiceField(label=one.label, choices=list(big_form.OPTIONS.items()), widget=forms.RadioSelect)
    if one.kind == "num_int":
        return forms.IntegerField(label=one.label)
    if one.kind == "date":
        return forms.DateField(label=one.label)
    return forms.CharField(label=one.label, max_length=1000)


class Large(forms.Form):
    """The same fields."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={one.id: big_form.answer(one) for one in big_form.fields()})
        self.fields.update({one.id: box(one) for one in big_form.fields()})


class RowForm(forms.Form):
    """One row of the group."""

    words = forms.CharField(max_length=1000)
    number = forms.IntegerField()
    yes = forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect)


RowForms = forms.formset_factory(RowForm, extra=0, max_num=ROWS)


def large(request: HttpRequest) -> HttpResponse:
    """Show, or validate and go on."""
    form = Large(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return HttpResponseRedirect("/form")
    return HttpResponse(PAGE.render(Context({"form": form})))


def send(request: HttpRequest) -> HttpResponse:
    """Validate, keep, go on."""
    form = Large(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    row = Sent.objects.create(words=json.dumps(form.cleaned_data, default=str))
    return HttpResponseRedirect(f"/sent/{row.pk}")


def rows(request: HttpRequest) -> HttpResponse:
    """A formset."""
    del request
    entry = {"words": "Stand am Brunnen", "number": 3, "yes": "true"}
    return HttpResponse(PAGE.render(Context({"form": RowForms(initial=[entry] * ROWS)})))


def form_list(request: HttpRequest) -> HttpResponse:
    """One query, one table."""
    del request
    with database.cursor() as cursor:
        cursor.execute(NEWEST)
        found = cursor.fetchall()
    return HttpResponse(LIST.render(Context({"rows": found})))


urlpatterns = [path("form", large), path("send", send), path("rows", rows), path("list", form_list)]
application = application_of(__name__)
