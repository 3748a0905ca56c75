"""Asks services whether certificates were revoked, at the addresses that the certificates name (RFC 6960, RFC 5280, 4.2.1.13)."""

from collections.abc import Callable, Iterable

from asn1crypto import crl, ocsp, x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from cryptography.x509.ocsp import OCSPRequestBuilder

from direktdraht.writtenform.signatures.faults import FOREIGN

Ask = Callable[[str, bytes | None, str], bytes]
"""Gets an address, or posts bytes of a content type to it when there are some; raises OSError when that fails."""

OCSP_TYPE = "application/ocsp-request"
MOST_ADDRESSES = 3


def ask_revocation(
    certificates: Iterable[x509.Certificate], issuers: Iterable[x509.Certificate], ask: Ask
) -> tuple[list[crl.CertificateList], list[ocsp.OCSPResponse]]:
    """What services say about certificates: first OCSP, where there is none a revocation list. What fails is simply absent."""
    known = {issuer.subject.hashable: issuer for issuer in issuers}
    crls: list[crl.CertificateList] = []
    ocsps: list[ocsp.OCSPResponse] = []
    for certificate in certificates:
        issuer = known.get(certificate.issuer.hashable)
        answer = _ask_ocsp(certificate, issuer, ask) if issuer is not None else None
        if answer is not None:
            ocsps.append(answer)
            continue
        listed = _ask_crl(certificate, ask)
        if listed is not None:
            crls.append(listed)
    return crls, ocsps


def ocsp_addresses(certificate: x509.Certificate) -> list[str]:
    """Where a certificate says that one may ask for its state."""
    return _web(certificate.ocsp_urls)


def ask_ocsp_at(address: str, certificate: x509.Certificate, issuer: x509.Certificate, ask: Ask) -> ocsp.OCSPResponse | None:
    """What one service says about a certificate; None if it gives no usable answer."""
    subject, above = load_der_x509_certificate(certificate.dump()), load_der_x509_certificate(issuer.dump())
    request = OCSPRequestBuilder().add_certificate(subject, above, SHA256()).build().public_bytes(Encoding.DER)
    try:
        answer = ocsp.OCSPResponse.load(ask(address, request, OCSP_TYPE), strict=True)
        return answer if answer["response_status"].native == "successful" else None
    except (OSError, *FOREIGN):
        return None


def is_named_revoked(certificate: x509.Certificate, crls: Iterable[crl.CertificateList], ocsps: Iterable[ocsp.OCSPResponse]) -> bool:
    """Whether one of the answers names a certificate as revoked.

    The signatures of the answers are not looked at: a refusal needs less than a confirmation, which is the task of a check.
    """
    serial = certificate.serial_number
    for listed in crls:
        inner = listed["tbs_cert_list"]
        if inner["issuer"] == certificate.issuer and any(one["user_certificate"].native == serial for one in inner["revoked_certificates"]):
            return True
    singles = [single for answer in ocsps for single in answer.response_data["responses"]]
    return any(one["cert_id"]["serial_number"].native == serial and one["cert_status"].name == "revoked" for one in singles)


def _ask_ocsp(certificate: x509.Certificate, issuer: x509.Certificate, ask: Ask) -> ocsp.OCSPResponse | None:
    answers = (ask_ocsp_at(address, certificate, issuer, ask) for address in ocsp_addresses(certificate))
    return next((answer for answer in answers if answer is not None), None)


def _ask_crl(certificate: x509.Certificate, ask: Ask) -> crl.CertificateList | None:
    for address in _web(one.url for one in certificate.crl_distribution_points):
        try:
            found = crl.CertificateList.load(ask(address, None, ""), strict=True)
            found["tbs_cert_list"].native  # noqa: B018  # parses all of it, so that nothing fails later
        except (OSError, *FOREIGN):
            continue
        return found
    return None


def _web(addresses: Iterable[str | None]) -> list[str]:
    return [one for one in addresses if one and one.startswith(("http://", "https://"))][:MOST_ADDRESSES]
