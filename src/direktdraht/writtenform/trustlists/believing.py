"""Whether a trusted list may be believed: its XML signature by a known certificate (ETSI TS 119 612, clause 5.7).

Lists are signed as XAdES. A plain XML signature without any XAdES properties counts as well: what these add, the binding to one
certificate, is given here by the certificates that are known beforehand.
"""

from collections.abc import Iterable
from datetime import datetime

import cryptography.exceptions
from asn1crypto import x509
from cryptography.x509 import InvalidVersion, load_der_x509_certificate
from lxml import etree
from signxml.exceptions import SignXMLException
from signxml.verifier import SignatureConfiguration, XMLVerifier
from signxml.xades.xades import XAdESSignatureConfiguration, XAdESVerifier

from direktdraht.writtenform.trustlists.model import TrustedList
from direktdraht.writtenform.trustlists.parsing import NAMES, ROOT, instant, read_list
from direktdraht.writtenform.trustlists.xml import ListProblem, root_of

_FAULTS = (
    SignXMLException,
    cryptography.exceptions.InvalidSignature,
    cryptography.exceptions.UnsupportedAlgorithm,
    InvalidVersion,
    etree.LxmlError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
)
"""What the library raises for documents that are not signed as they should be."""


def believed_list(data: bytes, signers: Iterable[x509.Certificate]) -> TrustedList:
    """The list in a file, read from the signed part only; the signature must be by one of ``signers``.

    The certificate of the signer must have been valid when the list was issued.

    Raises:
        ListProblem: not a list, no signature, signed by another certificate, changed after signing, unknown version.
    """
    raw = root_of(data)
    if raw.tag != ROOT:
        raise ListProblem("Die Datei ist keine Vertrauensliste.")
    if len(raw.findall(".//{http://www.w3.org/2000/09/xmldsig#}Signature")) != 1:
        raise ListProblem("Die Vertrauensliste trägt keine oder mehrere Unterschriften.")
    issued = instant(raw.findtext("t:SchemeInformation/t:ListIssueDateTime", "", NAMES).strip())
    plain = raw.find(".//{http://uri.etsi.org/01903/v1.3.2#}QualifyingProperties") is None
    for certificate in signers:
        if not certificate.not_valid_before <= issued <= certificate.not_valid_after:
            continue
        signed = _signed_root(data, certificate, issued, plain=plain)
        if signed is not None:
            return read_list(signed)
    raise ListProblem("Die Unterschrift der Vertrauensliste ist von keiner bekannten Stelle oder die Liste wurde verändert.")


def _signed_root(data: bytes, certificate: x509.Certificate, issued: datetime, *, plain: bool) -> etree._Element | None:
    """What the signature by this certificate covers, if it is a whole list."""
    verifier: XMLVerifier = XMLVerifier() if plain else XAdESVerifier()
    kind = SignatureConfiguration if plain else XAdESSignatureConfiguration
    config = kind(require_x509=True, location="./", expect_references=True, verification_time=issued)
    try:
        results = verifier.verify(data, x509_cert=load_der_x509_certificate(certificate.dump()), expect_config=config)
    except _FAULTS:
        return None
    found = results if isinstance(results, list) else [results]
    covered = (root_of(one.signed_data) for one in found if one.signed_xml is not None)
    return next((root for root in covered if root.tag == ROOT), None)
