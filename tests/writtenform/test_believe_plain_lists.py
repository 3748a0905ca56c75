"""Lists with a plain XML signature, without the properties of XAdES: believed only from a known certificate, and only whole."""

import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree
from signxml import methods
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.signer import XMLSigner

from direktdraht.writtenform.trustlists.believing import believed_list
from direktdraht.writtenform.trustlists.xml import ListProblem
from tests.writtenform import lists
from tests.writtenform.lists import Listed, Plan
from tests.writtenform.pki import Holder
from tests.writtenform.world import World


def plain_list(world: World, signer: Holder, *, part: str | None = None, digest: DigestAlgorithm = DigestAlgorithm.SHA256) -> bytes:
    """A list with a plain signature over all of it, or over one part."""
    root = etree.fromstring(lists._text(Plan([Listed(world.issuer)])).encode())
    private = signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    signing = XMLSigner(method=methods.enveloped, signature_algorithm=SignatureMethod.ECDSA_SHA256, digest_algorithm=digest)
    if part:
        root[0].set("Id", part)
    signed = signing.sign(root, key=private, cert=signer.pem.decode(), reference_uri=part, always_add_key_value=False)
    whole: bytes = etree.tostring(signed)
    return whole


def test_a_known_certificate_signs_a_whole_list(world: World) -> None:
    found = believed_list(plain_list(world, world.list_signer), [world.list_signer.asn1])

    assert (found.territory, len(found.services)) == ("DE", 1)


def test_a_stranger_signs_nothing(world: World) -> None:
    with pytest.raises(ListProblem, match="keiner bekannten Stelle"):
        believed_list(plain_list(world, world.robin), [world.list_signer.asn1])


def test_a_changed_list_is_not_believed(world: World) -> None:
    data = plain_list(world, world.list_signer).replace(b"/granted", b"/GRANTED")

    with pytest.raises(ListProblem, match="verändert"):
        believed_list(data, [world.list_signer.asn1])


def test_a_signature_over_a_part_covers_no_list(world: World) -> None:
    with pytest.raises(ListProblem, match="verändert"):
        believed_list(plain_list(world, world.list_signer, part="scheme"), [world.list_signer.asn1])


def test_a_damaged_certificate_of_a_signer_is_passed_over(world: World) -> None:
    der = world.list_signer.der
    another_key = der.replace(bytes.fromhex("2a8648ce3d0201"), bytes.fromhex("2a8648ce420201"))
    another_version = der.replace(bytes.fromhex("a003020102"), bytes.fromhex("a003020142"), 1)
    damaged = [x509.Certificate.load(one) for one in (another_key, another_version)]

    assert der not in (another_key, another_version)
    assert believed_list(plain_list(world, world.list_signer), [*damaged, world.list_signer.asn1]).territory == "DE"
