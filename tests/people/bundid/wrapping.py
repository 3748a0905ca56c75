"""Signature wrapping: a signed answer is taken apart and put together again around a forged person.

XSW1 to XSW8 are numbered as in Somorovsky et al., On Breaking SAML (USENIX Security 2012); the rest came later.
"""

import copy
from collections.abc import Callable

from lxml import etree
from tests.people.bundid.provider import DSIG, EXCLUSIVE, Provider, Said, assertion, response

S = {"samlp": "urn:oasis:names:tc:SAML:2.0:protocol", "saml": "urn:oasis:names:tc:SAML:2.0:assertion", "ds": DSIG}
XPATH = (
    f'<ds:Transform Algorithm="{DSIG}enveloped-signature"/><ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">'
    f'<ds:XPath>true()</ds:XPath></ds:Transform><ds:Transform Algorithm="{EXCLUSIVE}"/>'
)
Tree = etree._Element


def one(tree: Tree, path: str) -> Tree:
    """The first element at a path."""
    found = tree.find(path, S)
    if found is None:
        raise ValueError(path)
    return found


def text(tree: Tree) -> str:
    """A tree as text."""
    return etree.tostring(tree, encoding="unicode")


def tree_of(message: str) -> Tree:
    """A message as a tree."""
    return etree.fromstring(message.encode())


def forged(tree: Tree, new_id: str) -> Tree:
    """A copy that speaks of somebody else and carries another ID, without a signature."""
    evil = copy.deepcopy(tree)
    evil.set("ID", new_id)
    for signature in evil.findall("ds:Signature", S) + evil.findall("saml:Assertion/ds:Signature", S):
        parent = signature.getparent()
        if parent is not None:
            parent.remove(signature)
    for value in evil.iter(f"{{{S['saml']}}}AttributeValue"):
        value.text = "Boese"
    return evil


def by_response(build: Callable[[Tree, Tree, Tree], Tree]) -> Callable[[Provider], str]:
    """An attack on a signed response: ``build`` gets the original, its signature (taken out) and the forgery."""

    def make(provider: Provider) -> str:
        original = tree_of(provider.sign(response(Said()), "_r1"))
        evil = forged(original, "_evil")
        signature = one(original, "ds:Signature")
        original.remove(signature)
        return text(build(original, signature, evil))

    return make


def by_assertion(build: Callable[[Tree, Tree, Tree, Tree], None], evil_id: str = "_evil") -> Callable[[Provider], str]:
    """An attack on a signed assertion: ``build`` gets response, original and its signature (both taken out) and the forgery."""

    def make(provider: Provider) -> str:
        root = tree_of(provider.sign(response(Said())))
        original = one(root, "saml:Assertion")
        root.remove(original)
        evil = forged(original, evil_id)
        signature = one(original, "ds:Signature")
        original.remove(signature)
        build(root, original, signature, evil)
        return text(root)

    return make


def xsw1(original: Tree, signature: Tree, evil: Tree) -> Tree:
    signature.append(original)
    evil.insert(1, signature)
    return evil


def xsw2(original: Tree, signature: Tree, evil: Tree) -> Tree:
    evil.insert(1, original)
    evil.insert(2, signature)
    return evil


def xsw3(root: Tree, original: Tree, signature: Tree, evil: Tree) -> None:
    original.insert(1, signature)
    root.append(evil)
    root.append(original)


def xsw4(root: Tree, original: Tree, signature: Tree, evil: Tree) -> None:
    original.insert(1, signature)
    evil.append(original)
    root.append(evil)


def xsw5(root: Tree, original: Tree, signature: Tree, evil: Tree) -> None:
    evil.insert(1, signature)
    root.append(evil)
    root.append(original)


def xsw6(root: Tree, original: Tree, signature: Tree, evil: Tree) -> None:
    signature.append(original)
    evil.insert(1, signature)
    root.append(evil)


def xsw7(root: Tree, original: Tree, signature: Tree, evil: Tree) -> None:
    original.insert(1, signature)
    extensions = etree.Element(f"{{{S['samlp']}}}Extensions")
    extensions.append(original)
    root.insert(1, extensions)
    root.append(evil)


def xsw8(root: Tree, original: Tree, signature: Tree, evil: Tree) -> None:
    holder = etree.SubElement(signature, f"{{{DSIG}}}Object")
    holder.append(original)
    evil.insert(1, signature)
    root.append(evil)


def in_advice(root: Tree, original: Tree, signature: Tree, evil: Tree) -> None:
    original.insert(1, signature)
    advice = etree.Element(f"{{{S['saml']}}}Advice")
    advice.append(original)
    evil.insert(3, advice)
    root.append(evil)


def advice_with_signature_outside(root: Tree, original: Tree, signature: Tree, evil: Tree) -> None:
    advice = etree.Element(f"{{{S['saml']}}}Advice")
    advice.append(original)
    evil.insert(1, signature)
    evil.insert(4, advice)
    root.append(evil)


def forgery_after(root: Tree, original: Tree, signature: Tree, evil: Tree) -> None:
    original.insert(1, signature)
    root.append(original)
    root.append(evil)


def in_attribute(root: Tree, original: Tree, signature: Tree, evil: Tree) -> None:
    original.insert(1, signature)
    one(evil, ".//saml:AttributeValue").append(original)
    root.append(evil)


def other_namespace(root: Tree, original: Tree, signature: Tree, evil: Tree) -> None:
    original.insert(1, signature)
    root.append(original)
    alien = etree.SubElement(root, "{urn:x}Assertion")
    alien.extend(list(evil))


def id_in_namespace(root: Tree, original: Tree, signature: Tree, evil: Tree) -> None:
    original.insert(1, signature)
    root.append(original)
    one(original, "saml:Subject").set(f"{{{S['samlp']}}}ID", "_evil")


