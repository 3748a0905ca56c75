"""Setting up BundID in the browser: the provider's metadata are looked at first and used when somebody confirms them.

Files below ``bundid/`` in the data folder, beside ``provider.xml``: ``provider.waiting.xml`` (given, not yet used) and
``provider.before.xml`` (used before, so that a change can be taken back).
"""

import hashlib
import re
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from direktdraht.foundation.journal import actions as journal
from direktdraht.foundation.private_files import replace_whole
from direktdraht.people.bundid import own
from direktdraht.people.bundid.metadata import Provider, UnreadableMetadata, read_provider
from direktdraht.people.models import Account

SERVICE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
MOST_BYTES = 1_000_000


class NotSetUp(Exception):
    """What was asked cannot be done; the message says why, in German."""


def waiting_file() -> Path:
    """Metadata that somebody gave and nobody confirmed yet."""
    return own.provider_file().with_name("provider.waiting.xml")


def file_before() -> Path:
    """Metadata that were in use before the last change."""
    return own.provider_file().with_name("provider.before.xml")


def digest_of(path: Path) -> str:
    """SHA-256 of a file in hexadecimal, "" where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def waiting() -> Provider | None:
    """The provider that the waiting metadata describe, ``None`` without any."""
    return read_provider(waiting_file().read_bytes()) if waiting_file().exists() else None


def lay_aside(content: bytes) -> None:
    """Keep new metadata until somebody confirms them. Raises NotSetUp for files that describe no usable provider."""
    try:
        found = read_provider(content)
    except UnreadableMetadata as problem:
        raise NotSetUp(_(str(problem))) from problem
    if not found.sign_on:
        raise NotSetUp(_("In den Metadaten fehlt eine Adresse für die Anmeldung mit HTTP-Redirect."))
    replace_whole(waiting_file(), content)


def take_over(digest: str, *, by: Account) -> None:
    """Use the waiting metadata that somebody looked at (``digest``). Raises NotSetUp if they are others by now.

    Journal: ``bundid.provider_changed`` with the digests of both files.
    """
    content = waiting_file().read_bytes() if waiting_file().exists() else b""
    if not content or hashlib.sha256(content).hexdigest() != digest:
        raise NotSetUp(_("Inzwischen warten andere Angaben. Bitte sehen Sie sie noch einmal an."))
    used = own.provider_file()
    facts = {"before": digest_of(used), "now": digest}
    with transaction.atomic():
        journal.record("bundid.provider_changed", subject="bundid:provider", facts=facts, by=str(by.pk))
        if used.exists():
            replace_whole(file_before(), used.read_bytes())
        replace_whole(used, content)
    waiting_file().unlink(missing_ok=True)


def discard() -> None:
    """Forget the waiting metadata; without any, nothing happens."""
    waiting_file().unlink(missing_ok=True)


def look_at_before() -> None:
    """Lay the metadata of before the last change aside, to be confirmed again. Raises NotSetUp where there are none."""
    if not file_before().exists():
        raise NotSetUp(_("Es gibt keine früheren Angaben."))
    lay_aside(file_before().read_bytes())


def set_service_id(value: str, *, by: Account) -> None:
    """Store the number that BundID gave this service, "" for none. Raises NotSetUp. Journal: ``bundid.service_id_changed``."""
    if value and not SERVICE_ID.fullmatch(value):
        raise NotSetUp(_("Die Nummer besteht aus Buchstaben, Ziffern, Punkt und Strichen, höchstens 60 Zeichen."))
    if value == own.service_id():
        return
    with transaction.atomic():
        journal.record("bundid.service_id_changed", subject="bundid:service", facts={"value": value}, by=str(by.pk))
        replace_whole(own.service_file(), f'online_service_id = "{value}"\n'.encode())
