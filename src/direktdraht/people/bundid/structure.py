"""Where things may stand in a response: everything that signature wrapping needs is refused before a signature is read. Pure.

Sources: saml-core 2.3.3, 2.6.1, 3.3.3 and 5.4; saml-profiles 4.1.4.2; Somorovsky et al., On Breaking SAML, USENIX Security
2012 (the eight known kinds of wrapping move or double a signed element; each leaves one of these traces).
"""

from collections.abc import Iterator

from lxml import etree

from direktdraht.people.bundid.names import DS, SAML, SAMLP
from direktdraht.people.bundid.reading import Refused, tag
from direktdraht.people.bundid.signatures import ID_NAMES, check_profile, signature_of

RESPONSE, ASSERTION, ENCRYPTED, ADVICE = (
    tag(SAMLP, "Response"),
    tag(SAML, "Assertion"),
    tag(SAML, "EncryptedAssertion"),
    tag(SAML, "Advice"),
)
SIGNATURE = tag(DS, "Signature")
IN_RESPONSE = {tag(SAML, "Issuer"), SIGNATURE, tag(SAMLP, "Extensions"), tag(SAMLP, "Status"), ASSERTION, ENCRYPTED}
ONCE_IN_ASSERTION = {tag(SAML, name) for name in ("Issuer", "Subject", "Conditions")}
IN_ASSERTION = {*ONCE_IN_ASSERTION, ADVICE, SIGNATURE, *(tag(SAML, name) for name in ("AuthnStatement", "AttributeStatement"))}


def check_response(root: etree._Element) -> None:
    """Refuse a response that is not built as the specification says. Raises Refused."""
    if root.tag != RESPONSE or root.get("Version") != "2.0" or not root.get("ID"):
        raise Refused("structure", "no_response")
    children = [child.tag for child in root]
    if not IN_RESPONSE.issuperset(children) or children.count(tag(SAMLP, "Status")) != 1 or children.count(tag(SAML, "Issuer")) > 1:
        raise Refused("structure", "children")
    if children.count(ASSERTION) + children.count(ENCRYPTED) > 1:
        raise Refused("structure", "assertions")
    check_ids(root)
    check_places(root)


def check_assertion(assertion: etree._Element) -> None:
    """Refuse an assertion that is not built as the specification says, or comes from elsewhere. Raises Refused."""
    if assertion.tag != ASSERTION or assertion.get("Version") != "2.0" or not assertion.get("ID"):
        raise Refused("structure", "no_assertion")
    children = [child.tag for child in assertion]
    # saml-profiles 4.1.4.2: without a statement on the sign-in nobody signed in.
    if not IN_ASSERTION.issuperset(children) or tag(SAML, "AuthnStatement") not in children:
        raise Refused("structure", "children")
    if any(children.count(name) != 1 for name in ONCE_IN_ASSERTION):
        raise Refused("structure", "children")
    check_ids(assertion)
    check_places(assertion)


def check_ids(root: etree._Element) -> None:
    """Every ID stands once, and no attribute pretends to be one from another namespace (XML-DSig 4.4.3.2). Raises Refused."""
    seen: set[str] = set()
    for node in root.iter():
        for name, value in node.attrib.items():
            local = etree.QName(name)
            if local.localname.lower() not in ID_NAMES:
                continue
            if local.namespace or value in seen:
                raise Refused("structure", "ids")
            seen.add(str(value))


def check_places(top: etree._Element) -> None:
    """Below ``top``, assertions stand in its first row or inside advice, signatures below what they sign. Raises Refused."""
    for node in top.iter():
        name, parent = etree.QName(node).localname, node.getparent()
        if node is top:
            continue
        in_row = parent is top and top.tag == RESPONSE and node.tag in {ASSERTION, ENCRYPTED}
        in_advice = parent is not None and parent.tag == ADVICE and node.tag in {ASSERTION, ENCRYPTED}
        if name in {"Response", "Assertion", "EncryptedAssertion"} and not (in_row or in_advice):
            raise Refused("structure", "assertions")
        if name == "Signature" and (node.tag != SIGNATURE or parent is None or parent.tag not in {RESPONSE, ASSERTION}):
            raise Refused("structure", "misplaced")
    for element in used(top):
        signature = signature_of(element)
        if signature is not None:
            check_profile(signature)


def used(root: etree._Element) -> Iterator[etree._Element]:
    """The elements whose signature counts: the root, and an assertion directly below it."""
    yield root
    yield from root.findall(ASSERTION)
