"""The declaration comes back signed by any product: the very document, qualified, or a sentence that says why not."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from direktdraht.cases.models import Match
from direktdraht.foundation import clock
from direktdraht.foundation.documents.storage import open_content
from direktdraht.submissions import kinds
from direktdraht.submissions.models import Declaration, Submission
from direktdraht.writtenform import actions as writtenform
from direktdraht.writtenform import trusting
from direktdraht.writtenform.models import Proof
from tests import cast
from tests.submissions import objection
from tests.writtenform import pki
from tests.writtenform.lists import Listed, Plan
from tests.writtenform.papers import paper, signed_by
from tests.writtenform.pki import Holder
from tests.writtenform.signing import sign_digest
from tests.writtenform.world import World

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 13, 7, 31, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday_afternoon() -> Any:
    with clock.frozen(MONDAY):
        yield


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.fixture
def trusted(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The house trusts this world's national list; nobody can be asked over the network."""
    monkeypatch.setattr(trusting, "folder", lambda name: tmp_path / name)
    monkeypatch.setattr("direktdraht.writtenform.signatures.asking.urllib.request.urlopen", unreachable)
    certificates = tmp_path / "certificates"
    certificates.mkdir()
    fresh = {"this_update": MONDAY - timedelta(hours=1), "next_update": MONDAY + timedelta(days=7)}
    files = world.with_list(Plan([Listed(world.issuer)], next_update=MONDAY + timedelta(days=100)))
    files |= {f"{number}.crl": pki.crl_of(authority, **fresh) for number, authority in enumerate((world.root, world.issuer))}
    for name, content in files.items():
        (certificates / name).write_bytes(content)
    return certificates


def unreachable(*words: object, **more: object) -> None:
    raise OSError("no network in tests")


@pytest.fixture
def robin(world: World) -> Holder:
    """Robin Weber, with a qualified certificate."""
    return pki.person(world.issuer, "Robin Weber", extensions=[pki.QUALIFIED])


def original(declaration: Declaration) -> bytes:
    with open_content(declaration.document.sha256) as content:
        data: bytes = content.read()
    return data


def upload(client: Client, declaration: Declaration, content: bytes, name: str = "erklaerung.pdf") -> Any:
    return client.post(f"/antrag/{declaration.draft_id}/unterschreiben/signatur", {"file": SimpleUploadedFile(name, content)})


def test_the_signed_declaration_is_sent_and_its_proof_kept(client: Client, trusted: Path, robin: Holder) -> None:
    declaration = objection.frozen(client)

    answer = upload(client, declaration, signed_by(robin, original(declaration)))

    proof, case = Proof.objects.get(), Submission.objects.get().case
    assert answer.headers["Location"] == f"/antrag/{declaration.draft_id}/eingegangen"
    assert (proof.way, proof.level, proof.paragraph) == ("qes", "high", "§ 3a Abs. 2 Satz 2 VwVfG")
    assert "Robin Weber" in proof.signer
    assert "signed" in set(proof.evidence.values_list("role", flat=True))
    assert case.proofs.get().match in {Match.CLEAR, Match.OPEN}


def test_a_signature_whose_sending_failed_waits_and_is_sent_with_one_press(
    client: Client, trusted: Path, robin: Holder, monkeypatch: pytest.MonkeyPatch
) -> None:
    declaration = objection.frozen(client)

    def power_cut(*_: object, **__: object) -> None:
        raise kinds.NotReady(f"/antrag/{declaration.draft_id}/unterschreiben")

    with monkeypatch.context() as patch, pytest.raises(kinds.NotReady):
        patch.setattr("direktdraht.submissions.actions.submit", power_cut)
        upload(client, declaration, signed_by(robin, original(declaration)))
    page = client.get(f"/antrag/{declaration.draft_id}/unterschreiben").content.decode()
    assert "Ihre Unterschrift ist schon da" in page
    assert "Diese Wege sind gleich viel wert" not in page

    answer = client.post(f"/antrag/{declaration.draft_id}/absenden", {"seen": declaration.digest})

    assert answer.headers["Location"] == f"/antrag/{declaration.draft_id}/eingegangen"
    assert Submission.objects.count() == Proof.objects.count() == 1


def test_a_signature_in_a_file_of_its_own_counts_as_well(client: Client, trusted: Path, robin: Holder) -> None:
    declaration = objection.frozen(client)

    answer = upload(client, declaration, sign_digest(hashlib.sha256(original(declaration)).digest(), robin), "erklaerung.pdf.p7s")

    assert answer.status_code == 302, answer.content.decode()
    assert Proof.objects.get().way == "qes"


def test_ten_years_later_the_kept_evidence_says_the_same(client: Client, trusted: Path, robin: Holder) -> None:
    declaration = objection.frozen(client)
    upload(client, declaration, signed_by(robin, original(declaration)))
    for file in trusted.iterdir():
        file.unlink()

    with clock.frozen(MONDAY + timedelta(days=3650)):
        checks = writtenform.recheck(Proof.objects.get())

    assert [check.name for check in checks if check.ok is False] == []
    assert {"record", "evidence", "integrity", "qualified-certificate"} <= {check.name for check in checks}


