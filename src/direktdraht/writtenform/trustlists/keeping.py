"""The update of trusted lists: fetch, believe, keep. What cannot be believed never replaces the last good copy."""

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import x509

from direktdraht.writtenform.trustlists.believing import believed_list
from direktdraht.writtenform.trustlists.chain import LOTL_ADDRESS, believed_lotl, claimed_pivots, national_pointers
from direktdraht.writtenform.trustlists.model import Pointer, TrustedList
from direktdraht.writtenform.trustlists.xml import ListProblem

Fetch = Callable[[str], bytes]
"""Gets the bytes behind an address; raises OSError (or a subclass) when it cannot."""

INDEX = "index.json"


@dataclass(frozen=True)
class KeptList:
    """A list of the last good copy, with its bytes and how it came."""

    address: str
    data: bytes
    fetched_at: datetime
    list: TrustedList


@dataclass(frozen=True)
class UpdateReport:
    """What an update did: addresses that were renewed, that were the same, and what went wrong with a German sentence each."""

    renewed: tuple[str, ...]
    unchanged: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]


class ListFolder:
    """A folder with the last good copies. Files are named after their digest; the index is replaced in one step."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def entries(self) -> dict[str, tuple[str, datetime]]:
        """Address → (SHA-256 of the copy in hexadecimal, when it was fetched). Empty before the first update."""
        try:
            index = json.loads((self._folder / INDEX).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return {address: (one["sha256"], datetime.fromisoformat(one["fetched_at"])) for address, one in index.items()}

    def read(self, address: str) -> bytes | None:
        """The copy of an address; None if there is none or its bytes are not those that were stored."""
        digest, _ = self.entries().get(address, ("", None))
        if not digest:
            return None
        try:
            data = (self._folder / f"{digest}.xml").read_bytes()
        except FileNotFoundError:
            return None
        return data if hashlib.sha256(data).hexdigest() == digest else None

    def keep(self, copies: dict[str, bytes], at: datetime) -> None:
        """Store copies; a crash leaves the old index or the new one, never half of one."""
        self._folder.mkdir(parents=True, exist_ok=True)
        index = {address: {"sha256": digest, "fetched_at": when.isoformat()} for address, (digest, when) in self.entries().items()}
        for address, data in copies.items():
            digest = hashlib.sha256(data).hexdigest()
            _replace(self._folder / f"{digest}.xml", data)
            index[address] = {"sha256": digest, "fetched_at": at.isoformat()}
        _replace(self._folder / INDEX, json.dumps(index, indent=1).encode())
        used = {f"{one['sha256']}.xml" for one in index.values()}
        for old in self._folder.glob("*.xml"):
            if old.name not in used:
                old.unlink()


def _replace(path: Path, data: bytes) -> None:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def update_lists(
    folder: ListFolder,
    fetch: Fetch,
    *,
    pinned: Iterable[x509.Certificate],
    at: datetime,
    territories: frozenset[str] | None = None,
    lotl_address: str = LOTL_ADDRESS,
) -> UpdateReport:
    """Fetch the list of the lists with its pivots and the national lists; keep each one that may be believed.

    A list that cannot be fetched or believed, is out of date, or is older than the kept copy leaves that copy as it is.
    """
    pinned = tuple(pinned)
    renewed: dict[str, bytes] = {}
    problems: list[tuple[str, str]] = []
    unchanged: list[str] = []
    lotl = _renewed_lotl(folder, fetch, pinned=pinned, at=at, address=lotl_address, renewed=renewed, problems=problems)
    for pointer in national_pointers(lotl, territories) if lotl else []:
        try:
            data = fetch(pointer.location)
            fresh = believed_list(data, pointer.certificates)
            _not_older(fresh, _kept(folder, pointer), at)
        except ListProblem as problem:
            problems.append((pointer.location, str(problem)))
        except OSError as problem:
            problems.append((pointer.location, f"Die Vertrauensliste ließ sich nicht abrufen ({problem})."))
        else:
            renewed[pointer.location] = data
    known = {address: digest for address, (digest, _) in folder.entries().items()}
    for address, data in renewed.items():
        if known.get(address) == hashlib.sha256(data).hexdigest():
            unchanged.append(address)
    if renewed:
        folder.keep(renewed, at)
    return UpdateReport(tuple(one for one in renewed if one not in unchanged), tuple(unchanged), tuple(problems))


def _renewed_lotl(
    folder: ListFolder,
    fetch: Fetch,
    *,
    pinned: tuple[x509.Certificate, ...],
    at: datetime,
    address: str,
    renewed: dict[str, bytes],
    problems: list[tuple[str, str]],
) -> TrustedList | None:
    """The fresh list of the lists, else the kept one, else None; what is fresh goes into ``renewed``."""
    kept = kept_lotl(folder, pinned, address)
    try:
        data = fetch(address)
        pivots = {pivot: folder.read(pivot) or fetch(pivot) for pivot in claimed_pivots(data)}
        fresh = believed_lotl(data, pivots, pinned).list
        _not_older(fresh, kept, at)
    except ListProblem as problem:
        problems.append((address, str(problem)))
        return kept
    except OSError as problem:
        problems.append((address, f"Die Liste der Vertrauenslisten ließ sich nicht abrufen ({problem})."))
        return kept
    renewed.update(pivots)
    renewed[address] = data
    return fresh


def _not_older(fresh: TrustedList, kept: TrustedList | None, at: datetime) -> None:
    """Raise ListProblem for a list that is out of date or older than the kept copy: an old list may hide a withdrawal."""
    if fresh.expired(at):
        raise ListProblem("Die abgerufene Vertrauensliste ist abgelaufen.")
    if kept is not None and (fresh.sequence, fresh.issued) < (kept.sequence, kept.issued):
        raise ListProblem("Die abgerufene Vertrauensliste ist älter als die vorhandene.")


def _kept(folder: ListFolder, pointer: Pointer) -> TrustedList | None:
    data = folder.read(pointer.location)
    if data is None:
        return None
    try:
        return believed_list(data, pointer.certificates)
    except ListProblem:
        return None


def kept_lotl(folder: ListFolder, pinned: Iterable[x509.Certificate], address: str = LOTL_ADDRESS) -> TrustedList | None:
    """The last good list of the lists; None if there is none that can still be believed."""
    data = folder.read(address)
    if data is None:
        return None
    copies = {pivot: copy for pivot in claimed_pivots(data) if (copy := folder.read(pivot)) is not None}
    try:
        return believed_lotl(data, copies, pinned).list
    except ListProblem:
        return None


def kept_files(
    folder: ListFolder, pinned: Iterable[x509.Certificate], address: str = LOTL_ADDRESS, *, territories: frozenset[str] | None = None
) -> dict[str, bytes]:
    """The last good copy as files of a trust folder: pinned certificates, the list of the lists, its pivots, national lists."""
    pinned = tuple(pinned)
    lotl, data = kept_lotl(folder, pinned, address), folder.read(address)
    if lotl is None or data is None:
        return {}
    files = {f"pinned-{number}.der": certificate.dump() for number, certificate in enumerate(pinned, 1)}
    files["lotl.xml"] = data
    for pivot in claimed_pivots(data):
        copy = folder.read(pivot)
        if copy is not None:
            files[pivot.rsplit("/", 1)[-1]] = copy
    for number, pointer in enumerate(national_pointers(lotl, territories), 1):
        copy = folder.read(pointer.location)
        if copy is not None:
            files[f"{pointer.territory}-{number}.xml"] = copy
    return files


def kept_lists(folder: ListFolder, pinned: Iterable[x509.Certificate], address: str = LOTL_ADDRESS) -> list[KeptList]:
    """Every national list of the last good copy that can still be believed, expired or not."""
    lotl = kept_lotl(folder, pinned, address)
    entries = folder.entries()
    found = []
    for pointer in national_pointers(lotl) if lotl else []:
        data, kept = folder.read(pointer.location), _kept(folder, pointer)
        if data is not None and kept is not None:
            found.append(KeptList(pointer.location, data, entries[pointer.location][1], kept))
    return found
