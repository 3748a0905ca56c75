"""The seal of the city, looked at by poppler's pdfsig and stamped by openssl: nobody judges itself."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typst
from asn1crypto import x509
from tests.writtenform.authorities import PASSWORD, Authorities, make, openssl

from direktdraht.writtenform.signatures.asking import ask_web
from direktdraht.writtenform.signatures.checking import check_signature
from direktdraht.writtenform.signatures.sealing import HttpTimestamper, Pkcs12Key, Sealed, SealProblem, seal_pdf
from direktdraht.writtenform.signatures.trust import Trust, read_trust

LETTER = '#set page(paper: "a4")\n#set document(date: none)\n= Bescheid\n#lorem(120)\n#pagebreak()\n= Rechtsbehelf\n#lorem(80)'
REASON = "Bescheid 2026-000123"
needs_pdfsig = pytest.mark.skipif(
    not (shutil.which("pdfsig") and shutil.which("certutil")), reason="poppler-utils or libnss3-tools is missing (make setup-system)"
)


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authorities]:
    """Authorities in a process of their own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = make(tmp_path_factory.mktemp("authorities"), f"http://127.0.0.1:{port}")
    process = subprocess.Popen([sys.executable, "-m", "sandbox.trust_service", str(made.folder), "--port", str(port)])
    wait_for(port)
    yield made
    process.terminate()
    process.wait(10)


def wait_for(port: int) -> None:
    """Until somebody listens."""
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(str(port))


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A letter as the product sets it: by Typst, two pages."""
    source = tmp_path_factory.mktemp("letter") / "letter.typ"
    source.write_text(LETTER, encoding="utf-8")
    pdf: bytes = typst.compile(source)
    return pdf


@pytest.fixture(scope="module")
def key(services: Authorities) -> Pkcs12Key:
    """The seal as a PKCS#12 file holds it."""
    return Pkcs12Key(services.read("seal.p12"), PASSWORD)


def stamper(services: Authorities) -> HttpTimestamper:
    """The client of the time-stamping service."""
    return HttpTimestamper(
        f"{services.address}/stamp", lambda address, body: ask_web(address, body, content_type="application/timestamp-query")
    )


@pytest.fixture(scope="module")
def trust(services: Authorities) -> Trust:
    """The root alone is trusted."""
    return read_trust({"root.pem": services.read("root.pem")})


@pytest.fixture(scope="module")
def plain(letter: bytes, key: Pkcs12Key) -> Sealed:
    """Sealed without any service."""
    return seal_pdf(letter, key, reason=REASON, at=datetime.now(UTC))


@pytest.fixture(scope="module")
def long_term(letter: bytes, key: Pkcs12Key, services: Authorities) -> Sealed:
    """Sealed with timestamp and revocation answers."""
    return seal_pdf(letter, key, reason=REASON, at=datetime.now(UTC), timestamper=stamper(services), ask=ask_web)


@pytest.fixture(scope="module")
def pdfsig(services: Authorities, tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], str]:
    """What pdfsig says about a PDF, with the root in its certificate store. Its exit status says nothing."""
    store = tmp_path_factory.mktemp("nss")
    subprocess.run(["certutil", "-N", "-d", f"sql:{store}", "--empty-password"], check=True)
    wanted = ("-n", "root", "-t", "CT,C,C", "-i", str(services.folder / "root.pem"))
    subprocess.run(["certutil", "-A", "-d", f"sql:{store}", *wanted], check=True)

    def look(pdf: bytes) -> str:
        (path := store / "looked-at.pdf").write_bytes(pdf)
        return subprocess.run(["pdfsig", "-nssdir", f"sql:{store}", str(path)], capture_output=True, text=True, check=False).stdout

    return look


def test_without_a_timestamp_service_the_level_is_b_b(plain: Sealed, trust: Trust) -> None:
    result = check_signature(plain.data, trust, at=datetime.now(UTC))

    assert (plain.level, result.level, result.valid, result.coverage) == ("B-B", "B-B", True, "whole")
    assert result.outcome("timestamp") is None
    assert [signer.subject for signer in result.signers] == ["Siegel der Stadt Musterstadt"]


def test_with_a_timestamp_service_the_level_is_b_t(letter: bytes, key: Pkcs12Key, services: Authorities, trust: Trust) -> None:
    sealed = seal_pdf(letter, key, reason=REASON, at=datetime.now(UTC), timestamper=stamper(services))

    result = check_signature(sealed.data, trust, at=datetime.now(UTC) + timedelta(seconds=5))

    assert (sealed.level, result.level, result.valid, result.outcome("timestamp")) == ("B-T", "B-T", True, True)


def test_with_revocation_answers_the_level_is_b_lt(long_term: Sealed, trust: Trust) -> None:
    result = check_signature(long_term.data, trust, at=datetime.now(UTC) + timedelta(seconds=5))

    assert (long_term.level, long_term.shortfall, result.level, result.valid, result.coverage) == ("B-LT", "", "B-LT", True, "whole")
    assert result.outcome("revocation") is True


def test_a_sealed_letter_holds_when_the_certificate_has_expired(long_term: Sealed, plain: Sealed, trust: Trust) -> None:
    later = datetime.now(UTC) + timedelta(days=25)
    much_later = datetime.now(UTC) + timedelta(days=400)

    assert check_signature(long_term.data, trust, at=later).valid
    assert not check_signature(plain.data, trust, at=much_later).valid


def test_what_was_there_before_stays_byte_by_byte(letter: bytes, long_term: Sealed) -> None:
    assert long_term.data.startswith(letter)


