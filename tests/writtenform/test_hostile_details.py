"""Small changes to good files that slipped through once: each is a finding, none a fault."""

from asn1crypto import cms

from direktdraht.writtenform.checks import CheckResult
from direktdraht.writtenform.signatures.checking import check_signature
from direktdraht.writtenform.signatures.trust import read_trust
from tests.writtenform import papers
from tests.writtenform.pki import AT
from tests.writtenform.world import World


def checked(pdf: bytes, world: World) -> CheckResult:
    """The result, with the root trusted."""
    return check_signature(pdf, read_trust(world.roots_only), at=AT)


def repeated_end(pdf: bytes) -> bytes:
    """The file with its own last lines once more: every reader still finds the same revision."""
    return pdf + pdf[pdf.rindex(b"startxref") :]


def test_an_end_that_is_repeated_belongs_to_no_revision(world: World) -> None:
    result = checked(repeated_end(papers.signed_by(world.kim)), world)

    assert (result.valid, result.coverage, result.outcome("changes")) == (False, "partial", False)


def test_an_end_that_is_repeated_after_a_timestamp_is_noticed_too(world: World) -> None:
    archived = papers.stamped(papers.signed_by(world.kim), world.service)

    assert checked(archived, world).valid
    assert not checked(repeated_end(archived), world).valid


def with_broken_certificate(pdf: bytes, der: bytes, begin: bytes, replaced: bytes) -> bytes:
    """The file with one certificate inside the signature damaged; the bytes of a signature are not signed."""
    written = der.hex().encode()
    place = pdf.lower().index(written)
    damaged = der.replace(begin, replaced, 1).hex().encode()
    assert len(damaged) == len(written)
    return pdf[:place] + damaged + pdf[place + len(written) :]


def test_a_damaged_certificate_of_an_issuer_helps_nobody_and_stops_nothing(world: World) -> None:
    signed = papers.signed_by(world.kim)

    # The country's or name's tag becomes one that no name has.
    result = checked(with_broken_certificate(signed, world.issuer.der, b"\x06\x03\x55\x04\x03", b"\x46\x03\x55\x04\x03"), world)

    assert (result.valid, result.outcome("integrity"), result.outcome("certificate-chain")) == (False, True, False)


def test_a_damaged_certificate_of_the_signer_is_a_broken_signature(world: World) -> None:
    signed = papers.signed_by(world.kim)

    result = checked(with_broken_certificate(signed, world.kim.der, b"240101000000Z", b"2401010000j0Z"), world)

    assert (result.valid, result.outcome("integrity")) == (False, False)
    assert result.signers[0].subject == "unbekannt"


def test_bytes_of_zero_behind_the_signature_inside_its_place_are_no_change(world: World) -> None:
    signed = papers.signed_by(world.kim)
    begin = signed.rindex(b"/Contents <") + len(b"/Contents <")

    padded = bytes.fromhex(signed[begin : signed.index(b">", begin)].decode())

    assert len(cms.ContentInfo.load(padded).dump()) < len(padded)
    assert checked(signed, world).valid
