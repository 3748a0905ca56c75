"""Revocation lists of an authority at which a chain ends, as services of trusted lists mostly are (RFC 5280, 5.1 and 6.3.3).

pyHanko reads revocation lists only of authorities whose own issuer is known, too. An authority of a trusted list is believed by
itself, so its lists are looked at here: only whole ones that it signed directly.
"""

from collections.abc import Iterable
from datetime import datetime

from asn1crypto import crl, x509
from cryptography.x509 import load_der_x509_certificate, load_der_x509_crl

from direktdraht.writtenform.signatures.algorithms import AcceptedAlgorithms
from direktdraht.writtenform.signatures.faults import FOREIGN

_KNOWN = frozenset({"authority_key_identifier", "crl_number", "issuing_distribution_point", "issuer_alt_name", "freshest_crl"})


def revoked_by(
    authority: x509.Certificate, certificate: x509.Certificate, crls: Iterable[crl.CertificateList], moment: datetime
) -> tuple[bool | None, datetime | None]:
    """Whether an authority's lists name a certificate: revoked (False with its instant), good (True), not known (None).

    A stale list cannot show that a certificate was good, but it still shows that it was revoked.
    """
    good = False
    for listed in crls:
        try:
            if not _is_signed_by(authority, listed, moment):
                continue
            since = _revoked_since(certificate, listed)
            if since is not None and since <= moment:
                return False, since
            good = good or (_is_whole_for(certificate, listed) and _is_fresh(listed, moment))
        except FOREIGN:
            continue
    return (True if good else None), None


def _is_signed_by(authority: x509.Certificate, listed: crl.CertificateList, moment: datetime) -> bool:
    usage = authority.key_usage_value
    if listed.issuer != authority.subject or (usage is not None and "crl_sign" not in usage.native):
        return False
    if not AcceptedAlgorithms().signature_algorithm_allowed(listed["signature_algorithm"], moment, authority.public_key):
        return False
    key = load_der_x509_certificate(authority.dump()).public_key()
    return load_der_x509_crl(listed.dump()).is_signature_valid(key)  # type: ignore[arg-type]  # another kind of key raises TypeError


def _revoked_since(certificate: x509.Certificate, listed: crl.CertificateList) -> datetime | None:
    for entry in listed["tbs_cert_list"]["revoked_certificates"]:
        if entry["user_certificate"].native == certificate.serial_number and entry.crl_reason_value != "remove_from_crl":
            since: datetime = entry["revocation_date"].native
            return since
    return None


def _is_whole_for(certificate: x509.Certificate, listed: crl.CertificateList) -> bool:
    """Whether the list is about every reason and about this certificate: no delta, no part for others (RFC 5280, 5.2.5)."""
    if listed.delta_crl_indicator_value is not None or {str(name) for name in listed.critical_extensions} - _KNOWN:
        return False
    part = listed.issuing_distribution_point_value
    if part is None:
        return True
    if part["indirect_crl"].native or part["only_contains_attribute_certs"].native or part["only_some_reasons"].native:
        return False
    constraints = certificate.basic_constraints_value
    is_authority = constraints is not None and bool(constraints["ca"].native)
    if (part["only_contains_user_certs"].native and is_authority) or (part["only_contains_ca_certs"].native and not is_authority):
        return False
    place = part["distribution_point"]
    if place.native is None:
        return True
    named = {str(one.native) for one in place.chosen} if place.name == "full_name" else set()
    return bool(named & {one.url for one in certificate.crl_distribution_points if one.url})


def _is_fresh(listed: crl.CertificateList, moment: datetime) -> bool:
    until = listed["tbs_cert_list"]["next_update"].native
    return until is not None and moment <= until