@needs_pdfsig
def test_pdfsig_finds_a_valid_and_trusted_seal_over_the_whole_letter(plain: Sealed, pdfsig: Callable[[bytes], str]) -> None:
    said = pdfsig(plain.data)

    assert "Signature Validation: Signature is Valid." in said
    assert "Certificate Validation: Certificate is Trusted." in said
    assert "Total document signed" in said
    assert "Siegel der Stadt Musterstadt" in said
    assert "ETSI.CAdES.detached" in said


@needs_pdfsig
def test_pdfsig_finds_a_valid_and_trusted_seal_with_long_term_data(long_term: Sealed, pdfsig: Callable[[bytes], str]) -> None:
    said = pdfsig(long_term.data)

    assert "Signature Validation: Signature is Valid." in said
    assert "Certificate Validation: Certificate is Trusted." in said


@needs_pdfsig
def test_pdfsig_and_the_product_agree_on_a_changed_letter(plain: Sealed, trust: Trust, pdfsig: Callable[[bytes], str]) -> None:
    place = plain.data.index(b"/MediaBox")
    changed = plain.data[: place + 9] + plain.data[place + 9 :].replace(b"595", b"596", 1)

    said, result = pdfsig(changed), check_signature(changed, trust, at=datetime.now(UTC))

    assert changed != plain.data
    assert "Signature is Valid." not in said
    assert (result.valid, result.outcome("integrity")) == (False, False)


def test_openssl_accepts_the_signature_inside_the_pdf(plain: Sealed, services: Authorities, tmp_path: Path) -> None:
    begin = plain.data.rindex(b"/Contents <") + len(b"/Contents <")
    end = plain.data.index(b">", begin)
    (tmp_path / "seal.cms").write_bytes(bytes.fromhex(plain.data[begin:end].decode()))
    (tmp_path / "content").write_bytes(plain.data[: begin - 1] + plain.data[end + 1 :])

    words = ("-verify", "-binary", "-cades", "-inform", "DER", "-in", "seal.cms", "-content", "content", "-CAfile")
    openssl(tmp_path, "cms", *words, str(services.folder / "root.pem"), "-out", "/dev/null")


def test_a_letter_can_be_sealed_a_second_time(plain: Sealed, key: Pkcs12Key, trust: Trust) -> None:
    twice = seal_pdf(plain.data, key, reason=REASON, at=datetime.now(UTC))

    result = check_signature(twice.data, trust, at=datetime.now(UTC))

    assert (result.valid, len(result.signers), result.coverage) == (True, 2, "whole")


def test_a_silent_timestamp_service_stops_the_seal(letter: bytes, key: Pkcs12Key) -> None:
    def silent(address: str, body: bytes | None) -> bytes:
        raise TimeoutError(address)

    with pytest.raises(SealProblem, match="Zeitstempeldienst"):
        seal_pdf(letter, key, reason=REASON, at=datetime.now(UTC), timestamper=HttpTimestamper("http://127.0.0.1:9/", silent))


def test_a_silent_revocation_service_lowers_the_level_and_says_so(
    letter: bytes, key: Pkcs12Key, services: Authorities, trust: Trust
) -> None:
    def silent(address: str, body: bytes | None) -> bytes:
        raise TimeoutError(address)

    sealed = seal_pdf(letter, key, reason=REASON, at=datetime.now(UTC), timestamper=stamper(services), ask=silent)

    result = check_signature(sealed.data, trust, at=datetime.now(UTC) + timedelta(seconds=5))
    assert (sealed.level, result.level) == ("B-T", "B-T")
    assert "Sperrung" in sealed.shortfall


def test_a_revoked_seal_seals_nothing(letter: bytes, key: Pkcs12Key, services: Authorities) -> None:
    good = services.revoke("seal")

    with pytest.raises(SealProblem, match="gesperrt"):
        seal_pdf(letter, key, reason=REASON, at=datetime.now(UTC), timestamper=stamper(services), ask=ask_web)

    (services.folder / "issuing.index").write_text(good)


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7", b"no pdf at all"], ids=["empty", "torn", "text"])
def test_what_is_no_pdf_is_not_sealed(pdf: bytes, key: Pkcs12Key) -> None:
    with pytest.raises(SealProblem, match="lässt sich nicht siegeln"):
        seal_pdf(pdf, key, reason=REASON, at=datetime.now(UTC))


def test_an_expired_seal_is_not_used(letter: bytes, key: Pkcs12Key) -> None:
    with pytest.raises(SealProblem, match="nicht gültig"):
        seal_pdf(letter, key, reason=REASON, at=datetime.now(UTC) + timedelta(days=400))


def test_a_key_file_opens_with_its_password_only(services: Authorities) -> None:
    with pytest.raises(SealProblem, match="Kennwort"):
        Pkcs12Key(services.read("seal.p12"), "falsch")


def test_any_place_for_the_key_will_do(letter: bytes, services: Authorities, trust: Trust, tmp_path: Path) -> None:
    """As a card or an HSM would: the key never enters the process, only signatures leave it."""

    class ElsewhereKey:
        certificate = x509.Certificate.load(openssl(services.folder, "x509", "-in", "seal.pem", "-outform", "DER"))
        chain = (x509.Certificate.load(openssl(services.folder, "x509", "-in", "issuing.pem", "-outform", "DER")),)

        def sign(self, data: bytes) -> bytes:
            (tmp_path / "data").write_bytes(data)
            return openssl(services.folder, "dgst", "-sha256", "-sign", "seal.key", str(tmp_path / "data"))

    sealed = seal_pdf(letter, ElsewhereKey(), reason=REASON, at=datetime.now(UTC))

    assert check_signature(sealed.data, trust, at=datetime.now(UTC)).valid
