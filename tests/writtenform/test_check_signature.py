"""Signatures of every kind, honest and hostile, against what the standards say."""

import pytest

from direktdraht.writtenform.checks import CheckResult, result_from_json
from direktdraht.writtenform.signatures.checking import check_signature
from direktdraht.writtenform.signatures.faults import UnreadableSignature
from direktdraht.writtenform.signatures.qualification import NAMES as QUALIFICATION
from direktdraht.writtenform.signatures.report import NAMES, report_lines
from direktdraht.writtenform.signatures.trust import read_trust
from tests.writtenform.pki import AT
from tests.writtenform.signature_cases import CASES, Case
from tests.writtenform.world import World


def checked(case: Case, world: World) -> CheckResult:
    """The result of a case."""
    made = case.make(world)
    data, content = made if isinstance(made, tuple) else (made, None)
    trust = read_trust(case.trust(world) if case.trust else world.roots_only)
    return check_signature(data, trust, at=AT, content=content)


@pytest.mark.parametrize("case", [case for case in CASES if not case.expected.unreadable], ids=lambda case: case.name)
def test_a_signature_gets_the_answer_of_the_standard(case: Case, world: World) -> None:
    result = checked(case, world)

    expected = case.expected
    assert {check.name for check in result.checks if check.ok is False} == expected.broken
    assert (result.valid, result.qualified) == (expected.valid, expected.qualified)
    assert (result.level, result.coverage, len(result.signers)) == (expected.level, expected.coverage, expected.signers)
    assert {check.name for check in result.checks} <= NAMES
    assert result_from_json(result.as_json()) == result
    if case.trust is None:  # without a trusted list nothing of it is true
        assert {check.ok for check in result.checks if check.name in QUALIFICATION} == {None}


@pytest.mark.parametrize("case", [case for case in CASES if case.expected.unreadable], ids=lambda case: case.name)
def test_a_file_without_answer_gets_one_sentence(case: Case, world: World) -> None:
    with pytest.raises(UnreadableSignature, match=case.expected.unreadable):
        checked(case, world)


def test_there_are_enough_cases_and_each_names_its_section() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)
    assert [case.name for case in CASES if not case.section] == []


def test_what_could_not_be_checked_is_never_reported_as_true(world: World) -> None:
    result = checked(next(case for case in CASES if case.name == "certificate-good-in-old-list"), world)

    assert result.outcome("revocation") is None
    assert any(line.kind == "unchecked" and "gesperrt" in line.sentence for line in report_lines(result))


def test_every_report_speaks_both_languages(world: World) -> None:
    for case in CASES[::7]:
        if case.expected.unreadable:
            continue
        result = checked(case, world)

        german, english = report_lines(result), report_lines(result, "en")

        assert german[0].kind == english[0].kind == "verdict"
        assert {line.kind for line in german} == {line.kind for line in english}
        assert all(line.sentence.endswith(".") for line in (*german, *english))
        assert not {line.sentence for line in english} & {line.sentence for line in german}
