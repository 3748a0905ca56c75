"""The seal of the city: made here, confirmed by poppler, with timestamps and revocation data of a service of its own."""

import io
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import x509
from pypdf import PdfReader

from direktdraht.writtenform.signatures.asking import ask_web
from direktdraht.writtenform.signatures.checking import check_signature
from direktdraht.writtenform.signatures.sealing import HttpTimestamper, Pkcs12Key, Sealed, SealProblem, seal_pdf
from direktdraht.writtenform.signatures.trust import read_trust
from tests.writtenform import pki
from tests.writtenform.papers import paper, with_object_streams
from tests.writtenform.services import Service
from tests.writtenform.signature_cases import CASES
from tests.writtenform.world import World

poppler = pytest.mark.skipif(
    not (shutil.which("pdfsig") and shutil.which("certutil")), reason="poppler-utils or libnss3-tools is missing (make setup-system)"
)


@pytest.fixture(scope="module")
def database(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An NSS database for pdfsig that trusts the root."""
    folder = tmp_path_factory.mktemp("nss")
    for words in (["-N", "--empty-password"], ["-A", "-n", "root", "-t", "CT,C,C", "-i", str(service.folder / "root.pem")]):
        subprocess.run(["certutil", *words, "-d", f"sql:{folder}"], check=True, capture_output=True)
    return folder


def sealed(service: Service, *, pdf: bytes | None = None, stamp: bool = True, ask: bool = True) -> Sealed:
    """A letter with the seal."""
    return seal_pdf(
        pdf or paper(),
        service.key,
        reason="Bescheid",
        at=datetime.now(UTC),
        timestamper=service.timestamper if stamp else None,
        ask=ask_web if ask else None,
    )


def said_by_poppler(data: bytes, database: Path, folder: Path) -> str:
    """What pdfsig says; its exit status says nothing."""
    file = folder / "letter.pdf"
    file.write_bytes(data)
    return subprocess.run(["pdfsig", "-nssdir", str(database), str(file)], capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize(("stamp", "ask", "level"), [(False, False, "B-B"), (True, False, "B-T"), (True, True, "B-LT")])
def test_the_level_that_is_reported_is_the_level_that_a_check_finds(service: Service, stamp: bool, ask: bool, level: str) -> None:
    letter = sealed(service, stamp=stamp, ask=ask)

    result = check_signature(letter.data, service.trust, at=datetime.now(UTC))

    assert (letter.level, result.level) == (level, level)
    assert result.valid
    assert [signer.subject for signer in result.signers] == ["Stadt Musterstadt"]
    assert bool(letter.shortfall) == (level != "B-LT")


@poppler
@pytest.mark.parametrize("stamp", [False, True])
def test_poppler_confirms_the_seal(service: Service, database: Path, tmp_path: Path, stamp: bool) -> None:
    said = said_by_poppler(sealed(service, stamp=stamp, ask=False).data, database, tmp_path)

    assert "Signature is Valid." in said
    assert "Certificate is Trusted." in said
    assert "Total document signed" in said


@poppler
def test_poppler_confirms_the_seal_with_stored_revocation_data(service: Service, database: Path, tmp_path: Path) -> None:
    said = said_by_poppler(sealed(service).data, database, tmp_path)

    assert "Signature is Valid." in said
    assert "Certificate is Trusted." in said


@poppler
def test_poppler_and_the_check_reject_a_changed_letter(service: Service, database: Path, tmp_path: Path) -> None:
    changed = sealed(service, stamp=False, ask=False).data.replace(b"/V (100)", b"/V (999)")

    said = said_by_poppler(changed, database, tmp_path)

    assert "Signature is Valid." not in said
    assert not check_signature(changed, service.trust, at=datetime.now(UTC)).valid


@poppler
@pytest.mark.parametrize(
    "name", ["plain", "pdf-2.0", "object-streams", "acrobat-format", "certified-fill", "tampered-text", "tampered-amount"]
)
def test_poppler_agrees_with_the_corpus_about_whole_and_broken(world: World, database: Path, tmp_path: Path, name: str) -> None:
    case = next(case for case in CASES if case.name == f"pdf-{name}")
    made = case.make(world)
    assert isinstance(made, bytes)

    said = said_by_poppler(made, database, tmp_path)

    assert ("Signature is Valid." in said) == case.expected.valid


def test_the_letter_itself_stays_as_it_was_byte_by_byte(service: Service) -> None:
    letter = with_object_streams(paper())

    result = sealed(service, pdf=letter, ask=False)

    assert result.data.startswith(letter)
    assert PdfReader(io.BytesIO(result.data)).pages[0].extract_text().startswith("Hiermit")


def test_a_letter_can_be_sealed_twice(service: Service) -> None:
    twice = sealed(service, pdf=sealed(service, stamp=False, ask=False).data, stamp=False, ask=False)

    result = check_signature(twice.data, service.trust, at=datetime.now(UTC))

    assert (result.valid, len(result.signers), result.coverage) == (True, 2, "whole")


def test_a_service_that_is_down_is_a_clear_problem_and_no_lower_level(service: Service) -> None:
    nobody = HttpTimestamper("http://127.0.0.1:9/tsa", ask_web)

    with pytest.raises(SealProblem, match="Zeitstempeldienst antwortet nicht"):
        seal_pdf(paper(), service.key, reason="Bescheid", at=datetime.now(UTC), timestamper=nobody)


def test_without_answers_about_revocation_the_level_is_lower_and_says_why(service: Service) -> None:
    def nobody(address: str, body: bytes | None, content_type: str) -> bytes:
        raise OSError(address)

    letter = seal_pdf(paper(), service.key, reason="Bescheid", at=datetime.now(UTC), timestamper=service.timestamper, ask=nobody)

    assert (letter.level, letter.shortfall) == ("B-T", "Kein Dienst gab Auskunft zur Sperrung.")


def test_a_seal_that_is_not_valid_yet_seals_nothing(service: Service) -> None:
    with pytest.raises(SealProblem, match="nicht gültig"):
        seal_pdf(paper(), service.key, reason="Bescheid", at=datetime.now(UTC) - timedelta(days=900))


def test_what_is_no_pdf_is_not_sealed(service: Service) -> None:
    with pytest.raises(SealProblem, match="lässt sich nicht siegeln"):
        seal_pdf(b"Guten Tag", service.key, reason="Bescheid", at=datetime.now(UTC))


def test_a_wrong_password_is_one_sentence(service: Service) -> None:
    with pytest.raises(SealProblem, match="mit diesem Kennwort nicht öffnen"):
        Pkcs12Key((service.folder / "seal.p12").read_bytes(), "falsch")


class Card:
    """A key behind another door, as a card would be: it signs, but nobody sees it."""

    def __init__(self, holder: pki.Holder) -> None:
        self._holder = holder
        self.certificate: x509.Certificate = holder.asn1
        self.chain = tuple(one.asn1 for one in holder.above)

    def sign(self, data: bytes) -> bytes:
        """Sign inside."""
        return pki.sign_sha256(self._holder, data)


def test_any_key_with_the_two_properties_seals(world: World) -> None:
    card = Card(pki.person(world.issuer, "Stadt Musterstadt", key=pki.rsa_key(2048)))

    letter = seal_pdf(paper(), card, reason="Bescheid", at=pki.AT)

    assert check_signature(letter.data, read_trust(world.roots_only), at=pki.AT).valid
