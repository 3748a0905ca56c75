"""Lines and areas on a map: read as a page sends them, kept exactly, refused when they are nowhere."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from direktdraht.questions.elements.drawing import LEAST_CORNERS, MOST_CORNERS, Drawing, read_answer, read_page
from direktdraht.questions.elements.place import Place, options_of, written_on_map
from direktdraht.questions.surroundings import Surroundings
from tests.questions.forms import element, parsed

DRAWN = "area:53.1,8.2;53.2,8.3;53.1,8.3"
degrees = st.decimals(-90, 90, places=6, allow_nan=False).map(lambda number: f"{number:f}")
drawings = st.sampled_from(sorted(LEAST_CORNERS)).flatmap(
    lambda shape: st.builds(
        Drawing, st.just(shape), st.lists(st.tuples(degrees, degrees), min_size=LEAST_CORNERS[shape], max_size=MOST_CORNERS).map(tuple)
    )
)


def question(*shapes: str) -> Place:
    """A question for a place that allows these shapes."""
    asked = element("place") | ({"shapes": list(shapes)} if shapes else {})
    made = parsed(asked).pages[0].elements[0]
    assert isinstance(made, Place)
    return made


def cleaned(raw: Any, *shapes: str) -> Any:
    """What becomes of an answer; the codes of its problems if it is refused."""
    result = question(*shapes).clean(raw, Surroundings(date(2026, 6, 15)))
    return [problem.message.code for problem in result.problems] or result.value


@given(drawings)
def test_what_is_written_is_read_again(drawing: Drawing) -> None:
    assert read_page(drawing.written()) == drawing
    assert read_answer(drawing.shape, [list(corner) for corner in drawing.corners]) == drawing


@given(drawings)
def test_a_drawing_from_a_page_is_kept_and_shown_again_as_it_was(drawing: Drawing) -> None:
    kept = cleaned({"chosen": f"{drawing.written()} am Weg"}, "line", "area")

    assert kept == {"shape": drawing.shape, "points": [list(corner) for corner in drawing.corners], "label": "am Weg"}
    assert written_on_map(kept) == drawing.written()
    assert question("line", "area").face(kept, "de")["chosen"] == f"{drawing.written()} am Weg"
    assert cleaned(kept, "line", "area") == kept


@given(st.text(alphabet="linearpot:;,. -0123456789", max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    found = read_page(text)

    assert found is None or read_page(found.written()) == found


@pytest.mark.parametrize(
    "written",
    [
        "line:53.1,8.2",
        "area:53.1,8.2;53.2,8.3",
        "circle:53.1,8.2;53.2,8.3",
        "line:91,8.2;53.2,8.3",
        "line:53.1,181;53.2,8.3",
        "line:53.1,8.2,7;53.2,8.3",
        "line:1e1,8.2;53.2,8.3",
        "line:५३,8.2;53.2,8.3",
        "line:53.1,8.2;" * (MOST_CORNERS + 1),
        "line:",
        ":",
    ],
)
def test_what_is_no_line_and_no_area_is_refused(written: str) -> None:
    assert read_page(written) is None
    assert cleaned({"chosen": f"{written} irgendwo"}, "line", "area") in (["no_spot"], ["wrong_type"])


@pytest.mark.parametrize("points", [None, "53", 7, [], [["53.1"], ["8.2"]], [[53.1, 8.2], [53.2, 8.3]], [{"lat": "53.1"}, {}]])
def test_an_answer_with_other_corners_is_refused(points: Any) -> None:
    assert cleaned({"shape": "line", "points": points, "label": "Weg"}, "line") == ["no_spot"]


def test_a_shape_that_the_question_does_not_ask_for_is_refused() -> None:
    assert cleaned({"chosen": f"{DRAWN} am Weg"}) == ["no_spot"]
    assert cleaned({"chosen": f"{DRAWN} am Weg"}, "line") == ["no_spot"]


def test_a_point_from_the_index_and_words_answer_a_question_for_an_area_too() -> None:
    assert cleaned({"chosen": "53.1 8.2 Weg 1"}, "area") == {"lat": "53.1", "lon": "8.2", "label": "Weg 1"}
    assert cleaned({"text": "die Wiese am Bach"}, "area") == {"label": "die Wiese am Bach"}


def test_a_drawing_is_told_in_words_in_both_languages() -> None:
    value = {"shape": "line", "points": [["53.1", "8.2"], ["53.2", "8.3"]], "label": "am Weg"}

    assert question("line").display(value, "de", {}) == "am Weg\nLinie: 53.1, 8.2 – 53.2, 8.3"
    assert question("line").display(value, "en", {}) == "am Weg\nLine: 53.1, 8.2 – 53.2, 8.3"


def test_a_drawing_stays_among_the_places_to_choose() -> None:
    (kept,) = options_of(f"{DRAWN} am Weg", [])

    assert (kept["label"], kept["value"], kept["chosen"]) == ("am Weg", f"{DRAWN} am Weg", True)


def test_an_address_in_words_and_a_broken_point_are_not_on_the_map() -> None:
    assert written_on_map({"label": "Weg"}) == ""
    assert written_on_map({"lat": "953", "lon": "8", "label": "Weg"}) == ""
    assert written_on_map({"lat": "53.1", "lon": "8.2", "label": "Weg"}) == "53.1,8.2"