def test_another_document_is_refused(client: Client, trusted: Path, robin: Holder) -> None:
    declaration = objection.frozen(client)

    answer = upload(client, declaration, signed_by(robin, paper()))

    assert answer.status_code == 422
    assert "Das ist eine andere Datei" in answer.content.decode()
    assert not Proof.objects.exists()


def test_the_declaration_without_a_signature_is_refused(client: Client, trusted: Path) -> None:
    declaration = objection.frozen(client)

    answer = upload(client, declaration, original(declaration))

    assert answer.status_code == 422
    assert "Das ist eine andere Datei" in answer.content.decode()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda signed: signed.replace(b"%PDF-1.7", b"%PDF-1.6", 1), "andere Datei"),
        (lambda signed: signed + b"\n% mehr", ""),
        (lambda signed: signed[:-2000], ""),
        (lambda signed: b"", ""),
        (lambda signed: b"MZ" + signed, ""),
    ],
)
def test_a_spoiled_file_is_refused_with_a_sentence(
    client: Client, trusted: Path, robin: Holder, spoil: Callable[[bytes], bytes], sentence: str
) -> None:
    declaration = objection.frozen(client)

    answer = upload(client, declaration, spoil(signed_by(robin, original(declaration))))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Submission.objects.exists()


def test_a_valid_signature_that_is_not_qualified_is_not_enough(client: Client, trusted: Path, world: World) -> None:
    declaration = objection.frozen(client)

    answer = upload(client, declaration, signed_by(world.kim, original(declaration)))

    assert answer.status_code == 422
    assert "qualifiziert" in answer.content.decode()


def test_a_stranger_with_the_same_name_is_refused(client: Client, trusted: Path, world: World) -> None:
    declaration = objection.frozen(client)

    answer = upload(client, declaration, signed_by(world.stranger, original(declaration)))

    assert answer.status_code == 422
    assert not Proof.objects.exists()


def test_after_a_failure_paper_still_works(client: Client, trusted: Path, world: World) -> None:
    declaration = objection.frozen(client)
    upload(client, declaration, signed_by(world.stranger, original(declaration)))

    answer = objection.take_in_letter(cast.signed_in(Client(), cast.kim()), declaration)

    assert answer.status_code == 302
    assert Proof.objects.get().way == "paper"


def test_without_trusted_lists_the_way_is_closed_with_its_reason(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trusting, "folder", lambda name: tmp_path / name)
    declaration = objection.frozen(client)

    chooser = client.get(f"/antrag/{declaration.draft_id}/unterschreiben").content.decode()
    page = client.get(f"/antrag/{declaration.draft_id}/unterschreiben/signatur").content.decode()

    assert "gerade nicht möglich" in chooser
    assert "Die Vertrauenslisten sind nicht geladen." in page
    assert 'type="file"' not in page


def test_outdated_lists_close_the_way(client: Client, trusted: Path) -> None:
    declaration = objection.frozen(client)

    with clock.frozen(MONDAY + timedelta(days=3650)):
        problems = trusting.problems(clock.now())

    assert problems == ["Die Vertrauenslisten sind veraltet. Wir können Signaturen gerade nicht prüfen."]
    assert declaration.discarded_at is None


def test_two_people_may_sign(client: Client, trusted: Path, robin: Holder, world: World) -> None:
    declaration = objection.frozen(client)
    second = pki.person(world.issuer, "Noor Haddad", extensions=[pki.QUALIFIED])

    answer = upload(client, declaration, signed_by(second, signed_by(robin, original(declaration)), field="Zweite"))

    assert answer.status_code == 302, answer.content.decode()
    assert "Noor Haddad" in Proof.objects.get().signer


def test_a_revoked_certificate_is_refused(client: Client, trusted: Path, robin: Holder, world: World) -> None:
    revoked = pki.crl_of(world.issuer, (robin, MONDAY - timedelta(days=30)), this_update=MONDAY, next_update=MONDAY + timedelta(days=7))
    (trusted / "1.crl").write_bytes(revoked)
    declaration = objection.frozen(client)

    answer = upload(client, declaration, signed_by(robin, original(declaration), claimed=MONDAY - timedelta(days=1)))

    assert answer.status_code == 422
    assert "gesperrt" in answer.content.decode()


def test_if_nobody_says_whether_it_is_revoked_the_person_can_try_later(client: Client, trusted: Path, robin: Holder) -> None:
    (trusted / "1.crl").unlink()
    declaration = objection.frozen(client)

    answer = upload(client, declaration, signed_by(robin, original(declaration)))

    assert answer.status_code == 422
    assert "versuchen Sie es später noch einmal" in answer.content.decode()


def test_the_pages_read_the_lists_once_and_again_when_they_change(trusted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readings: list[int] = []

    def counted() -> dict[str, bytes]:
        readings.append(1)
        return trusting.files_in("certificates")

    monkeypatch.setattr(trusting, "trust_files", counted)
    trusting.believed.cache_clear()

    open_now = [trusting.problems(MONDAY), trusting.problems(MONDAY)]
    (trusted / "liste.xml").unlink()
    closed = trusting.problems(MONDAY)

    assert open_now == [[], []]
    assert closed == ["Die Vertrauenslisten sind nicht geladen. Wir können Signaturen gerade nicht prüfen."]
    assert len(readings) == 2
