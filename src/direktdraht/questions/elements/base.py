"""What every element type knows about itself.

An element is a part of a definition (a pydantic model) and the behaviour that belongs to it: cleaning an
answer, reading it from a posted page, showing it, describing it as JSON Schema.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Protocol

from pydantic import PlainValidator, SerializeAsAny
from pydantic_core import PydanticCustomError

from direktdraht.foundation.registry import Registry
from direktdraht.questions.conditions import Condition
from direktdraht.questions.files import Files
from direktdraht.questions.messages import Message
from direktdraht.questions.spec import Key, Line, LocalText, Source, Spec
from direktdraht.questions.surroundings import Surroundings

SEARCH = "_search"
"""Name of the buttons that search inside a question; their value is the question's path."""

Raw = Any
"""An answer as it came: any JSON."""

Kind = Literal[
    "text",
    "number",
    "money",
    "bool",
    "date",
    "time",
    "datetime",
    "choice",
    "choices",
    "files",
    "address",
    "parts",
    "rows",
    "none",
]
"""What conditions and expressions may do with an answer."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with an answer; ``part`` names the part of it, such as ``street``."""

    message: Message
    part: str = ""


@dataclass(frozen=True)
class Cleaned:
    """A clean value in JSON (None: not answered) or the problems found. Never both."""

    value: Any = None
    problems: tuple[Problem, ...] = ()


def refused(code: str, part: str = "", **facts: str | int) -> Cleaned:
    """A refusal with one message."""
    return Cleaned(problems=(Problem(Message(code, facts), part),))


class Posted(Protocol):
    """A posted page; Django's QueryDict is one."""

    def get(self, key: str, default: Any = None, /) -> Any:
        """The last value under the name."""

    def getlist(self, key: str, /) -> list[Any]:
        """All values under the name."""

    def __contains__(self, key: object, /) -> bool:
        """Whether anything was posted under the name."""
        ...


class Element(Spec):
    """The base of all types. A type overrides what differs; ``type`` is its name in definitions."""

    type: str
    key: Key
    label: LocalText
    hint: LocalText | None = None
    required: bool = True
    show_if: Condition | None = None
    purpose: Line = ""
    """Why the city asks (Zweck, Art. 5 (1) b GDPR)."""
    source: Source | None = None
    """Where the question comes from, such as a field of FIM."""

    asks: ClassVar[bool] = True
    """False for what only tells or computes: it never takes an answer."""
    whole: ClassVar[bool] = True
    """False for numbers that may have decimal places."""
    wants_a_look: ClassVar[bool] = False
    """True for what only tells, but must have been on a page before one goes on."""
    missing: ClassVar[str] = "required"
    """Code of the message when a required answer is missing."""

    @property
    def kind(self) -> Kind:
        """What conditions may do with the answer."""
        return "text"

    def parts(self) -> Iterable[str]:
        """Names of the parts that an answer has and that errors may name, such as ``street``."""
        return ()

    def given(self) -> Any:
        """The answer that the definition itself gives, None if it gives none."""
        return None

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        """Check an answer. Never raises, whatever JSON comes; a clean value stays itself when cleaned again."""
        raise NotImplementedError

    def typed(self, value: Any) -> Any:
        """A clean value as conditions compare it: Decimal for money, date for days."""
        return value

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        """The raw answer on a posted page; ``old`` is the one kept so far."""
        return post.get(path, "")

    def names(self, path: str) -> Iterable[str]:
        """Names under which a page may post this element."""
        return (path,)

    def fragment(self) -> dict[str, Any]:
        """JSON Schema (2020-12) of a clean value."""
        return {"type": "string"}

    def display(self, value: Any, language: str, files: Files) -> str:
        """A clean value in words, several lines where it has them."""
        return str(value)

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        """What the type's template needs beside the fields that all have; must take any raw answer."""
        return {"value": as_typed_text(raw)}

    @property
    def template(self) -> str:
        """Path of the template that shows the element."""
        return f"questions/elements/{self.type}.html"


def as_typed_text(raw: Raw) -> str:
    """What a text box shows for a raw answer: what was typed, nothing for other JSON."""
    if isinstance(raw, str):
        return raw
    return str(raw) if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < 10**18 else ""


ELEMENT_TYPES: Registry[type[Element]] = Registry("questions.elements")
"""Element types by name. Filled by ``elements.registry``; upper rooms add theirs in ``apps.py``."""


def _read_element(data: Any) -> Element:
    """Read an element with the class of its type, so that findings name the place inside it."""
    if isinstance(data, Element):
        return data
    if not isinstance(data, Mapping):
        raise PydanticCustomError("no_object", "no_object")
    name = data.get("type")
    if not isinstance(name, str) or name not in ELEMENT_TYPES:
        raise PydanticCustomError("unknown_type", "unknown_type", {"name": str(name)[:60]})
    return ELEMENT_TYPES.get(name).model_validate(data)


AnyElement = Annotated[SerializeAsAny[Element], PlainValidator(_read_element)]
"""An element of any registered type."""
