"""What staff type line by line: read, written back the same, refused with the line and an example."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from direktdraht.bookings.registrations import asking, typed_lines
from direktdraht.bookings.registrations.refunds import Rule


def test_dates_are_wall_time_in_germany_and_come_back_as_typed() -> None:
    text = "20.07.2026 09:00-12:00\n10.01.2027 14:30-16:00"
    sessions = typed_lines.read_sessions(text)

    assert sessions[0][0].astimezone(UTC) == datetime(2026, 7, 20, 7, tzinfo=UTC)
    assert typed_lines.write_sessions(sessions) == text


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (typed_lines.read_sessions, "31.02.2026 09:00-12:00"),
        (typed_lines.read_sessions, "20.07.2026 12:00-09:00"),
        (typed_lines.read_sessions, "morgen"),
        (typed_lines.read_sessions, "20.07.2026 09:00-12:00\n20.07.2026 09:00-13:00"),
        (typed_lines.read_rules, "14: 101"),
        (typed_lines.read_rules, "14: 100\n14: 50"),
        (typed_lines.read_groups, " | 50"),
        (typed_lines.read_groups, "Familienpass | viel"),
        (typed_lines.read_questions, "Kann Ihr Kind schwimmen?"),
        (typed_lines.read_questions, "Größe | S"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_an_example(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(typed_lines.UnreadableLine, match="lässt sich nicht lesen"):
        read(text)


def test_rules_groups_reserved_places_and_questions_come_back_as_typed() -> None:
    groups = "Familienpass | 50 | Bitte zeigen Sie den Pass.\nVerein | 0"
    questions = "Kann Ihr Kind schwimmen? | ja/nein\nGröße | S, M, L | freiwillig"

    assert typed_lines.read_rules("3: 50 %\n14: 100") == [Rule(14, 100), Rule(3, 50)]
    assert typed_lines.write_groups(typed_lines.read_groups(groups)) == groups
    assert typed_lines.write_questions(typed_lines.read_questions(questions)) == questions
    assert typed_lines.read_reserved("Familienpass: 3", ["Familienpass"]) == {"Familienpass": 3}
    with pytest.raises(typed_lines.UnreadableLine):
        typed_lines.read_reserved("Sportverein: 3", ["Familienpass"])


def test_typed_questions_are_questions_of_the_house() -> None:
    questions: list[dict[str, Any]] = typed_lines.read_questions("Schwimmt? | ja/nein\nGröße | S, M\nHinweis | langer text | freiwillig")
    definition = asking.definition_of(questions, "Ferienpass")

    assert definition is not None
    assert [one.type for one in definition.page(asking.PAGE).elements] == ["yesno", "choice", "longtext"]
    assert asking.definition_of([], "Ferienpass") is None
