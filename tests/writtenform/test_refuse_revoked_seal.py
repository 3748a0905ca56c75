"""A seal whose certificate was revoked seals nothing, whichever way the answer comes."""

from datetime import timedelta

import pytest
from asn1crypto import crl, ocsp, tsp
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import AuthorityInformationAccessOID
from pyhanko.sign.timestamps import TimeStamper

from direktdraht.writtenform.signatures.revocation import is_named_revoked
from direktdraht.writtenform.signatures.sealing import Pkcs12Key, SealProblem, seal_pdf
from tests.writtenform import pki, signing
from tests.writtenform.papers import paper
from tests.writtenform.pki import AT, Holder
from tests.writtenform.world import World

OCSP, CRL = "http://ocsp.example/", "http://crl.example/"


@pytest.fixture(scope="module")
def seal(world: World) -> Holder:
    """A seal that names both ways to ask for its revocation."""
    place = x509.UniformResourceIdentifier
    return pki.person(
        world.issuer,
        "Stadt Musterstadt",
        extensions=[
            x509.AuthorityInformationAccess([x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place(OCSP))]),
            x509.CRLDistributionPoints([x509.DistributionPoint([place(CRL)], None, None, None)]),
        ],
    )


class Stamps(TimeStamper):  # type: ignore[misc]  # pyHanko has no types
    """A time-stamping service without a wire."""

    def __init__(self, service: Holder) -> None:
        super().__init__(include_nonce=False)
        self.service = service

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """A token at the instant of the cases."""
        token = signing.token_for_digest(req["message_imprint"]["hashed_message"].native, self.service, at=AT)
        return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": tsp.ContentInfo.load(token)})


def key_of(holder: Holder) -> Pkcs12Key:
    """The seal from its file."""
    assert isinstance(holder.key, ec.EllipticCurvePrivateKey)
    above = [one.certificate for one in holder.above]
    return Pkcs12Key(pkcs12.serialize_key_and_certificates(b"", holder.key, holder.certificate, above, BestAvailableEncryption(b"x")), "x")


@pytest.mark.parametrize("way", ["ocsp", "crl"])
def test_a_revoked_seal_seals_nothing(way: str, world: World, seal: Holder) -> None:
    since = AT - timedelta(days=1)

    def ask(address: str, body: bytes | None, content_type: str) -> bytes:
        if address == OCSP and way == "ocsp":
            return pki.ocsp_of(seal, revoked_at=since)
        if address == CRL:
            return pki.crl_of(world.issuer, (seal, since))
        raise OSError(address)

    with pytest.raises(SealProblem, match="gesperrt"):
        seal_pdf(paper(), key_of(seal), reason="Bescheid", at=AT, timestamper=Stamps(world.service), ask=ask)


def test_an_answer_that_does_not_name_the_seal_stops_nothing(world: World, seal: Holder) -> None:
    empty = crl.CertificateList.load(pki.crl_of(world.issuer))
    of_another_issuer = crl.CertificateList.load(pki.crl_of(world.root, (seal, AT)))
    good = ocsp.OCSPResponse.load(pki.ocsp_of(seal))

    assert not is_named_revoked(seal.asn1, [empty, of_another_issuer], [good])
    assert is_named_revoked(seal.asn1, [crl.CertificateList.load(pki.crl_of(world.issuer, (seal, AT)))], [])
