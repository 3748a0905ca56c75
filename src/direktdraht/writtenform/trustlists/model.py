"""What stands in a trusted list, as far as signatures need it (ETSI TS 119 612, clause 5)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import x509

_TRSTSVC = "http://uri.etsi.org/TrstSvc"
CA_QC = f"{_TRSTSVC}/Svctype/CA/QC"
QTST = f"{_TRSTSVC}/Svctype/TSA/QTST"
FOR_SIGNATURES = f"{_TRSTSVC}/TrustedList/SvcInfoExt/ForeSignatures"
PURPOSES = frozenset(
    {FOR_SIGNATURES, f"{_TRSTSVC}/TrustedList/SvcInfoExt/ForeSeals", f"{_TRSTSVC}/TrustedList/SvcInfoExt/ForWebSiteAuthentication"}
)
"""What a service is qualified for (clause 5.5.9.4); a service that names none of them is qualified for what its certificates say."""

LIST_OF_LISTS = f"{_TRSTSVC}/TrustedList/TSLType/EUlistofthelists"
VERSIONS = frozenset({5, 6})
"""Format versions that are read (clause 5.3.1): 5 for TS 119 612 v2.1.1 and v2.2.1, 6 from v2.3.1 on."""

EIDAS = datetime(2016, 6, 30, 22, tzinfo=UTC)
"""From here on Regulation (EU) No 910/2014 applies: 1 July 2016, midnight in Brussels."""

_STATUS = f"{_TRSTSVC}/TrustedList/Svcstatus"
_FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
_ALWAYS = datetime(1, 1, 1, tzinfo=UTC)
ACTIVE_STATUSES: dict[str, tuple[datetime, datetime]] = {
    f"{_STATUS}/granted": (_ALWAYS, _FOREVER),
    f"{_STATUS}/undersupervision": (_ALWAYS, EIDAS),
    f"{_STATUS}/accredited": (_ALWAYS, EIDAS),
    f"{_STATUS}/supervisionincessation": (_ALWAYS, EIDAS),
}
"""Statuses that make a service a qualified one, with the time in which they do (clause 5.5.4 and annex J)."""

Criterion = Callable[[x509.Certificate], bool | None]
"""Whether a certificate meets a criterion; None where the criterion is of an unknown kind."""


@dataclass(frozen=True)
class Qualification:
    """Qualifiers for the certificates of a service that meet a criterion (clause 5.5.9.2)."""

    qualifiers: frozenset[str]
    criterion: Criterion


@dataclass(frozen=True)
class ServiceState:
    """One period of a service's life: from ``since`` until the next one begins."""

    type: str
    status: str
    since: datetime
    until: datetime | None
    purposes: frozenset[str]
    qualifications: tuple[Qualification, ...]

    def holds(self, moment: datetime) -> bool:
        """Whether this was the state at a moment."""
        return self.since <= moment and (self.until is None or moment < self.until)

    def active(self, moment: datetime) -> bool:
        """Whether the service was supervised and qualified at a moment."""
        begin, end = ACTIVE_STATUSES.get(self.status, (_FOREVER, _FOREVER))
        return begin <= moment < end


@dataclass(frozen=True)
class Service:
    """A trust service with its history, newest state first."""

    provider: str
    name: str
    certificates: tuple[x509.Certificate, ...]
    states: tuple[ServiceState, ...]

    def state_at(self, moment: datetime) -> ServiceState | None:
        """The state at a moment; None before the service was listed."""
        return next((state for state in self.states if state.holds(moment)), None)


@dataclass(frozen=True)
class Pointer:
    """Where another list is, and who may sign it (clause 5.3.13)."""

    location: str
    territory: str
    type: str
    certificates: tuple[x509.Certificate, ...]


@dataclass(frozen=True)
class TrustedList:
    """A list whose signature was believed."""

    version: int
    sequence: int
    territory: str
    type: str
    issued: datetime
    next_update: datetime | None
    services: tuple[Service, ...]
    pointers: tuple[Pointer, ...]
    information_uris: tuple[str, ...]

    @property
    def is_list_of_lists(self) -> bool:
        """Whether this is the list of the lists."""
        return self.type == LIST_OF_LISTS

    def expired(self, at: datetime) -> bool:
        """Whether the list is out of date at an instant; a list without next update is closed (clause 5.3.15)."""
        return self.next_update is None or at > self.next_update
