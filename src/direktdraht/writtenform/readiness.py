"""Whether a signature could be checked just now, told before anybody enters a PIN: services that answer, a clock that is right."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from asn1crypto import ocsp, x509
from django.utils.translation import gettext as _

from direktdraht.foundation import clock
from direktdraht.foundation.checks import Finding, Level
from direktdraht.writtenform import city_seal, stamping, trusting
from direktdraht.writtenform.models import MOST_ADDRESS, ServiceKind, ServiceState
from direktdraht.writtenform.signatures.asking import ask_web
from direktdraht.writtenform.signatures.revocation import Ask, ask_ocsp_at, ocsp_addresses
from direktdraht.writtenform.signatures.trust import read_trust

MOST_SERVICES = 20
# Older answers say nothing about now: the worker stood still, and that is the doctor's affair.
FRESH = timedelta(minutes=20)
CLOCK_DIFFERENCE = timedelta(minutes=2)
QUESTION = bytes(32)  # stamped only to see whether the service answers


def ask_services(ask: Ask = ask_web) -> int:
    """Ask every service once and keep how it answered; forgets services that are no longer named. Returns how many answered."""
    states = [*_timestamps(), *_revocation(ask)]
    ServiceState.objects.bulk_create(
        states, update_conflicts=True, unique_fields=["address"], update_fields=["kind", "asked_at", "answered", "clock_difference"]
    )
    ServiceState.objects.exclude(address__in=[one.address for one in states]).exclude(kind=ServiceKind.DEMAIL).delete()
    return sum(one.answered for one in states)


def problems(at: datetime) -> list[str]:
    """Why signatures cannot be checked now, one sentence each, from the last answers of the services."""
    known = list(ServiceState.objects.filter(asked_at__gt=at - FRESH).order_by("address"))
    asked = [one for one in known if one.kind == ServiceKind.REVOCATION]
    found = []
    if asked and not any(one.answered for one in asked):
        found.append(_("Die Auskunft über gesperrte Zertifikate ist gerade nicht erreichbar."))
    if any(one.kind == ServiceKind.TIMESTAMPS and not one.answered for one in known):
        found.append(_("Der Zeitstempeldienst antwortet gerade nicht."))
    if any(_is_off(one) for one in known):
        found.append(_("Unsere Uhr geht gerade falsch. So können wir Signaturen nicht prüfen."))
    return found


def findings() -> Iterator[Finding]:
    """Which services did not answer, and whose clock differs from ours."""
    states = list(ServiceState.objects.exclude(kind=ServiceKind.DEMAIL).order_by("address"))
    for one in states:
        if not one.answered:
            yield Finding(Level.WARNING, f"{one.address} ({one.kind}) did not answer at {one.asked_at:%Y-%m-%d %H:%M} UTC.")
        elif _is_off(one):
            yield Finding(Level.ERROR, f"The clock of {one.address} is {one.clock_difference} ahead of ours.")
    if states and all(one.answered and not _is_off(one) for one in states):
        yield Finding(Level.FINE, f"{len(states)} trust services answer")


def _is_off(state: ServiceState) -> bool:
    return state.clock_difference is not None and abs(state.clock_difference) > CLOCK_DIFFERENCE


def _timestamps() -> Iterator[ServiceState]:
    """The time-stamping service, with its clock: the instant in its answer is signed."""
    service = city_seal.timestamper()
    if service is None:
        return
    found = stamping.fetched(QUESTION, service)
    now = clock.now()
    yield ServiceState(
        address=service.address,
        kind=ServiceKind.TIMESTAMPS,
        asked_at=now,
        answered=not isinstance(found, str),
        clock_difference=None if isinstance(found, str) else found[1].moment - now,
    )


def _revocation(ask: Ask) -> Iterator[ServiceState]:
    """The services that the trusted certificates name, each asked about one of them."""
    for address, certificate, issuer in _named(_trusted()):
        answer = ask_ocsp_at(address, certificate, issuer, ask)
        yield ServiceState(
            address=address,
            kind=ServiceKind.REVOCATION,
            asked_at=clock.now(),
            answered=answer is not None,
            clock_difference=None if answer is None else outside_of(answer.response_data, clock.now()),
        )


def outside_of(data: ocsp.ResponseData, now: datetime) -> timedelta:
    """How far ``now`` lies outside the time for which an OCSP answer speaks (RFC 6960, 4.2.2.1), zero inside.

    Services may answer with what they signed hours ago, so nothing finer can be told from one: an answer from the
    future means that our clock is slow, one that has run out that it is fast.
    """
    begun: datetime = max([data["produced_at"].native, *(single["this_update"].native for single in data["responses"])])
    ends: list[datetime] = [single["next_update"].native for single in data["responses"] if single["next_update"].native is not None]
    if begun > now:
        return begun - now
    return min(timedelta(), min(ends) - now) if ends else timedelta()


def _trusted() -> list[x509.Certificate]:
    trust = read_trust(trusting.trust_files())
    return [*trust.anchors(clock.now()), *trust.others]


def _named(certificates: list[x509.Certificate]) -> Iterable[tuple[str, x509.Certificate, x509.Certificate]]:
    """Addresses with a certificate and its issuer, each address once, at most ``MOST_SERVICES``."""
    issuers = {one.subject.hashable: one for one in certificates}
    found: dict[str, tuple[str, x509.Certificate, x509.Certificate]] = {}
    for certificate in certificates:
        issuer = issuers.get(certificate.issuer.hashable)
        for address in ocsp_addresses(certificate) if issuer is not None and issuer is not certificate else []:
            if issuer is not None and len(address) <= MOST_ADDRESS:
                found.setdefault(address, (address, certificate, issuer))
    return list(found.values())[:MOST_SERVICES]
