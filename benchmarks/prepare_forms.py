"""Forms for the measurements: a large imported one, one with a group of 100 rows, and a list of 100 forms with 50 versions."""

from typing import Any

from tests.forms.xdatenfelder.documents import field, group, part, schema

from benchmarks import big_form
from direktdraht.forms import actions as forms
from direktdraht.forms.editing import blank
from direktdraht.forms.models import Form, FormVersion, State
from direktdraht.forms.xdatenfelder import import_schema
from direktdraht.foundation import clock, codes
from direktdraht.foundation.journal.digests import new_salt
from direktdraht.questions.definition import digest
from direktdraht.submissions import actions, kinds
from direktdraht.submissions.models import Draft

UNIT, SERVICE = "abfall", "sperrmuell"
ROWS = 100
FORMS, VERSIONS = 100, 50


def schema_of_the_large_form() -> bytes:
    """The schema as a repository would hand it out."""
    values = "".join(f"<x:wert><x:code>{value}</x:code><x:name>{words}</x:name></x:wert>" for value, words in big_form.OPTIONS.items())
    parts = [
        part(field(one.id, one.label, art="select", more=f"<x:werte>{values}</x:werte>"))
        if one.kind == "select"
        else part(field(one.id, one.label, kind=one.kind))
        for one in big_form.fields()
    ]
    return schema(part(group("G1", "Angaben", *parts)))


def large_form() -> dict[str, Any]:
    """The imported definition with its conditions and legal facts."""
    definition = import_schema(schema_of_the_large_form(), beside={}).definition
    elements = definition["pages"][0]["elements"]
    for place in big_form.conditional():
        elements[place]["show_if"] = {"field": elements[0]["key"], "op": "is", "value": True}
    facts = {"key": big_form.KEY, "unit": UNIT, "service": SERVICE, "answer_days": 10, "retention": {"months": 24, "basis": "Aktenordnung"}}
    return {**definition, **facts}


def drafts_of(version: FormVersion, answers: dict[str, Any], count: int) -> list[Draft]:
    """Drafts with the same answers."""
    rows = [
        Draft(kind="form", ref=str(version.pk), answers=answers, case_key=codes.new_key(), salt=new_salt(), language="de")
        for _ in range(count)
    ]
    return Draft.objects.bulk_create(rows, batch_size=200)


def large(count: int) -> dict[str, Any]:
    """The large form with drafts ready to send; what its page posts."""
    version = forms.publish(large_form(), by=None)
    page = version.definition["pages"][0]
    named = [(element["key"], one) for element, one in zip(page["elements"], big_form.fields(), strict=True)]
    rows = drafts_of(version, {key: big_form.answer(one) for key, one in named}, count)
    ready = kinds.registry.get("form").ready(rows[0])
    fields = {name: value for key, one in named for name, value in big_form.posted(key, one).items()}
    drafts = [{"draft": str(row.pk), "seen": actions.frozen_digest(row, ready)} for row in rows]
    return {"page": page["key"], "fields": {**fields, "_next": "1"}, "drafts": drafts}


def with_rows() -> dict[str, Any]:
    """A form with a group of 100 rows, and one draft that has all of them."""
    cells = [blank.new_element(kind, key=f"angabe_{kind}", label=f"Angabe {kind}") for kind in ("text", "integer", "yesno")]
    rows = {**blank.new_element("group", key="zeilen", label="Zeilen"), "elements": cells, "max": ROWS}
    definition = blank.new_form(key="bench_rows", title="Viele Zeilen", unit=UNIT, service=SERVICE)
    definition["pages"][0]["elements"] = [rows]
    version = forms.publish(definition, by=None)
    entry = {"angabe_text": "Stand am Brunnen", "angabe_integer": 3, "angabe_yesno": True}
    (draft,) = drafts_of(version, {"zeilen": [entry] * ROWS}, 1)
    return {"page": "seite_1", "draft": str(draft.pk)}


def many_forms() -> None:
    """The list: 100 forms, each with 50 versions, the last one published."""
    for place in range(FORMS):
        definition = blank.new_form(key=f"bench_{place:03}", title=f"Formular {place:03}", unit=UNIT, service=SERVICE)
        form = Form.objects.create(key=definition["key"])
        fingerprint = digest(definition)
        FormVersion.objects.bulk_create(
            FormVersion(
                form=form,
                number=number,
                definition=definition,
                digest=fingerprint,
                state=State.PUBLISHED if number == VERSIONS else State.RETIRED,
                published_at=clock.now(),
            )
            for number in range(1, VERSIONS + 1)
        )
