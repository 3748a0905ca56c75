"""What can be done with the catalogue: save a service, load services from a file."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict

from direktdraht.foundation.journal import actions as journal
from direktdraht.foundation.matching import grams_of
from direktdraht.foundation.ordering import sort_key
from direktdraht.people import actions as people
from direktdraht.people.models import Account, Unit
from direktdraht.services.access import may_edit
from direktdraht.services.entries import ServiceEntry
from direktdraht.services.models import Service


class ServicesError(Exception):
    """Something about services cannot be done; the message is a German sentence."""


class UnknownUnit(ServicesError):
    """The unit that shall answer does not exist."""


class KeyTaken(ServicesError):
    """Another service has this key."""


def save_service(entry: ServiceEntry, *, by: Account | None, new: bool = False) -> Service:
    """Store the service as ``entry`` says; without any change nothing is written.

    ``by`` is ``None`` for the operator (loader) only. ``new`` refuses a key that exists.
    Raises PermissionDenied, UnknownUnit, KeyTaken. Journal: ``service.saved`` with the digest of the public text.
    """
    with transaction.atomic():
        unit = Unit.objects.filter(key=entry.unit).first()
        if unit is None:
            raise UnknownUnit(gettext("Diese Stelle gibt es nicht."))
        known = Service.objects.select_for_update(of=("self",)).select_related("unit").filter(key=entry.key).first()
        if known is not None and new:
            raise KeyTaken(gettext("Eine Dienstleistung mit diesem Kürzel gibt es schon."))
        ensure_may_edit(by, unit if known is None else known.unit)
        ensure_may_edit(by, unit)
        columns = columns_of(entry)
        if known is not None and all(getattr(known, name) == value for name, value in columns.items()):
            return known
        service, is_new = Service.objects.update_or_create(key=entry.key, defaults=columns)
        journal.record(
            "service.saved",
            subject=f"service:{entry.key}",
            digest=digest_of(entry),
            facts={"unit": unit.key, "new": is_new, "active": entry.active},
            by="" if by is None else str(by.pk),
        )
    return service


def ensure_may_edit(by: Account | None, unit: Unit) -> None:
    """Raise PermissionDenied unless ``by`` may change services of the unit."""
    if by is not None and not may_edit(by, unit):
        raise PermissionDenied


def columns_of(entry: ServiceEntry) -> dict[str, Any]:
    """The entry as columns, with what is computed for order and search."""
    columns = entry.model_dump(mode="json", exclude={"key", "unit"})
    searched = [*entry.title.values(), *entry.summary.values(), *entry.keywords]
    return columns | {"unit_id": entry.unit, "sort_key": sort_key(entry.title["de"])[:300], "grams": grams_of(searched)}


def digest_of(entry: ServiceEntry) -> str:
    """SHA-256 of what the public reads; it is public, so no salt is needed."""
    text = json.dumps(entry.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class UnitEntry(BaseModel):
    """A unit in a file of services."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    name: str
    email: str = ""


class Catalogue(BaseModel):
    """A file of services with the units that answer for them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    units: tuple[UnitEntry, ...] = ()
    services: tuple[ServiceEntry, ...] = ()


def load_services(path: Path) -> int:
    """Store every unit and service of a JSON file; doing it twice changes nothing. Returns how many services it holds.

    Units that exist keep their names. Raises pydantic's ValidationError, UnknownUnit; then nothing is stored.
    """
    catalogue = Catalogue.model_validate_json(path.read_bytes())
    with transaction.atomic():
        known = set(Unit.objects.values_list("key", flat=True).order_by("key"))
        for unit in catalogue.units:
            if unit.key not in known:
                people.add_unit(key=unit.key, name=unit.name, email=unit.email)
        for entry in catalogue.services:
            save_service(entry, by=None)
    return len(catalogue.services)
