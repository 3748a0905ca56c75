"""Revocation lists of an issuer that is itself believed, as the services of a trusted list are (RFC 5280, 6.3.3).

pyHanko's validator looks for a chain above the issuer of a list. An issuing service of a trusted list has none that
would matter: it is the anchor, whether it signed its own certificate or not.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from asn1crypto import crl, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPublicKeyTypes
from cryptography.x509.oid import ExtensionOID

from direktdraht.writtenform.signatures.faults import FOREIGN

_HARMLESS = {
    ExtensionOID.CRL_NUMBER,
    ExtensionOID.AUTHORITY_KEY_IDENTIFIER,
    ExtensionOID.FRESHEST_CRL,
    ExtensionOID.ISSUING_DISTRIBUTION_POINT,
}


def listed_by_anchor(
    certificate: x509.Certificate, anchor: x509.Certificate, crls: Iterable[crl.CertificateList], moment: datetime
) -> tuple[bool | None, datetime | None]:
    """Revoked at the moment (False with the instant), not revoked (True), not known (None), by the anchor's own lists.

    A list that is stale at the moment cannot show that a certificate was good, but still that it was revoked.
    """
    good: bool | None = None
    for one in crls:
        if one.issuer != anchor.subject or certificate.issuer != anchor.subject:
            continue
        try:
            listed = certificates.load_der_x509_crl(one.dump())
            if not _usable(listed, anchor):
                continue
            entry = listed.get_revoked_certificate_by_serial_number(certificate.serial_number)
            if entry is not None and entry.revocation_date_utc <= moment:
                return False, entry.revocation_date_utc
            fresh = listed.next_update_utc is not None and moment <= listed.next_update_utc
        except FOREIGN:
            continue
        good = True if fresh else good
    return good, None


def _usable(listed: certificates.CertificateRevocationList, anchor: x509.Certificate) -> bool:
    """Signed by the anchor, whole (no delta), for all certificates of people and all reasons."""
    key = certificates.load_der_x509_certificate(anchor.dump()).public_key()
    # Keys that only agree on secrets cannot sign a list; the library refuses them with a TypeError.
    if not listed.is_signature_valid(cast(CertificateIssuerPublicKeyTypes, key)):
        return False
    for extension in listed.extensions:
        if extension.oid == ExtensionOID.DELTA_CRL_INDICATOR or (extension.critical and extension.oid not in _HARMLESS):
            return False
        point = extension.value
        if isinstance(point, certificates.IssuingDistributionPoint):
            others = point.only_contains_ca_certs or point.only_contains_attribute_certs or point.indirect_crl
            if others or point.only_some_reasons:
                return False
    return True
