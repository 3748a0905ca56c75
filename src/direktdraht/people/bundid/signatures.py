"""XML signatures: the one place that knows the signature library (signxml). Pure.

``verified`` returns the bytes that were signed; nobody reads anything else of a signed element afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.x509 import Certificate
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureConstructionMethod, SignatureMethod
from signxml.exceptions import SignXMLException
from signxml.signer import XMLSigner
from signxml.verifier import SignatureConfiguration, VerifyResult, XMLVerifier

from direktdraht.people.bundid import algorithms
from direktdraht.people.bundid.names import DS
from direktdraht.people.bundid.reading import Refused, parser, tag

ID_NAMES = frozenset({"id", "assertionid", "responseid"})
# The library verifies old methods, too, so that a weak signature is told from a forged one; ``weak`` refuses them.
_METHODS = frozenset(method for method in SignatureMethod if method.name.startswith(("RSA_", "ECDSA_", "SHA")))


@dataclass(frozen=True)
class Signed:
    """The canonical bytes under a signature, and the certificate whose key made it."""

    content: bytes
    certificate: Certificate


def signature_of(element: etree._Element) -> etree._Element | None:
    """The signature of an element: its only child of that name. Raises Refused."""
    found = element.findall(tag(DS, "Signature"))
    if len(found) > 1:
        raise Refused("structure", "signatures")
    return found[0] if found else None


def check_profile(signature: etree._Element) -> None:
    """The profile of saml-core 5.4: one reference to the parent's ID, no objects, no other transforms. Raises Refused."""
    parent = signature.getparent()
    if parent is None or [child.tag for child in signature][:2] != [tag(DS, "SignedInfo"), tag(DS, "SignatureValue")]:
        raise Refused("structure", "signature_form")
    rest = [child.tag for child in signature][2:]
    if rest not in ([], [tag(DS, "KeyInfo")]):
        raise Refused("structure", "signature_form")
    info = signature[0]
    if [child.tag for child in info] != [tag(DS, name) for name in ("CanonicalizationMethod", "SignatureMethod", "Reference")]:
        raise Refused("structure", "signature_form")
    reference = info[2]
    if [child.tag for child in reference] != [tag(DS, name) for name in ("Transforms", "DigestMethod", "DigestValue")]:
        raise Refused("structure", "signature_form")
    if reference.get("URI") != f"#{parent.get('ID')}" or not parent.get("ID"):
        raise Refused("structure", "reference")
    transforms = [transform.get("Algorithm") for transform in reference[0]]
    if set(transforms) != algorithms.TRANSFORMS or len(transforms) != 2 or info[0].get("Algorithm") != algorithms.EXCLUSIVE:
        raise Refused("structure", "transforms")


def weak(signature: etree._Element) -> bool:
    """Whether a signature of the profile uses an algorithm that is not accepted."""
    method, reference = signature[0][1], signature[0][2]
    return method.get("Algorithm") not in algorithms.SIGNATURES or reference[1].get("Algorithm") not in algorithms.DIGESTS


def verified(element: etree._Element, certificates: Sequence[Certificate]) -> Signed:
    """What the signature of ``element`` covers, by whichever of the certificates made it. Raises Refused."""
    signature = signature_of(element)
    if signature is None:
        raise Refused("signature", "missing")
    check_profile(signature)
    content = etree.tostring(element)
    for certificate in certificates:
        result = _by(certificate, content)
        if result is None or result.signed_xml is None:
            continue
        if result.signed_xml.tag != element.tag or result.signed_xml.get("ID") != element.get("ID"):
            raise Refused("signature", "other_element")
        return Signed(result.signed_data, certificate)
    raise Refused("signature")


def _by(certificate: Certificate, content: bytes) -> VerifyResult | None:
    """The library's answer for one certificate; its time of validity is a check of its own."""
    config = SignatureConfiguration(
        location="./",
        expect_references=1,
        signature_methods=_METHODS,
        digest_algorithms=frozenset(DigestAlgorithm),
        verification_time=certificate.not_valid_before_utc + timedelta(seconds=1),
    )
    try:
        result = XMLVerifier().verify(content, x509_cert=certificate, expect_config=config, id_attribute="ID", parser=parser())
    except (SignXMLException, etree.LxmlError, ValueError, TypeError, KeyError):
        return None
    return result if isinstance(result, VerifyResult) else None


def sign(element: etree._Element, *, key: RSAPrivateKey, certificate: Certificate) -> etree._Element:
    """The element with an enveloped signature over its ID (RSA with SHA-256)."""
    signer = XMLSigner(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=SignatureMethod.RSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    signed: etree._Element = signer.sign(element, key=key, cert=[certificate], reference_uri=element.get("ID"), id_attribute="ID")
    return signed
