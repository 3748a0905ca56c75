"""The nightly proof names every exception with its remedy, and nothing where all is clear."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from direktdraht.foundation import clock
from direktdraht.payments import actions, bank_folder, jobs, proving, registration
from direktdraht.payments.bank_demo import DemoBank
from direktdraht.payments.models import BankEntry, BankFile, Order, Refund
from tests import cast
from tests.payments import stand
from tests.payments.bank import day, movement, notice, own_account, standing, take, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def account() -> None:
    own_account()


def kinds() -> dict[str, int]:
    return proving.prove().counts


def test_a_clear_state_has_no_exceptions() -> None:
    order = stand.order_of(3000)
    stand.order_of(1200)
    take(day(movement(3000, order.reference), total=3000))

    assert kinds() == {}
    assert proving.keep_proof().exceptions == {}


def test_every_waiting_movement_is_named() -> None:
    take(notice(movement(500, "?"), movement(-790, "Entgelt", iban=""), movement(100, currency="USD")))

    assert kinds() == {"credit": 1, "debit": 1, "held": 1}
    assert {gap.view for gap in proving.prove().gaps} == {"finance:entry"}


def test_a_surplus_is_named_until_its_refund_is_asked_for() -> None:
    order = stand.order_of(3000)
    told(notice(movement(3500, order.reference)))
    assert kinds() == {"surplus": 1}

    actions.request_refund(order=order, cents=500, reason="zu viel", by=cast.mika())

    assert kinds() == {}


def test_a_refund_that_nobody_releases_is_named_after_two_days() -> None:
    order = stand.order_of(3000)
    told(notice(movement(3500, order.reference)))
    refund = actions.request_refund(order=order, cents=500, reason="zu viel", by=cast.mika())
    Refund.objects.filter(pk=refund.pk).update(requested_at=clock.now() - timedelta(days=3))

    assert kinds() == {"refund_requested": 1}


def test_an_order_whose_kept_state_differs_from_the_ledger_is_named() -> None:
    order = stand.order_of(3000)
    Order.objects.filter(pk=order.pk).update(state="paid", open_cents=0)

    assert kinds() == {"order_differs": 1}


def test_unclear_money_that_came_otherwise_is_named() -> None:
    actions.receive_unclear(cents=700, value_date=clock.today(), source=stand.source("cash"), account="cash:rathaus")

    assert kinds() == {"loose": 1}


def test_statements_that_do_not_continue_each_other_are_named() -> None:
    take(day(movement(500, "?"), total=500))
    take(day(movement(200, "!"), opening=20000, total=200, name="S9"))

    found = [gap for gap in proving.prove().gaps if gap.kind == "bank_differs"]

    assert [gap.cents for gap in found] == [9500]


def test_the_nightly_job_looks_anew_and_counts_what_is_left() -> None:
    order = stand.order_of(3000)
    reference = order.reference
    Order.objects.filter(pk=order.pk).update(reference="00.0000000.0")
    stand.order_of(100)
    told(notice(movement(3000, reference, value=clock.today().isoformat()), name="N8"))
    Order.objects.filter(pk=order.pk).update(reference=reference)

    assert jobs.prove(0) == 0
    assert standing(order) == ("paid", 3000)


def put(name: str, content: bytes, *, seconds_old: int = 120) -> Path:
    path = bank_folder.folder(bank_folder.INBOX) / name
    path.write_bytes(content)
    then = path.stat().st_mtime - seconds_old
    os.utime(path, (then, then))
    return path


def test_the_folder_is_read_and_its_files_are_sorted(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    put("gut.xml", day(movement(500, "?"), total=500))
    put("schlecht.XML", day(movement(500, "?"), total=600))
    put("noch-offen.xml", day(movement(7, "?"), total=7), seconds_old=0)
    put("liesmich.txt", b"Guten Tag")
    put("wird-geschrieben.xml.part", b"<Doc")

    assert jobs.read_bank_folder(0) == 3
    assert jobs.read_bank_folder(0) == 0
    assert jobs.settle_movements(0) == 1

    assert {path.relative_to(tmp_path / "bank").as_posix() for path in (tmp_path / "bank").rglob("*.*")} == {
        "gelesen/gut.xml",
        "abgelehnt/schlecht.XML",
        "eingang/noch-offen.xml",
        "eingang/wird-geschrieben.xml.part",
        "abgelehnt/liesmich.txt",
    }


def test_a_file_that_cannot_be_moved_holds_up_no_other_and_is_named(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_DIR = tmp_path
    put("a-fest.xml", day(movement(500, "?"), total=500), seconds_old=4000)
    put("b-gut.xml", day(movement(700, "?"), total=700, name="S2", opening=10500))
    replace = Path.replace

    def stuck(self: Path, target: Path) -> Path:
        if self.name == "a-fest.xml":
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", stuck)

    assert jobs.read_bank_folder(0) == 1
    assert BankEntry.objects.count() == 2
    (finding,) = registration.folder_problems()
    assert "a-fest.xml" in str(finding)
    assert "b-gut.xml" not in str(finding)


def test_a_folder_in_which_nothing_lies_long_has_no_finding(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    assert list(registration.folder_problems()) == []

    put("neu.xml", day(movement(500, "?"), total=500))
    assert list(registration.folder_problems()) == []


def test_a_file_that_lies_there_a_second_time_books_nothing_again(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    content = day(movement(500, "?"), total=500)
    for _again in range(2):
        put("gut.xml", content)
        jobs.read_bank_folder(0)

    assert BankFile.objects.count() == BankEntry.objects.count() == 1
    assert len(list((tmp_path / "bank" / "gelesen").iterdir())) == 2


def test_the_demo_bank_leaves_something_of_everything_to_do_and_seeds_once() -> None:
    DemoBank().seed(1)

    assert DemoBank().is_seeded()
    assert sorted(BankFile.objects.values_list("state", flat=True)) == ["read", "read", "refused"]
    states = set(BankEntry.objects.values_list("state", flat=True))
    assert states == {"matched", "proposed", "unclear"}
    assert "bank_differs" not in kinds()
