"""Tables: what points where, and whether the migrations say the same."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from direktdraht.foundation.documents.models import Document
from tests.consistency.tree import FLOORS


def own_models() -> list[type[models.Model]]:
    """Every model of the house."""
    return [model for model in apps.get_models() if model.__module__.startswith("direktdraht.")]


def relations() -> "list[tuple[type[models.Model], models.Field[object, object]]]":
    """Every model of the house with each of its relations."""
    return [(model, field) for model in own_models() for field in model._meta.local_fields if field.is_relation]


def floor(model: type[models.Model]) -> int:
    """The floor of a model's room; libraries lie below everything."""
    parts = model.__module__.split(".")
    return FLOORS[parts[1]] if parts[0] == "direktdraht" else -1


def test_a_document_that_something_points_to_cannot_be_deleted() -> None:
    loose = [
        str(field)
        for _, field in relations()
        if isinstance(field, models.ForeignKey) and field.related_model is Document and field.remote_field.on_delete is not models.PROTECT
    ]

    assert loose == []


def test_foreign_keys_point_downwards_or_stay_in_their_room() -> None:
    up = [
        str(field)
        for model, field in relations()
        if isinstance(field.related_model, type) and (floor(field.related_model) > floor(model) or sideways(model, field.related_model))
    ]

    assert up == []


def sideways(model: type[models.Model], other: type[models.Model]) -> bool:
    """Whether two models lie on one floor in different rooms (the foundation's apps have an order of their own)."""
    rooms = {model.__module__.split(".")[1], other.__module__.split(".")[1]}
    return floor(model) == floor(other) and len(rooms) > 1


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say() -> None:
    out = StringIO()

    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out, stderr=out)
    except SystemExit:
        pytest.fail(out.getvalue())
