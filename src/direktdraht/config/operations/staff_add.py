"""Give a person a place in a unit; the operator hands the printed link over."""

import argparse
import sys

from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.db import transaction

from direktdraht.people import actions
from direktdraht.people.models import Unit
from direktdraht.people.names import NameRefused


def execute(options: argparse.Namespace) -> int:
    """Add the person; exit status 2 with one sentence when it cannot be done."""
    try:
        validate_email(options.email)
        validate_slug(options.unit)
        link = add_person(options)
    except (ValidationError, NameRefused, actions.PeopleError) as problem:
        sentence = " ".join(problem.messages) if isinstance(problem, ValidationError) else str(problem)
        print(f"direktdraht: {sentence}", file=sys.stderr)
        return 2
    print(link)
    return 0


def add_person(options: argparse.Namespace) -> str:
    """Return the link that sets the password; works once."""
    with transaction.atomic():
        unit = Unit.objects.filter(key=options.unit).first()
        if unit is None:
            unit = actions.add_unit(key=options.unit, name=options.unit_name or options.unit)
        account = actions.create_staff(email=options.email, name=options.name, unit=unit, role=options.role)
    return actions.password_link(account)
