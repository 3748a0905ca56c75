"""What this house trusts for signatures: a folder with certificates, pinned certificates and the last good trusted lists.

Below the data folder: ``trust/certificates`` (roots and issuers that the city adds itself), ``trust/pinned`` (certificates
that sign the European list of the lists) and ``trust/lists`` (the last good copies).
"""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from asn1crypto import x509
from django.conf import settings
from django.utils.translation import gettext as _

from direktdraht.foundation import clock
from direktdraht.foundation.checks import Finding, Level
from direktdraht.writtenform.signatures.asking import ask_web
from direktdraht.writtenform.signatures.trust import read_trust
from direktdraht.writtenform.trustlists.keeping import ListFolder, UpdateReport, kept_files, kept_lists, update_lists
from direktdraht.writtenform.trustlists.model import TrustedList

DAYS_UNTIL_OLD = 3


def folder(name: str) -> Path:
    """One of the three folders of trust."""
    return Path(settings.DATA_DIR) / "trust" / name


def files_in(name: str) -> dict[str, bytes]:
    """The files of a folder by name; empty when there is none."""
    place = folder(name)
    return {path.name: path.read_bytes() for path in sorted(place.iterdir()) if path.is_file()} if place.is_dir() else {}


def pinned() -> tuple[x509.Certificate, ...]:
    """The certificates that may sign the list of the lists."""
    found = read_trust(files_in("pinned"))
    return (*found.roots, *found.others)


def lists() -> ListFolder:
    """The last good copies of trusted lists."""
    return ListFolder(folder("lists"))


def trust_files() -> dict[str, bytes]:
    """Everything that a check relies on, by file name."""
    return {**kept_files(lists(), pinned()), **files_in("certificates")}


def update(at: datetime) -> UpdateReport | None:
    """Fetch the trusted lists anew and keep what can be believed; ``None`` without pinned certificates."""
    known = pinned()
    if not known:
        return None
    return update_lists(lists(), lambda address: ask_web(address, None, ""), pinned=known, at=at)


def state() -> tuple[tuple[str, int, int], ...]:
    """Names, sizes and times of all files of trust: another state means that they must be read again."""
    places = [folder(name) for name in ("certificates", "pinned", "lists")]
    files = [path for place in places if place.is_dir() for path in sorted(place.iterdir())]
    return tuple((str(path), found.st_size, found.st_mtime_ns) for path in files for found in [path.stat()])


@lru_cache(maxsize=1)
def believed(known: tuple[tuple[str, int, int], ...]) -> tuple[TrustedList, ...]:
    """The trusted lists in a ``state`` of the folders: their signatures are checked once and not for each page."""
    del known
    return tuple(one.list for one in read_trust(trust_files()).lists)


def problems(at: datetime) -> list[str]:
    """Why signatures cannot be checked now, one sentence each; asked before anybody signs."""
    lists_here = believed(state())
    if not lists_here:
        return [_("Die Vertrauenslisten sind nicht geladen. Wir können Signaturen gerade nicht prüfen.")]
    if all(one.expired(at) for one in lists_here):
        return [_("Die Vertrauenslisten sind veraltet. Wir können Signaturen gerade nicht prüfen.")]
    return []


@lru_cache(maxsize=1)
def age(known: tuple[tuple[str, int, int], ...]) -> tuple[int, datetime] | None:
    """How many trusted lists lie in a ``state`` of the folders, and when the oldest was fetched; nothing if no list was fetched."""
    del known
    kept = kept_lists(lists(), pinned()) if pinned() else []
    return (len(kept), min(one.fetched_at for one in kept)) if kept else None


def findings() -> Iterator[Finding]:
    """Whether trusted lists are there and fresh: how many, how old, and which are out of date."""
    if not pinned():
        if not files_in("certificates"):
            yield Finding(Level.WARNING, "No certificate is pinned in trust/pinned: qualified signatures cannot be checked.")
        return
    kept = kept_lists(lists(), pinned())
    if not kept:
        yield Finding(Level.ERROR, "Certificates are pinned, but no trusted list was loaded yet.")
        return
    now = clock.now()
    oldest = min(one.fetched_at for one in kept)
    yield Finding(Level.FINE, f"{len(kept)} trusted lists, the oldest fetched {oldest:%Y-%m-%d}")
    if (now - oldest).days >= DAYS_UNTIL_OLD:
        yield Finding(Level.WARNING, f"A trusted list was not renewed for {(now - oldest).days} days.")
    for one in kept:
        if one.list.expired(now):
            yield Finding(Level.WARNING, f"The trusted list of {one.list.territory} is out of date.")
