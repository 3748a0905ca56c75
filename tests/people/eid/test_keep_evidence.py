"""What was kept gives the same answer years later, offline; whatever was changed in it is noticed."""

import base64
import copy
import json
from typing import Any

import pytest
from tests.people.eid.city import WANTED, World
from tests.people.eid.corpus import ADULT

from direktdraht.foundation.verdicts import Check
from direktdraht.people.eid import requests
from direktdraht.people.eid.checking import check_result
from direktdraht.people.eid.evidence import ROLES, evidence_of, recheck
from direktdraht.people.eid.requests import Wanted

PERSON = {"given_name": "ROBIN", "family_name": "BEISPIEL", "birth_date": "1964-08-12"}


def kept(world: World, wanted: Wanted = WANTED) -> dict[str, Any]:
    """Evidence as it comes back from the database."""
    answer = world.answer(world.result(wanted))
    verdict = check_result(answer, world.expected(wanted))
    request = world.sealed(requests.use_id(wanted))
    evidence = evidence_of(answer=answer, session_request=request, expected=world.expected(wanted), verdict=verdict)
    stored: dict[str, Any] = json.loads(json.dumps(evidence))
    return stored


@pytest.mark.parametrize("wanted", [WANTED, ADULT], ids=["person", "age and place"])
def test_the_same_checks_hold_years_later(world: World, wanted: Wanted) -> None:
    evidence = kept(world, wanted)

    checks = recheck(evidence, attributes=PERSON, level="high")

    assert [check.name for check in checks if check.ok is not True] == []
    assert checks[:-1] == [Check.from_json(check) for check in evidence["checks"]]
    assert checks[-1].name == "evidence"


def test_every_file_has_a_name_and_a_kind(world: World) -> None:
    files = kept(world)["files"]

    assert list(files) == list(ROLES)
    assert {frozenset(file) for file in files.values()} == {frozenset({"name", "content_type", "base64"})}
    assert json.loads(base64.b64decode(files["asked"]["base64"]))["document"] == "ID"


@pytest.mark.parametrize("attributes", [{}, {**PERSON, "given_name": "EVE"}, {**PERSON, "address": "KÖLN"}])
def test_other_attributes_than_the_signed_ones_are_noticed(world: World, attributes: dict[str, str]) -> None:
    assert recheck(kept(world), attributes=attributes, level="high")[-1].ok is False


def test_another_level_is_noticed(world: World) -> None:
    assert recheck(kept(world), attributes=PERSON, level="substantial")[-1].ok is False


def test_another_text_of_the_declaration_is_noticed(world: World) -> None:
    evidence = kept(world)
    other = world.sealed(requests.use_id(Wanted(WANTED.attributes, "high", "Antrag, Prüfcode AAAA-BBBB")))
    evidence["files"]["session"]["base64"] = base64.b64encode(other).decode()

    assert recheck(evidence, attributes=PERSON, level="high")[-1].ok is False


def test_a_changed_answer_is_noticed(world: World) -> None:
    evidence = kept(world)
    answer = base64.b64decode(evidence["files"]["answer"]["base64"]).replace(b"ROBIN", b"EVELY")
    evidence["files"]["answer"]["base64"] = base64.b64encode(answer).decode()

    checks = recheck(evidence, attributes={**PERSON, "given_name": "EVELY"}, level="high")

    assert [check.name for check in checks if check.ok is False] == ["signature", "evidence"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("damage", ["gone", "no base64", "empty"])
def test_a_missing_part_is_a_finding_and_no_crash(world: World, role: str, damage: str) -> None:
    evidence = copy.deepcopy(kept(world))
    if damage == "gone":
        del evidence["files"][role]
    else:
        evidence["files"][role]["base64"] = {"no base64": "%%%", "empty": ""}[damage]

    checks = recheck(evidence, attributes=PERSON, level="high")

    assert checks[-1].ok is False


def test_no_evidence_at_all_is_a_finding() -> None:
    assert [check.ok for check in recheck({}, attributes=PERSON, level="high")] == [False]