def two_signed_infos(root: Tree, original: Tree, signature: Tree, evil: Tree) -> None:
    signature.insert(0, copy.deepcopy(signature[0]))
    original.insert(1, signature)
    root.append(original)


def two_references(root: Tree, original: Tree, signature: Tree, evil: Tree) -> None:
    signature[0].append(copy.deepcopy(signature[0][2]))
    original.insert(1, signature)
    root.append(original)


def two_signatures(root: Tree, original: Tree, signature: Tree, evil: Tree) -> None:
    original.insert(1, signature)
    original.insert(1, copy.deepcopy(signature))
    root.append(original)


def signature_beside(root: Tree, original: Tree, signature: Tree, evil: Tree) -> None:
    one(original, "saml:Subject").append(signature)
    root.append(original)


def response_in_response(original: Tree, signature: Tree, evil: Tree) -> Tree:
    original.insert(1, signature)
    one(evil, "samlp:Status").append(original)
    return evil


def inner_broken(provider: Provider) -> str:
    """A response signed over an assertion whose own signature was broken before."""
    return provider.sign(provider.sign(response(Said())).replace(">Weber<", ">Anders<"), "_r1")


def ciphertext_changed(provider: Provider) -> str:
    """One byte of the encrypted assertion is another one."""
    root = tree_of(response(Said(), provider.encrypt(assertion(Said()))))
    values = list(root.iter("{http://www.w3.org/2001/04/xmlenc#}CipherValue"))
    plain = "".join((values[-1].text or "").split())
    values[-1].text = plain[:40] + ("A" if plain[40] != "A" else "B") + plain[41:]
    return text(root)


def relative_namespace(provider: Provider) -> str:
    """A relative name, on which canonical forms fail; some readers then sign nothing at all."""
    return provider.sign(response(Said())).replace("<saml:Subject>", '<saml:Subject xmlns:x="1"><x:y/>', 1)


def silent_response(provider: Provider) -> str:
    """A signed response that does not say from whom it is."""
    root = tree_of(provider.sign(response(Said())))
    issuer = one(root, "saml:Issuer")
    issuer.text = ""
    return provider.sign(text(root).replace("<saml:Issuer/>", "<saml:Issuer></saml:Issuer>", 1), "_r1")


def no_sign_in(provider: Provider) -> str:
    """An assertion about somebody who did not sign in."""
    root = tree_of(response(Said()))
    found = one(root, "saml:Assertion")
    found.remove(one(found, "saml:AuthnStatement"))
    return provider.sign(text(root))


def typed(provider: Provider) -> str:
    """Values with types whose prefix is declared on the response, and listed for the canonical form."""
    names = 'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    message = response(Said()).replace("<samlp:Response ", f"<samlp:Response {names} ", 1)
    message = message.replace("<saml:AttributeValue>", '<saml:AttributeValue xsi:type="xs:string">')
    listed = f'<ec:InclusiveNamespaces xmlns:ec="{EXCLUSIVE}" PrefixList="xs saml"/>'
    transforms = f'<ds:Transform Algorithm="{DSIG}enveloped-signature"/><ds:Transform Algorithm="{EXCLUSIVE}">{listed}</ds:Transform>'
    return provider.sign(message, transforms=transforms)


SIGNED_ALREADY = "dsig 8.1: see what is signed"
ATTACKS: list[tuple[str, Callable[[Provider], str], str, str]] = [
    ("XSW1: original response inside the signature", by_response(xsw1), "structure", SIGNED_ALREADY),
    ("XSW2: original response beside the signature", by_response(xsw2), "structure", SIGNED_ALREADY),
    ("XSW3: forged assertion before the original", by_assertion(xsw3), "structure", "core 3.3.3, prof 4.1.4.2"),
    ("XSW4: original inside the forged assertion", by_assertion(xsw4), "structure", "core 2.3.3"),
    ("XSW5: signature moved to the forgery", by_assertion(xsw5), "structure", "core 5.4.2"),
    ("XSW6: original inside the moved signature", by_assertion(xsw6), "structure", "core 5.4.2"),
    ("XSW7: original inside extensions", by_assertion(xsw7), "structure", "core 3.2.2"),
    ("XSW8: original inside an object of the signature", by_assertion(xsw8), "structure", "core 5.4.1"),
    ("XSW5 with the ID of the original", by_assertion(xsw5, "_a1"), "structure", "dsig 4.4.3.2"),
    ("XSW8 with the ID of the original", by_assertion(xsw8, "_a1"), "structure", "dsig 4.4.3.2"),
    ("original inside advice", by_assertion(in_advice), "signature", "core 2.6.1"),
    ("original inside advice, its signature on the forgery", by_assertion(advice_with_signature_outside), "structure", "core 5.4.2"),
    ("original inside advice, same ID", by_assertion(advice_with_signature_outside, "_a1"), "structure", "dsig 4.4.3.2"),
    ("forged assertion after the original", by_assertion(forgery_after), "structure", "prof 4.1.4.2"),
    ("original inside an attribute", by_assertion(in_attribute), "structure", "core 2.3.3"),
    ("forged assertion in another namespace", by_assertion(other_namespace), "structure", "core 3.2.2"),
    ("an ID in another namespace", by_assertion(id_in_namespace), "structure", "core 1.3.4"),
    ("two SignedInfo", by_assertion(two_signed_infos), "structure", "dsig 4.2"),
    ("two references", by_assertion(two_references), "structure", "core 5.4.2"),
    ("two signatures", by_assertion(two_signatures), "structure", "core 2.3.3"),
    ("the signature lies deeper", by_assertion(signature_beside), "structure", "core 5.4.1"),
    ("a response inside the response", by_response(response_in_response), "structure", "core 3.3.3"),
]
