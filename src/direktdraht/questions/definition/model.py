"""The parts of a form definition beside its elements: pages, legal facts, fee, tests."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, PrivateAttr
from pydantic_core import PydanticCustomError

from direktdraht.questions.code_lists import CodeLists
from direktdraht.questions.conditions import Condition
from direktdraht.questions.days import iso_day
from direktdraht.questions.definition.outline import Outline
from direktdraht.questions.elements.base import AnyElement
from direktdraht.questions.expressions import Amount, Expression
from direktdraht.questions.spec import Key, Line, LocalText, Slug, Source, Spec

FORMAT = "direktdraht-form/1"


class Page(Spec):
    """One page of a form."""

    key: Key
    title: LocalText
    intro: LocalText | None = None
    show_if: Condition | None = None
    elements: Annotated[list[AnyElement], Field(min_length=1, max_length=500)]
    source: Source | None = None


class WrittenForm(Spec):
    """Which rule on the written form (Schriftform) applies; "none" if none."""

    rule: Slug = "none"


class Identification(Spec):
    """How surely the city must know who speaks, and which attributes it asks for."""

    level: Literal["none", "low", "substantial", "high"] = "none"
    attributes: Annotated[list[Key], Field(max_length=30)] = []


class Retention(Spec):
    """How long answers are kept, and on what basis."""

    months: Annotated[int, Field(ge=0, le=1200)]
    basis: Line


def _fixed(text: str) -> str:
    if iso_day(text) is None:
        raise PydanticCustomError("no_day", "no_day")
    return text


FixedDay = Annotated[str, AfterValidator(_fixed)]


class TestFile(Spec):
    """A file that a test pretends to have uploaded."""

    __test__ = False

    name: Line
    size: Annotated[int, Field(ge=0)]
    content_type: Line


class Expectation(Spec):
    """What a test expects; what is not named is not compared."""

    valid: bool
    errors: list[Line] | None = None
    """Every path with an error."""
    shown: list[Line] | None = None
    """Every path shown, in order."""
    pages: list[Key] | None = None
    fee: Amount | None = None


class FormTest(Spec):
    """Example answers with the result they must have."""

    name: Line
    today: FixedDay = "2026-06-15"
    answers: dict[str, Any]
    files: dict[str, TestFile] = {}
    expect: Expectation


class FormDefinition(Spec):
    """One version of a form, complete (``direktdraht-form/1``). Made by ``parse`` only."""

    format: Literal["direktdraht-form/1"]
    key: Key
    service: Slug
    title: LocalText
    intro: LocalText | None = None
    written_form: WrittenForm = WrittenForm()
    identification: Identification = Identification()
    unit: Slug
    answer_days: Annotated[int, Field(ge=1, le=365)]
    law: Literal["vwvfg", "ao", "sgb"]
    legal_basis: Line = ""
    retention: Retention
    pages: Annotated[list[Page], Field(min_length=1, max_length=60)]
    fee: Expression | None = None
    fee_basis: Line = ""
    code_lists: CodeLists = {}
    """Snapshots of the lists that ``codelist`` questions choose from, by name."""
    tests: Annotated[list[FormTest], Field(max_length=100)] = []
    source: Source | None = None

    _outline: Outline = PrivateAttr()

    @property
    def outline(self) -> Outline:
        """Where each element stands, and the order in which answers are worked out."""
        return self._outline

    def page(self, key: str) -> Page:
        """The page with the key. Raises KeyError."""
        for page in self.pages:
            if page.key == key:
                return page
        raise KeyError(key)
