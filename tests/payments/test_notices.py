"""Mails to payers: what they say and do not say, each once, none without an address; reminders before and after the due day."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from direktdraht.foundation import clock
from direktdraht.foundation.post.models import Mail
from direktdraht.payments import actions, jobs, setup
from direktdraht.payments.models import Order, OrderNotice
from tests import cast
from tests.payments import stand

pytestmark = pytest.mark.django_db

IBAN = "DE89370400440532013000"


def told(order: Order) -> list[str]:
    """The kinds of notices about an order, in order."""
    return list(OrderNotice.objects.filter(order=order).order_by("pk").values_list("kind", flat=True))


def text_of(kind: str) -> str:
    """Subject and text of the one mail of a kind."""
    mail = OrderNotice.objects.get(kind=kind).mail
    assert mail is not None
    return f"{mail.subject}\n{mail.text}"


def on(day: date) -> None:
    """The hourly job runs twice on a day."""
    with clock.frozen(clock.now().replace(year=day.year, month=day.month, day=day.day)):
        jobs.remind(0)
        jobs.remind(0)


def settings_with(**changes: int | None) -> None:
    """The city sets something else."""
    with transaction.atomic():
        setup.save(setup.current().model_copy(update=changes))


def test_a_new_order_is_told_with_what_one_needs_to_pay_and_not_what_for() -> None:
    order = stand.order_of(3050)

    text = text_of("ordered")
    assert f"Zahlung offen: {order.reference}" in text
    assert "Betrag: 30,50" in text
    assert f"/zahlung/{order.reference}" in text
    assert "Zu zahlen bis: " in text
    assert order.title not in text
    assert "Robin" not in text


def test_a_mail_has_the_language_of_the_payer() -> None:
    payer = actions.Payer(email="robin@example.org", language="en")
    line = actions.WantedLine("Permit", 3000, stand.FEE_ACCOUNT)

    actions.create_order(owner_kind="stall", owner_id="en", title="Permit", payer=payer, lines=[line])

    assert "Payment due: " in text_of("ordered")
    assert "Amount: €30.00" in text_of("ordered")


def test_without_an_address_there_is_no_mail_and_the_desk_says_so(client: Client) -> None:
    line = actions.WantedLine("Ausweis", 3000, stand.FEE_ACCOUNT)
    order = actions.create_order(owner_kind="stall", owner_id="x", title="Ausweis", payer=actions.Payer("Robin"), lines=[line])
    stand.paid(order, 3000)

    page = cast.signed_in(client, cast.mika()).get(reverse("finance:order", args=[order.reference])).content.decode()

    assert not Mail.objects.exists()
    assert "Die Person hat keine E-Mail-Adresse angegeben." in page


def test_who_pays_at_once_is_not_told_that_something_is_to_be_paid() -> None:
    order = stand.order_of(expires_at=stand.in_minutes(60))

    stand.paid(order, 3000)

    assert told(order) == ["paid"]


def test_the_owner_does_not_have_told_what_it_tells_itself(stall: stand.Stall) -> None:
    stall.tells = frozenset({"ordered", "paid"})

    order = stand.order_of()
    stand.paid(order, 3000)

    assert told(order) == []


def test_the_receipt_comes_when_all_is_paid_and_again_after_a_return() -> None:
    order = stand.order_of()

    stand.paid(order, 1000)
    assert told(order) == ["ordered"]
    stand.paid(order, 2000)
    assert told(order) == ["ordered", "paid"]
    assert "Betrag: 30,00" in text_of("paid")
    actions.return_payment(order=order, cents=2000, value_date=clock.today(), source=stand.source())
    stand.paid(order, 2000)

    assert told(order) == ["ordered", "paid", "paid"]


def test_a_waiver_and_a_cancellation_send_no_receipt() -> None:
    waived, cancelled = stand.order_of(), stand.order_of()

    actions.waive_order(order=waived, reason="Härtefall", by=cast.mika())
    actions.cancel_order(order=cancelled, reason="fällt aus")

    assert told(waived) == told(cancelled) == ["ordered"]


def test_a_released_refund_is_told_once_with_its_way() -> None:
    order = stand.order_of()
    stand.paid(order, 3500)
    refund = actions.request_refund(order=order, cents=500, reason="zu viel", by=cast.mika(), payee_name="Robin", payee_iban=IBAN)
    assert told(order) == ["ordered", "paid"]

    for _ in range(2):
        actions.release_refund(refund=refund, by=cast.charlie())

    assert told(order) == ["ordered", "paid", "refund_released"]
    assert "Wir überweisen es auf das Konto, das wir von Ihnen haben." in text_of("refund_released")
    assert IBAN not in text_of("refund_released")


def test_one_reminder_before_the_due_day_and_one_after_the_days_of_waiting() -> None:
    order = stand.order_of(due_on=clock.today() + timedelta(days=20))
    city = setup.current()
    assert (city.remind_before_days, city.grace_days, city.remind_after_days) == (3, 4, 7)

    on(order.due_on - timedelta(days=4))
    assert told(order) == ["ordered"]
    for days in (-3, -2, 0, 10):
        on(order.due_on + timedelta(days=days))
    assert told(order) == ["ordered", "due_soon"]
    for days in (11, 12, 40):
        on(order.due_on + timedelta(days=days))

    assert told(order) == ["ordered", "due_soon", "overdue"]


def test_a_part_that_came_is_not_asked_for_again() -> None:
    order = stand.order_of(due_on=clock.today() + timedelta(days=20))
    stand.paid(order, 1000)

    on(order.due_on)

    assert "Betrag: 20,00" in text_of("due_soon")


def test_more_time_means_another_reminder() -> None:
    order = stand.order_of(due_on=clock.today() + timedelta(days=20))
    on(order.due_on)

    later = actions.extend_order(order=order, due_on=order.due_on + timedelta(days=30), reason="Stundung", by=cast.mika())
    on(later.due_on)

    assert told(order) == ["ordered", "due_soon", "due_soon"]


def test_paid_cancelled_and_waived_orders_are_never_reminded_of() -> None:
    due = clock.today() + timedelta(days=20)
    orders = [stand.order_of(due_on=due) for _ in range(3)]
    stand.paid(orders[0], 3000)
    actions.cancel_order(order=orders[1], reason="fällt aus")
    actions.waive_order(order=orders[2], reason="Härtefall", by=cast.mika())

    for days in (0, 11):
        on(due + timedelta(days=days))

    assert not OrderNotice.objects.filter(kind__in=["due_soon", "overdue"]).exists()


def test_a_payment_that_is_running_is_not_disturbed() -> None:
    order = stand.order_of(due_on=clock.today() + timedelta(days=20))
    attempt = order.payments.create(provider="online", cents=3000)

    on(order.due_on)
    assert told(order) == ["ordered"]
    attempt.state = "failed"
    attempt.save()
    on(order.due_on)

    assert told(order) == ["ordered", "due_soon"]


def test_what_was_ordered_a_moment_ago_and_what_is_long_over_are_left_alone() -> None:
    fresh = stand.order_of(due_on=clock.today() + timedelta(days=2))
    jobs.remind(0)
    assert told(fresh) == ["ordered"]

    on(fresh.due_on + timedelta(days=26))

    assert told(fresh) == ["ordered"]


def test_a_city_that_sets_no_days_reminds_nobody() -> None:
    settings_with(remind_before_days=None, remind_after_days=None)
    order = stand.order_of(due_on=clock.today() + timedelta(days=20))

    for days in (-3, 11):
        on(order.due_on + timedelta(days=days))

    assert told(order) == ["ordered"]


def test_the_desk_sees_which_notices_went_when(client: Client) -> None:
    order = stand.order_of()
    stand.paid(order, 3000)

    page = cast.signed_in(client, cast.mika()).get(reverse("finance:order", args=[order.reference])).content.decode()

    assert "Zahlung angekündigt" in page
    assert "Eingang bestätigt" in page
    assert "wartet" in page
