"""Before anybody enters a PIN: do the trust services answer, and is our clock right?"""

from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import ocsp
from pytest_django import Settings

from direktdraht.foundation import clock
from direktdraht.foundation.checks import Level
from direktdraht.writtenform import qes, readiness
from direktdraht.writtenform.models import ServiceKind, ServiceState
from tests.writtenform.services import Service

pytestmark = pytest.mark.django_db

REVOCATION = "Die Auskunft über gesperrte Zertifikate ist gerade nicht erreichbar."
TIMESTAMPS = "Der Zeitstempeldienst antwortet gerade nicht."
CLOCK = "Unsere Uhr geht gerade falsch. So können wir Signaturen nicht prüfen."


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path, service: Service) -> Path:
    """A data folder that trusts the service's certificates and names its timestamps."""
    settings.DATA_DIR = tmp_path
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "seal-timestamps.txt").write_text(f"{service.address}/tsa")
    certificates = tmp_path / "trust" / "certificates"
    certificates.mkdir(parents=True)
    for name in ("root.pem", "issuer.pem"):
        (certificates / name).write_bytes((service.folder / name).read_bytes())
    (certificates / "seal.der").write_bytes(service.key.certificate.dump())
    return tmp_path


def no_network(*_: object) -> bytes:
    raise OSError("no network")


def test_services_that_answer_close_no_way(service: Service) -> None:
    assert readiness.ask_services() == 2

    assert readiness.problems(clock.now()) == []
    assert set(ServiceState.objects.values_list("address", "kind")) == {
        (f"{service.address}/tsa", ServiceKind.TIMESTAMPS),
        (f"{service.address}/ocsp", ServiceKind.REVOCATION),
    }
    assert [finding.level for finding in readiness.findings()] == [Level.FINE]


def test_no_answer_about_revocation_has_its_sentence(service: Service) -> None:
    readiness.ask_services(no_network)

    assert readiness.problems(clock.now()) == [REVOCATION]
    assert REVOCATION in qes.QualifiedSignature().problems()
    assert f"{service.address}/ocsp" in next(readiness.findings()).text


def test_no_timestamps_have_their_sentence(folder: Path) -> None:
    (folder / "keys" / "seal-timestamps.txt").write_text("http://127.0.0.1:9/tsa")

    readiness.ask_services()

    assert readiness.problems(clock.now()) == [TIMESTAMPS]


@pytest.mark.parametrize(("away", "said"), [(-600, [CLOCK]), (600, [CLOCK]), (60, []), (-60, [])])
def test_a_wrong_clock_has_its_sentence(away: int, said: list[str]) -> None:
    with clock.frozen(clock.now() + timedelta(seconds=away)):
        readiness.ask_services()

        assert readiness.problems(clock.now()) == said
        assert (Level.ERROR in {finding.level for finding in readiness.findings()}) == bool(said)


def test_without_a_time_stamping_service_answers_from_the_future_tell_of_a_slow_clock(folder: Path) -> None:
    (folder / "keys" / "seal-timestamps.txt").unlink()

    with clock.frozen(clock.now() - timedelta(minutes=10)):
        readiness.ask_services()

        assert readiness.problems(clock.now()) == [CLOCK]


@pytest.mark.parametrize(
    ("began", "ends", "outside"),
    [(-600, 600, 0), (300, 900, 300), (-900, -300, -300), (-900, None, 0)],
    ids=["now", "from the future", "over", "without an end"],
)
def test_how_far_the_clock_lies_outside_an_answer(began: int, ends: int | None, outside: int) -> None:
    now = clock.now().replace(microsecond=0)
    about = {"hash_algorithm": {"algorithm": "sha256"}, "issuer_name_hash": b"n", "issuer_key_hash": b"k", "serial_number": 1}
    single = {"cert_id": about, "cert_status": ("good", None), "this_update": now + timedelta(seconds=began)}
    if ends is not None:
        single["next_update"] = now + timedelta(seconds=ends)
    data = ocsp.ResponseData({"responder_id": ("by_key", b"k"), "produced_at": now + timedelta(seconds=began), "responses": [single]})

    assert readiness.outside_of(data, now) == timedelta(seconds=outside)


def test_one_service_that_answers_is_enough(service: Service) -> None:
    readiness.ask_services()
    ServiceState.objects.create(address="http://silent.example", kind=ServiceKind.REVOCATION, asked_at=clock.now(), answered=False)

    assert readiness.problems(clock.now()) == []


def test_old_answers_say_nothing_about_now() -> None:
    readiness.ask_services(no_network)

    assert readiness.problems(clock.now() + timedelta(hours=1)) == []


def test_a_service_that_is_no_longer_named_is_forgotten(folder: Path) -> None:
    readiness.ask_services()
    (folder / "keys" / "seal-timestamps.txt").unlink()

    readiness.ask_services()

    assert list(ServiceState.objects.values_list("kind", flat=True)) == [ServiceKind.REVOCATION]
