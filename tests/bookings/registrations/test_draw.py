"""The draw: bound beforehand, run once, published once, recomputed from the published files by the very command."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from direktdraht.bookings.registrations import actions, files, filling
from direktdraht.bookings.registrations.errors import NotAllowed, NotDrawable, RegisteredAlready
from direktdraht.bookings.registrations.models import Booking, Draw, Mode, Offer, Registration, Series
from direktdraht.config import cli
from direktdraht.foundation import clock
from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.post.models import Mail
from tests import cast
from tests.bookings.registrations import factories as make

pytestmark = pytest.mark.django_db


def drawn_series() -> tuple[Series, list[Offer], list[Registration]]:
    """Two offers with three places, and seven children: a family of two that stays together, a family of two that need not, three more."""
    series, offers = make.published(Mode.DRAW, 2, 1)
    first, second = offers
    with clock.frozen(make.IN_PERIOD):
        registrations = [
            make.sent(series, [first, second], [first, second], together=True),
            make.sent(series, [first], [second, first]),
            *(make.sent(series, [first, second]) for _child in range(3)),
        ]
    return series, offers, registrations


def recomputed(draw: Draw, folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    """What the command says about the published files."""
    (folder / "wuensche.csv").write_text(draw.wishes, encoding="utf-8")
    (folder / "plaetze.csv").write_text(draw.places, encoding="utf-8")
    command = ["bookings", "allocate", str(folder / "wuensche.csv"), "--places", str(folder / "plaetze.csv")]
    assert cli.main([*command, "--seed", draw.seed, "--explain", "--json"]) == 0
    result: dict[str, dict[str, object]] = json.loads(capsys.readouterr().out)
    return result


def test_anyone_recomputes_the_places_from_the_published_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    series, _offers, _registrations = drawn_series()
    with clock.frozen(make.AFTER_PERIOD):
        actions.run_draw(series=series, by=cast.kim())
        draw = actions.publish_draw(series=series, by=cast.kim())

    result = recomputed(draw, tmp_path, capsys)

    placed = {
        one.participant.lot: one.offer.code for one in Booking.objects.filter(state="confirmed").select_related("participant", "offer")
    }
    assert placed == result["allocated"]
    assert len(placed) == 3
    assert files.commitment(series.seed) == series.commitment
    assert draw.seed == series.seed


def waiting_lots(series: Series, code: str) -> list[str]:
    """Who waits for an offer, in order."""
    rows = Booking.objects.filter(offer__series=series, offer__number=int(code.removeprefix("A")), state="waiting").order_by("line")
    return list(rows.values_list("participant__lot", flat=True))


def test_the_line_is_the_drawn_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    series, _offers, _registrations = drawn_series()
    with clock.frozen(make.AFTER_PERIOD):
        actions.run_draw(series=series, by=cast.kim())
        draw = actions.publish_draw(series=series, by=cast.kim())

    waiting = recomputed(draw, tmp_path, capsys)["waiting"]

    assert {code: waiting_lots(series, code) for code in waiting} == waiting


def test_the_files_hold_lots_and_no_person() -> None:
    series, _offers, registrations = drawn_series()
    with clock.frozen(make.AFTER_PERIOD):
        draw = actions.run_draw(series=series, by=cast.kim())

    lots = {one.lot for registration in registrations for one in registration.participants.order_by("pk")}
    told = draw.wishes + draw.places + draw.result
    assert all(lot in draw.wishes and lot in draw.result for lot in lots)
    assert "Kind" not in told
    assert "@" not in told


def test_it_runs_once_after_the_period_by_staff_of_the_unit_and_is_published_once() -> None:
    series, _offers, registrations = drawn_series()
    with clock.frozen(make.IN_PERIOD), pytest.raises(NotDrawable, match="beendet"):
        actions.run_draw(series=series, by=cast.kim())
    with clock.frozen(make.AFTER_PERIOD):
        with pytest.raises(NotAllowed):
            actions.run_draw(series=series, by=cast.sascha())
        with pytest.raises(NotDrawable, match="noch nicht verlost"):
            actions.publish_draw(series=series, by=cast.kim())
        first, again = (actions.run_draw(series=series, by=cast.kim()) for _press in range(2))
        assert (first.pk, first.result) == (again.pk, again.result)
        assert not Booking.objects.exists()
        for _press in range(2):
            actions.publish_draw(series=series, by=cast.kim())

    assert Booking.objects.filter(state="confirmed").count() == 3
    assert Entry.objects.filter(kind="series.drawn").count() == 1
    assert Mail.objects.filter(subject__startswith="Ergebnis").count() == len(registrations)


def test_who_withdrew_before_the_publication_gets_nothing_and_the_place_goes_to_the_line() -> None:
    series, (offer,) = make.published(Mode.DRAW, 1)
    with clock.frozen(make.IN_PERIOD):
        families = [make.sent(series, [offer]) for _family in range(2)]
    with clock.frozen(make.AFTER_PERIOD):
        draw = actions.run_draw(series=series, by=cast.kim())
        winner = next(one for one in families if f"{one.participants.get().lot},1," in draw.result)
        other = next(one for one in families if one != winner)
        actions.withdraw(registration=winner)
        actions.publish_draw(series=series, by=cast.kim())
        filling.fill(offer.pk)

    assert (make.states(winner), make.states(other)) == ([], ["offered"])


def test_the_announced_event_is_part_of_the_seed() -> None:
    series, _offers = make.published(Mode.DRAW, 1, public_event="Lottozahlen vom 16. Mai 2026")
    with clock.frozen(make.AFTER_PERIOD):
        with pytest.raises(NotDrawable, match="Ereignis"):
            actions.run_draw(series=series, by=cast.kim())
        draw = actions.run_draw(series=series, by=cast.kim(), event="6 17 23  31 40 44")

    assert draw.seed == f"{series.seed} 6 17 23 31 40 44"


def test_nobody_draws_two_lots() -> None:
    series, (offer,) = make.published(Mode.DRAW, 1)
    with clock.frozen(make.IN_PERIOD):
        first = make.sent(series, [offer])
        child = first.participants.get()
        second = make.begun(series, [[offer]])
        same = actions.Person(f"  {child.name.upper()} ", child.born_on)
        actions.save_participant(registration=second, person=same, position=1)
        with pytest.raises(RegisteredAlready):
            actions.send(registration=second)
        actions.withdraw(registration=first)
        actions.send(registration=second)

    assert Registration.objects.filter(sent_at__isnull=False, withdrawn_at__isnull=True).get() == second


def test_reserved_places_stand_in_the_files_as_offers_of_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    series, _offers = make.published(Mode.DRAW, 1)
    with clock.frozen(make.IN_PERIOD):
        offer = make.offer(series, 2, reserved={"Familienpass": 1})
        with_pass = make.sent(series, [offer], group=True)
        for _child in range(4):
            make.sent(series, [offer])
    with clock.frozen(make.AFTER_PERIOD):
        actions.run_draw(series=series, by=cast.kim())
        draw = actions.publish_draw(series=series, by=cast.kim())

    group = series.entitlements.get().pk
    assert f"A2+{group},1" in draw.places
    assert make.states(with_pass) == ["confirmed"]
    assert recomputed(draw, tmp_path, capsys)["allocated"][with_pass.participants.get().lot] == f"A2+{group}"


def test_a_family_of_which_one_child_has_the_pass_gets_the_reserved_and_the_general_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    series, _offers = make.published(Mode.DRAW, 1)
    with clock.frozen(make.IN_PERIOD):
        offer = make.offer(series, 2, reserved={"Familienpass": 1})
        family = make.sent(series, [offer], [offer], together=True)
        with_pass = family.participants.get(position=2)
        person = actions.Person(with_pass.name, with_pass.born_on, series.entitlements.get())
        actions.save_participant(registration=family, person=person, position=2)
    with clock.frozen(make.AFTER_PERIOD):
        actions.run_draw(series=series, by=cast.kim())
        draw = actions.publish_draw(series=series, by=cast.kim())

    assert make.states(family) == ["confirmed", "confirmed"]
    assert [one.seat.entitlement for one in make.bookings(family) if one.seat] == [None, series.entitlements.get()]
    assert set(recomputed(draw, tmp_path, capsys)["allocated"].values()) == {"A2", f"A2+{series.entitlements.get().pk}"}
    assert {one.got_wish for one in family.participants.all()} == {1}


def test_a_rank_of_which_one_offer_was_called_off_ends_for_the_whole_party() -> None:
    series, (first, second, third) = make.published(Mode.DRAW, 1, 1, 2)
    with clock.frozen(make.IN_PERIOD):
        family = make.sent(series, [first, third], [second, third], together=True)
        actions.call_off(offer=first, reason="Sturm", by=cast.kim())
    with clock.frozen(make.AFTER_PERIOD):
        actions.run_draw(series=series, by=cast.kim())
        actions.publish_draw(series=series, by=cast.kim())

    assert [one.offer for one in make.bookings(family)] == [third, third]


def test_a_trial_changes_nothing_and_counts() -> None:
    series, _offers, _registrations = drawn_series()

    trial = actions.try_draw(series)

    assert (trial.persons, trial.places, trial.first_wish + trial.later_wish, trial.no_place) == (7, 3, 3, 4)
    assert not Draw.objects.exists()
    assert not Booking.objects.exists()


def test_the_page_of_a_finished_draw_shows_its_numbers(client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    series, _offers, _registrations = drawn_series()
    with clock.frozen(make.AFTER_PERIOD):
        actions.run_draw(series=series, by=cast.kim())
    held = Draw.objects.get().result.count(",A")

    content = cast.signed_in(client, cast.kim()).get(reverse("registrations:draw", args=[series.pk])).content.decode()
    numbers = dict(re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", content))

    assert int(numbers["Erster Wunsch erfüllt"]) + int(numbers["Späterer Wunsch erfüllt"]) == held == 3
    assert (numbers["Personen"], numbers["Ohne Platz"]) == ("7", "4")


def test_taking_a_place_ends_the_other_waits_and_what_was_offered_there_goes_on() -> None:
    series, (first, second) = make.published(Mode.DRAW, 1, 1)
    with clock.frozen(make.IN_PERIOD):
        families = [make.sent(series, [first, second]) for _family in range(3)]
    with clock.frozen(make.AFTER_PERIOD):
        actions.run_draw(series=series, by=cast.kim())
        actions.publish_draw(series=series, by=cast.kim())
        loser = next(one for one in families if make.states(one) == ["waiting", "waiting"])
        for winner in families:
            if winner != loser:
                actions.cancel(booking=make.bookings(winner)[0])
        filling.fill(first.pk)
        filling.fill(second.pk)
        assert make.states(loser) == ["offered", "offered"]
        actions.accept(booking=make.bookings(loser)[1])

    assert sorted(make.states(loser)) == ["confirmed", "ended"]
