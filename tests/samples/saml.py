"""Real SAML answers below ``SAMPLES_DIR``: of 2014 to 2020, from test suites of two other libraries, with what is right for each.

``broken`` lists every check that must not hold, in the order of the report. Most answers are signed with SHA-1: the
signature itself is right ("signature" is not listed), but the algorithm is not accepted any more ("algorithms").
"""

import os
from dataclasses import dataclass

SAMPLES = os.environ.get("SAMPLES_DIR", "")
NODE = "bundid/node-saml/signatures/valid/response.root-"
PYTHON = "bundid/python3-saml/responses/"


@dataclass(frozen=True)
class Sample:
    """A file and the checks that do not hold for it; ``why`` says so in words."""

    path: str
    broken: tuple[str, ...]
    why: str


# None of these names an audience (saml-profiles 4.1.4.2), and their certificate was valid for one month of 2015.
SHA256, SHA1 = ("certificate", "audience"), ("algorithms", "certificate", "audience")
NODE_SAML = [
    Sample(f"{NODE}signed.assertion-signed.1advice-signed.xml", SHA256, "both signed, SHA-256; signed advice is no second assertion"),
    Sample(f"{NODE}signed.assertion-signed.2advice-signed.xml", SHA256, "as before, with two pieces of advice"),
    Sample(f"{NODE}unsigned.assertion-signed.1advice-signed.xml", SHA256, "assertion signed, SHA-256"),
    Sample(f"{NODE}signed.assertion-signed.1advice-unsigned.xml", SHA1, "unsigned advice lies under the signature"),
    Sample(f"{NODE}signed.assertion-signed.2advice-unsigned.xml", SHA1, "as before, with two pieces of advice"),
    Sample(f"{NODE}signed.assertion-signed.xml", SHA1, "both signed"),
    Sample(f"{NODE}signed.assertion-unsigned-13-signature.xml", SHA1, "line ends as decimal references"),
    Sample(f"{NODE}signed.assertion-unsigned-13.xml", SHA1, "line ends as decimal references"),
    Sample(f"{NODE}signed.assertion-unsigned-xd-signature.xml", SHA1, "line ends as hexadecimal references"),
    Sample(f"{NODE}signed.assertion-unsigned-xd.xml", SHA1, "line ends as hexadecimal references"),
    Sample(f"{NODE}signed.assertion-unsigned.1advice-unsigned.xml", SHA1, "response signed"),
    Sample(f"{NODE}signed.assertion-unsigned.2advice-unsigned.xml", SHA1, "response signed"),
    Sample(f"{NODE}signed.assertion-unsigned.xml", SHA1, "response signed"),
    Sample(f"{NODE}unsigned.assertion-signed.1advice-unsigned.xml", SHA1, "assertion signed"),
    Sample(f"{NODE}unsigned.assertion-signed.xml", SHA1, "assertion signed"),
    Sample(f"{NODE}signed.assertion-unsigned-encrypted.xml", ("decryption", "algorithms", "certificate"), "its private key is unknown"),
]
# Their certificate was valid in summer 2007 only, and has 1,024 bits.
OLD = ("algorithms", "certificate")
PYTHON3_SAML = [
    Sample(f"{PYTHON}signed_message_response.xml.base64", OLD, "response signed"),
    Sample(f"{PYTHON}signed_assertion_response.xml.base64", OLD, "assertion signed"),
    Sample(f"{PYTHON}double_signed_response.xml.base64", (*OLD, "time"), "both signed; ended on 21 March 2014"),
    Sample(f"{PYTHON}valid_response.xml.base64", (*OLD, "issuer", "audience"), "signed, from and for somebody else"),
    Sample(f"{PYTHON}expired_response.xml.base64", ("signature",), "not signed"),
    Sample(f"{PYTHON}unsigned_response.xml.base64", ("signature",), "not signed"),
    Sample(f"{PYTHON}invalids/bad_reference.xml.base64", ("signature",), "changed after it was signed"),
    Sample(f"{PYTHON}invalids/duplicated_attributes.xml.base64", (*OLD, "attributes"), "an attribute stands twice"),
    Sample(f"{PYTHON}invalids/invalid_audience.xml.base64", ("signature",), "not signed"),
    Sample(f"{PYTHON}invalids/invalid_subjectconfirmation_inresponse.xml.base64", ("signature",), "not signed"),
    Sample(f"{PYTHON}invalids/invalid_subjectconfirmation_noa.xml.base64", ("signature",), "not signed"),
    Sample(f"{PYTHON}invalids/invalid_subjectconfirmation_recipient.xml.base64", ("signature",), "not signed"),
    Sample(f"{PYTHON}invalids/multiple_assertions.xml.base64", ("structure",), "two assertions"),
    Sample(f"{PYTHON}invalids/no_signature.xml.base64", ("signature",), "not signed"),
    Sample(f"{PYTHON}invalids/not_before_failed.xml.base64", ("structure",), "an assertion without a part that it must have"),
    Sample(f"{PYTHON}invalids/signature_wrapping_attack.xml.base64", ("structure",), "an ID stands twice"),
    Sample(f"{PYTHON}invalids/status_code_responder.xml.base64", ("status",), "the provider reports a failure"),
]


@dataclass(frozen=True)
class Place:
    """Where the answers of one suite belong: certificate, sender, receiver and the instant of the check."""

    certificate: str
    issuer: str
    acs: str
    audience: str
    at: str


HOST = "https://pitbulk.no-ip.org"
SUITES = [
    (
        NODE_SAML,
        Place(
            "bundid/node-saml/cert.pem",
            "https://evil-corp.com",
            "https://evil-corp.madness.com/sso/callback",
            "https://stadt.example",
            "2020-09-25T16:30:00Z",
        ),
    ),
    (
        PYTHON3_SAML,
        Place(
            "bundid/python3-saml/customPath/certs/idp.crt",
            f"{HOST}/simplesaml/saml2/idp/metadata.php",
            f"{HOST}/newonelogin/demo1/index.php?acs",
            f"{HOST}/newonelogin/demo1/metadata.php",
            "2014-03-31T01:00:00Z",
        ),
    ),
]


def metadata(certificate: str, issuer: str) -> str:
    """Metadata of a provider with one certificate (PEM)."""
    plain = "".join(line for line in certificate.splitlines() if "-----" not in line)
    return (
        f'<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{issuer}">'
        '<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor>'
        f'<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{plain}</X509Certificate></X509Data></KeyInfo>'
        "</KeyDescriptor></IDPSSODescriptor></EntityDescriptor>"
    )
