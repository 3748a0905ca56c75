"""Revocation lists of an authority that a trusted list names: its own issuer is unknown, and its lists count all the same."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from asn1crypto import crl
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from direktdraht.writtenform.checks import CheckResult
from direktdraht.writtenform.signatures.anchor_crls import revoked_by
from direktdraht.writtenform.signatures.checking import check_signature
from direktdraht.writtenform.signatures.trust import read_trust
from tests.writtenform import lists, pki
from tests.writtenform.lists import Listed, Plan
from tests.writtenform.papers import signed_by
from tests.writtenform.pki import AT, Holder
from tests.writtenform.world import World

EARLIER, LATER = AT - timedelta(days=2), AT + timedelta(days=2)


def checked(world: World, listed: bytes) -> CheckResult:
    """Robin's letter, checked with the list, its signer and a revocation list; no root is at hand."""
    files = {"de.xml": lists.trusted_list(Plan([Listed(world.issuer)]), world.list_signer), "stelle.pem": world.list_signer.pem}
    return check_signature(signed_by(world.robin), read_trust({**files, "sperrliste.crl": listed}), at=AT)


def test_a_certificate_that_the_list_does_not_name_was_not_revoked(world: World) -> None:
    result = checked(world, pki.crl_of(world.issuer))

    assert (result.valid, result.qualified, result.outcome("revocation")) == (True, True, True)


def test_a_certificate_that_the_list_names_is_neither_valid_nor_qualified(world: World) -> None:
    result = checked(world, pki.crl_of(world.issuer, (world.robin, EARLIER)))

    assert (result.valid, result.qualified, result.outcome("revocation")) == (False, False, False)


def test_a_stale_list_still_shows_that_a_certificate_was_revoked(world: World) -> None:
    old = AT - timedelta(days=300)
    listed = pki.crl_of(world.issuer, (world.robin, old), this_update=old, next_update=old + timedelta(days=7))

    assert checked(world, listed).outcome("revocation") is False


def partial(issuer: Holder, *extensions: x509.ExtensionType) -> bytes:
    """An empty list with critical extensions."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject).last_update(EARLIER).next_update(LATER)
    for extension in extensions:
        builder = builder.add_extension(extension, critical=True)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def part(**about: object) -> x509.IssuingDistributionPoint:
    """What a list is about."""
    whole: dict[str, object] = {
        "full_name": None,
        "relative_name": None,
        "only_contains_user_certs": False,
        "only_contains_ca_certs": False,
        "only_some_reasons": None,
        "indirect_crl": False,
        "only_contains_attribute_certs": False,
    }
    return x509.IssuingDistributionPoint(**{**whole, **about})  # type: ignore[arg-type]  # names of the extension


@pytest.mark.parametrize(
    ("extensions", "answer"),
    [
        ([part(only_contains_user_certs=True)], True),
        ([part(only_contains_ca_certs=True)], None),
        ([part(only_contains_attribute_certs=True)], None),
        ([part(indirect_crl=True)], None),
        ([part(only_some_reasons=frozenset({x509.ReasonFlags.key_compromise}))], None),
        ([part(full_name=[x509.UniformResourceIdentifier("http://anders.example/")])], None),
        ([x509.DeltaCRLIndicator(7)], None),
        ([x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")], None),
    ],
    ids=["persons", "authorities", "attributes", "indirect", "some-reasons", "other-place", "delta", "unknown"],
)
def test_a_list_about_others_says_nothing(world: World, extensions: Sequence[x509.ExtensionType], answer: bool | None) -> None:
    listed = crl.CertificateList.load(partial(world.issuer, *extensions))

    assert revoked_by(world.issuer.asn1, world.robin.asn1, [listed], AT) == (answer, None)


@pytest.mark.parametrize(
    ("when", "answer"),
    [(AT - timedelta(days=3), (True, None)), (AT, (False, AT)), (LATER, (False, AT)), (AT + timedelta(days=30), (False, AT))],
)
def test_a_revocation_counts_from_its_instant_on(world: World, when: datetime, answer: tuple[bool, datetime | None]) -> None:
    listed = crl.CertificateList.load(pki.crl_of(world.issuer, (world.robin, AT)))

    assert revoked_by(world.issuer.asn1, world.robin.asn1, [listed], when) == answer


def test_a_list_that_is_forged_or_of_another_authority_says_nothing(world: World) -> None:
    namesake = pki.authority("Ausstellung Musterland")
    forged = crl.CertificateList.load(pki.crl_of(namesake, (world.robin, EARLIER)))
    strange = crl.CertificateList.load(pki.crl_of(world.root, (world.robin, EARLIER)))
    stale = crl.CertificateList.load(pki.crl_of(world.issuer, this_update=EARLIER, next_update=AT - timedelta(hours=1)))

    assert revoked_by(world.issuer.asn1, world.robin.asn1, [forged, strange, stale], AT) == (None, None)
