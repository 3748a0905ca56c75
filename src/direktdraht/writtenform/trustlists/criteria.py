"""Which certificates of a service the qualifiers of a list mean (ETSI TS 119 612, clause 5.5.9.2)."""

from collections.abc import Iterator

from asn1crypto import x509
from lxml import etree

from direktdraht.writtenform.trustlists.model import Criterion, Qualification

SIE = "http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#"
_NAMES = {"s": SIE, "x": "http://uri.etsi.org/02231/v2/additionaltypes#", "a": "http://uri.etsi.org/01903/v1.3.2#"}

_USAGE_BITS = {
    "digitalSignature": "digital_signature",
    "nonRepudiation": "non_repudiation",
    "keyEncipherment": "key_encipherment",
    "dataEncipherment": "data_encipherment",
    "keyAgreement": "key_agreement",
    "keyCertSign": "key_cert_sign",
    "crlSign": "crl_sign",
    "encipherOnly": "encipher_only",
    "decipherOnly": "decipher_only",
}


def qualifications_of(extensions: etree._Element | None) -> Iterator[Qualification]:
    """The qualifications in the extensions of a service."""
    if extensions is None:
        return
    for element in extensions.iterfind(".//s:QualificationElement", _NAMES):
        qualifiers = {str(one.get("uri", "")).rsplit("/", 1)[-1] for one in element.iterfind("s:Qualifiers/s:Qualifier", _NAMES)}
        criteria = element.find("s:CriteriaList", _NAMES)
        yield Qualification(frozenset(qualifiers), _unknown if criteria is None else criterion_of(criteria))


def criterion_of(node: etree._Element) -> Criterion:
    """The criterion in a ``CriteriaList``; an unknown kind inside makes the answer unknown where it matters."""
    kind = node.get("assert", "all")
    parts = [_part(child) for child in node if etree.QName(child).localname != "Description"]
    if kind not in {"all", "atLeastOne", "none"}:
        return _unknown

    def meets(certificate: x509.Certificate) -> bool | None:
        outcomes = [part(certificate) for part in parts]
        if kind == "all":
            return _all(outcomes)
        one = _any(outcomes)
        return one if kind == "atLeastOne" else (None if one is None else not one)

    return meets


def _all(outcomes: list[bool | None]) -> bool | None:
    if False in outcomes:
        return False
    return None if None in outcomes else True


def _any(outcomes: list[bool | None]) -> bool | None:
    if True in outcomes:
        return True
    return None if None in outcomes else False


def _unknown(certificate: x509.Certificate) -> None:  # has the form of a criterion
    return None


def _part(node: etree._Element) -> Criterion:
    name = etree.QName(node).localname
    if name == "CriteriaList":
        return criterion_of(node)
    if name == "KeyUsage":
        return _key_usage(node)
    if name == "PolicySet":
        return _policies(node)
    if name == "otherCriteriaList" and len(node):
        parts = [_other(child) for child in node]
        return lambda certificate: _all([part(certificate) for part in parts])
    return _unknown


def _key_usage(node: etree._Element) -> Criterion:
    wanted = {str(bit.get("name")): (bit.text or "").strip().lower() in {"true", "1"} for bit in node.iterfind("s:KeyUsageBit", _NAMES)}
    if not wanted.keys() <= _USAGE_BITS.keys():
        return _unknown

    def meets(certificate: x509.Certificate) -> bool:
        usage = certificate.key_usage_value.native if certificate.key_usage_value else set()
        return all((_USAGE_BITS[name] in usage) == value for name, value in wanted.items())

    return meets


def _policies(node: etree._Element) -> Criterion:
    wanted = {_identifier(one) for one in node.iterfind("s:PolicyIdentifier/a:Identifier", _NAMES)}

    def meets(certificate: x509.Certificate) -> bool:
        found = {policy["policy_identifier"].dotted for policy in certificate.certificate_policies_value or ()}
        return bool(wanted) and wanted <= found

    return meets


def _other(node: etree._Element) -> Criterion:
    wanted = {_identifier(one) for one in node.iterfind(".//a:Identifier", _NAMES)}
    name = etree.QName(node).localname
    if name == "ExtendedKeyUsage":
        return lambda one: wanted <= {use.dotted for use in one.extended_key_usage_value or ()}
    if name == "CertSubjectDNAttribute":
        return lambda one: wanted <= {pair["type"].dotted for rdn in one.subject.chosen for pair in rdn}
    return _unknown


def _identifier(node: etree._Element) -> str:
    return (node.text or "").strip().removeprefix("urn:oid:")
