"""What is believed from the start: root certificates, issuing certificates, revocation data and trusted lists."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import crl, ocsp, pem, x509

from direktdraht.writtenform.signatures.certificates import is_authority, is_self_signed, may_sign_lists
from direktdraht.writtenform.signatures.faults import FOREIGN
from direktdraht.writtenform.trustlists.believing import believed_list
from direktdraht.writtenform.trustlists.chain import believed_lotl, claimed_pivots, national_pointers
from direktdraht.writtenform.trustlists.model import CA_QC, QTST, TrustedList
from direktdraht.writtenform.trustlists.parsing import read_list
from direktdraht.writtenform.trustlists.xml import ListProblem, root_of

MOST_FILE_BYTES = 40 * 1024 * 1024


@dataclass(frozen=True)
class ListFile:
    """A trusted list that was believed, with the name of the file that it came from."""

    name: str
    list: TrustedList


@dataclass(frozen=True)
class Trust:
    """Everything that a check may rely on. ``files`` are the bytes behind it, kept so that evidence can hold them.

    A trusted list in ``lists`` was believed at reading; ``problems`` says in German what was not taken and why.
    """

    roots: tuple[x509.Certificate, ...] = ()
    others: tuple[x509.Certificate, ...] = ()
    lists: tuple[ListFile, ...] = ()
    crls: tuple[crl.CertificateList, ...] = ()
    ocsps: tuple[ocsp.OCSPResponse, ...] = ()
    problems: tuple[str, ...] = ()
    files: Mapping[str, bytes] | None = None

    def anchors(self, at: datetime) -> list[x509.Certificate]:
        """Certificates at which a chain may end: roots, and issuing and time-stamping services of lists that are current at ``at``."""
        services = (service for one in self.lists if not one.list.expired(at) for service in one.list.services)
        wanted = (service for service in services if any(state.type in {CA_QC, QTST} for state in service.states))
        return [*self.roots, *(certificate for service in wanted for certificate in service.certificates)]


def read_trust(files: Mapping[str, bytes]) -> Trust:
    """Sort files into roots, issuers, revocation data and trusted lists.

    A self-signed certificate is a root; any other is only a link of a chain. Trusted lists are believed when they are signed
    by a certificate among the files, directly or through a list of the lists with its pivots.
    What is none of these is named in ``problems``.
    """
    roots: list[x509.Certificate] = []
    others: list[x509.Certificate] = []
    crls: list[crl.CertificateList] = []
    ocsps: list[ocsp.OCSPResponse] = []
    documents: dict[str, bytes] = {}
    problems: list[str] = []
    for name, data in sorted(files.items()):
        if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
            documents[name] = data
            continue
        found = list(_objects(data))
        if not found:
            problems.append(f"Die Datei „{name}“ ist kein Zertifikat und keine Vertrauensliste.")
        for one in found:
            if isinstance(one, x509.Certificate):
                (roots if is_self_signed(one) else others).append(one)
            elif isinstance(one, crl.CertificateList):
                crls.append(one)
            else:
                ocsps.append(one)
    lists, list_problems = believed_lists(documents, [*roots, *others])
    anchors = [root for root in roots if not may_sign_lists(root) or is_authority(root)]
    return Trust(tuple(anchors), tuple(others), tuple(lists), tuple(crls), tuple(ocsps), (*problems, *list_problems), dict(files))


def _objects(data: bytes) -> Iterator[x509.Certificate | crl.CertificateList | ocsp.OCSPResponse]:
    """The certificates, revocation lists and OCSP answers in a file, DER or PEM."""
    try:
        blocks = [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
    except ValueError:
        return
    for der in blocks:
        for kind in (x509.Certificate, crl.CertificateList, ocsp.OCSPResponse):
            try:
                one = kind.load(der, strict=True)
                one.native  # noqa: B018  # parses all of it, so that nothing fails later
            except FOREIGN:
                continue
            yield one
            break


def believed_lists(documents: Mapping[str, bytes], signers: Iterable[x509.Certificate]) -> tuple[list[ListFile], list[str]]:
    """The lists that may be believed, and a German sentence for each one that may not."""
    known = list(signers)
    pointers: dict[str, tuple[x509.Certificate, ...]] = {}
    pivots: set[str] = set()
    problems: list[str] = []
    for name, data in documents.items():
        if not _is_list_of_lists(data):
            continue
        addresses = {address: documents[file] for address in claimed_pivots(data) if (file := address.rsplit("/", 1)[-1]) in documents}
        try:
            lotl = believed_lotl(data, addresses, known).list
        except ListProblem as problem:
            problems.append(f"{name}: {problem}")
            continue
        pivots |= {name, *(address.rsplit("/", 1)[-1] for address in addresses)}
        for pointer in national_pointers(lotl):
            pointers[pointer.territory] = (*pointers.get(pointer.territory, ()), *pointer.certificates)
    lists = []
    for name, data in documents.items():
        if name in pivots or _is_list_of_lists(data):
            continue
        try:
            claimed = read_list(root_of(data)).territory
            lists.append(ListFile(name, believed_list(data, [*known, *pointers.get(claimed, ())])))
        except ListProblem as problem:
            problems.append(f"{name}: {problem}")
    pivot_problems = {f"{pivot}: " for pivot in pivots}
    return lists, [one for one in problems if not any(one.startswith(pivot) for pivot in pivot_problems)]


def _is_list_of_lists(data: bytes) -> bool:
    try:
        return read_list(root_of(data)).is_list_of_lists
    except ListProblem:
        return False
