"""From pinned certificates over pivots and the list of the lists to national lists (Implementing Decision (EU) 2015/1505, article 4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

from asn1crypto import pem, x509

from direktdraht.writtenform.trustlists.believing import believed_list
from direktdraht.writtenform.trustlists.model import LIST_OF_LISTS, Pointer, TrustedList
from direktdraht.writtenform.trustlists.parsing import read_list
from direktdraht.writtenform.trustlists.xml import ListProblem, root_of

LOTL_ADDRESS = "https://ec.europa.eu/tools/lotl/eu-lotl.xml"
MOST_PIVOTS = 100


def pinned_certificates() -> tuple[x509.Certificate, ...]:
    """The signers of the list of the lists that are pinned with this release.

    They were published in the Official Journal of the European Union and come with pyHanko, whose digest the lock file holds.
    """
    folder = resources.files("pyhanko.sign.validation.qualified").joinpath("lotl-certs")
    data = folder.joinpath("latest.cert.pem").read_bytes()
    return tuple(x509.Certificate.load(der) for _, _, der in pem.unarmor(data, multiple=True))


@dataclass(frozen=True)
class Believed:
    """A list of the lists that was believed, and which pivots it took."""

    list: TrustedList
    pivots: tuple[str, ...]


def claimed_pivots(data: bytes) -> list[str]:
    """The addresses of pivots that a list of the lists names, newest first, unchecked. Raises ListProblem."""
    return [uri for uri in read_list(root_of(data)).information_uris if uri.endswith(".xml")][:MOST_PIVOTS]


def believed_lotl(data: bytes, pivots: Mapping[str, bytes], pinned: Iterable[x509.Certificate]) -> Believed:
    """The list of the lists, believed from pinned certificates on.

    Each pivot is signed by the certificates that were known before it and names those that sign after it. A pivot that is
    older than the pinned certificates is signed by none of them and changes nothing.

    Raises:
        ListProblem: no chain of pivots leads from the pinned certificates to this list.
    """
    known = tuple(pinned)
    taken: list[str] = []
    missing: list[str] = []
    for address in reversed(claimed_pivots(data)):
        if address not in pivots:
            missing.append(address)
            continue
        try:
            pivot = believed_list(pivots[address], known)
        except ListProblem:
            continue
        known = _next_signers(pivot) or known
        taken.append(address)
    try:
        lotl = believed_list(data, known)
    except ListProblem as problem:
        lost = f" Es fehlt die Zwischenliste {missing[0]}." if missing else ""
        raise ListProblem(f"Die Liste der Vertrauenslisten lässt sich nicht zurückverfolgen.{lost}") from problem
    if not lotl.is_list_of_lists:
        raise ListProblem("Die Datei ist nicht die Liste der Vertrauenslisten.")
    return Believed(lotl, tuple(taken))


def _next_signers(pivot: TrustedList) -> tuple[x509.Certificate, ...]:
    """The certificates by which a pivot names the next signers: those of the pointer to the list of the lists itself."""
    if not pivot.is_list_of_lists:
        return ()
    return tuple(one for pointer in pivot.pointers if pointer.type == LIST_OF_LISTS for one in pointer.certificates)


def national_pointers(lotl: TrustedList, territories: frozenset[str] | None = None) -> list[Pointer]:
    """The national lists that are named, all or those of some territories ("DE")."""
    return [
        pointer
        for pointer in lotl.pointers
        if pointer.type != LIST_OF_LISTS and pointer.location.endswith(".xml") and (territories is None or pointer.territory in territories)
    ]
