"""The city sets a rule of its own: from a day on, by people who administer, never backwards."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from direktdraht.foundation import clock
from direktdraht.foundation.journal.models import Entry
from direktdraht.submissions import freezing
from direktdraht.writtenform import actions, queries
from direktdraht.writtenform.errors import RuleNotAdded
from direktdraht.writtenform.models import OwnRule
from direktdraht.writtenform.rules import Rule, RuleError, rule_for
from tests import cast
from tests.submissions import objection

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
TUESDAY = MONDAY + timedelta(days=1)
PAPER_ONLY = {"way": "paper", "level": "none", "paragraph": "§ 126 BGB"}


@pytest.fixture(autouse=True)
def monday() -> Any:
    with clock.frozen(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        yield


def rule(**other: Any) -> Rule:
    """Only paper, from Tuesday on."""
    row = {"key": "written", "law": "vwvfg", "valid_from": TUESDAY, "paragraph": "§ 3a Landesgesetz", "way": [PAPER_ONLY]}
    return Rule.model_validate({**row, **other})


def ways_on(day: date) -> set[str]:
    return {way.way for way in queries.rule_on(key="written", law="vwvfg", on=day).ways}


def posted(**other: str) -> dict[str, str]:
    """The form, with one way open."""
    return {
        "law": "vwvfg",
        "key": "written",
        "paragraph": "§ 3a Landesgesetz",
        "valid_from": TUESDAY.isoformat(),
        "valid_to": "",
        "reason": "Das Rechtsamt liest es so.",
        "level_eid": "high",
        "level_bundid": "high",
        "paragraph_paper": "§ 126 BGB",
        **other,
    }


def test_an_own_rule_goes_before_the_others_from_its_day_on() -> None:
    actions.add_rule(rule(valid_to=TUESDAY + timedelta(days=9)), reason="Landesrecht", by=cast.jo())

    assert ways_on(TUESDAY) == ways_on(TUESDAY + timedelta(days=9)) == {"paper"}
    for other in (MONDAY, TUESDAY + timedelta(days=10)):
        assert ways_on(other) == {way.way for way in rule_for(key="written", law="vwvfg", on=other).ways}
    assert Entry.objects.filter(kind="rule.added").count() == 1


def test_a_later_row_follows_an_earlier_one() -> None:
    actions.add_rule(rule(), reason="erst", by=cast.jo())
    counter = {"way": "counter", "level": "high", "paragraph": "§ 3a"}
    actions.add_rule(rule(valid_from=TUESDAY + timedelta(days=5), way=[counter]), reason="dann", by=cast.jo())

    assert ways_on(TUESDAY + timedelta(days=4)) == {"paper"}
    assert ways_on(TUESDAY + timedelta(days=5)) == {"counter"}


@pytest.mark.parametrize("day", [MONDAY, MONDAY - timedelta(days=1)])
def test_no_rule_begins_today_or_earlier(day: date) -> None:
    with pytest.raises(RuleNotAdded, match="morgen oder später"):
        actions.add_rule(rule(valid_from=day), reason="rückwirkend", by=cast.jo())


def test_two_rules_never_begin_on_the_same_day() -> None:
    actions.add_rule(rule(), reason="erst", by=cast.jo())

    with pytest.raises(RuleNotAdded, match="schon eine eigene Regel"):
        actions.add_rule(rule(), reason="noch einmal", by=cast.jo())


def test_an_unknown_rule_stays_unknown() -> None:
    with pytest.raises(RuleError):
        queries.rule_on(key="nothing", law="vwvfg", on=MONDAY)


def test_a_frozen_declaration_keeps_its_rule(client: Client) -> None:
    declaration = objection.frozen(client)
    before = freezing.rule_of(declaration)
    actions.add_rule(rule(), reason="Landesrecht", by=cast.jo())

    with clock.frozen(datetime(2026, 11, 25, 12, tzinfo=UTC)):
        assert freezing.rule_of(declaration) == before


def test_a_rule_that_has_not_begun_is_taken_back() -> None:
    own = actions.add_rule(rule(), reason="Irrtum", by=cast.jo())

    actions.withdraw_rule(own, by=cast.jo())
    actions.withdraw_rule(own, by=cast.jo())

    assert "eid" in ways_on(TUESDAY)
    assert Entry.objects.filter(kind="rule.withdrawn").count() == 1
    actions.add_rule(rule(), reason="doch", by=cast.jo())


def test_a_rule_that_holds_ends_today() -> None:
    own = actions.add_rule(rule(), reason="vorläufig", by=cast.jo())

    with clock.frozen(datetime(2026, 11, 30, 12, tzinfo=UTC)):
        actions.withdraw_rule(own, by=cast.jo())

    assert ways_on(date(2026, 11, 30)) == {"paper"}
    assert "eid" in ways_on(date(2026, 12, 1))
    assert queries.rule_of(OwnRule.objects.get()).valid_to == date(2026, 11, 30)


def test_only_those_who_administer_may(client: Client) -> None:
    with pytest.raises(PermissionDenied):
        actions.add_rule(rule(), reason="?", by=cast.kim())

    assert cast.signed_in(client, cast.kim()).get("/buero/schriftform").status_code == 403
    assert cast.signed_in(client, cast.alex()).get("/buero/schriftform").status_code == 200
    assert cast.signed_in(client, cast.alex()).post("/buero/schriftform/neu", posted()).status_code == 403


def test_the_page_adds_a_rule_and_takes_it_back(client: Client) -> None:
    jo = cast.signed_in(client, cast.jo())

    assert jo.post("/buero/schriftform/neu", posted()).headers["Location"] == "/buero/schriftform"

    assert ways_on(TUESDAY) == {"paper"}
    page = jo.get("/buero/schriftform").content.decode()
    assert "§ 3a Landesgesetz" in page
    assert "Das Rechtsamt liest es so." in page
    own = OwnRule.objects.get()
    assert "Sie gilt ab" in jo.get(f"/buero/schriftform/{own.pk}/zuruecknehmen").content.decode()
    jo.post(f"/buero/schriftform/{own.pk}/zuruecknehmen")
    assert jo.get(f"/buero/schriftform/{own.pk}/zuruecknehmen").status_code == 404


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"paragraph_paper": ""}, "Bitte öffnen Sie mindestens einen Weg."),
        ({"valid_to": "2026-11-01"}, "Das Ende liegt vor dem Anfang."),
        ({"valid_from": MONDAY.isoformat()}, "Die Regel muss morgen oder später beginnen."),
        ({"reason": ""}, "Warum die Stadt abweicht"),
    ],
)
def test_what_is_missing_is_said(client: Client, change: dict[str, str], said: str) -> None:
    answer = cast.signed_in(client, cast.jo()).post("/buero/schriftform/neu", posted(**change))

    assert said in answer.content.decode()
    assert not OwnRule.objects.exists()


@pytest.mark.parametrize(("law", "paragraph"), [("", "§ 3a Abs. 2 und 3 VwVfG"), ("ao", "§ 87a Abs. 3"), ("x", "§ 3a Abs. 2 und 3 VwVfG")])
def test_what_holds_today_stands_in_the_fields(client: Client, law: str, paragraph: str) -> None:
    page = cast.signed_in(client, cast.jo()).get("/buero/schriftform/neu", {"recht": law}).content.decode()

    assert f'value="{paragraph}' in page
