"""What can be sent: each room above registers its kinds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from direktdraht.foundation.registry import Registry
from direktdraht.foundation.web.tables import ShownPlace
from direktdraht.people.models import Unit
from direktdraht.services.models import Service
from direktdraht.submissions.content import Content

if TYPE_CHECKING:
    from direktdraht.foundation.documents.models import Document
    from direktdraht.submissions.models import Draft, Submission


class NotReady(Exception):
    """The draft cannot be sent yet; ``url`` is the page that says what is missing."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


@dataclass(frozen=True)
class ShownSection:
    """A part of a submission as pages and PDF show it: a title, pairs of question and answer, and where its places lie."""

    title: str
    rows: Sequence[tuple[str, str]]
    places: Sequence[ShownPlace] = ()


@dataclass(frozen=True)
class Ready:
    """A draft that can be sent: its content and what the case needs to know.

    ``written_form`` is the rule on the written form that applies, empty for none. ``declared`` is how the person
    names themselves: ``given_name``, ``family_name`` and ``birth_date`` (ISO 8601), or ``name``; only what is known.
    ``sections`` are the answers as the PDF that is signed shows them. ``fee_ordered`` says that the fee is to be paid
    once it was received; else the city sets it by a notice of its own, such as a tax, or it is paid in another rhythm.
    ``appointment`` is the id of the time that is held for it, empty for none.
    """

    content: Content
    documents: "tuple[Document, ...]"
    title: str
    case_title: str
    message: str
    service: Service | None
    unit: Unit
    person_name: str
    person_email: str
    fee: Decimal | None
    law: str = "vwvfg"
    written_form: str = ""
    declared: Mapping[str, str] = field(default_factory=dict)
    sections: Sequence[ShownSection] = ()
    fee_ordered: bool = True
    appointment: str = ""


class Kind(Protocol):
    """A kind of thing that people send."""

    def page_url(self, draft: "Draft") -> str:
        """Where the person goes on writing."""

    def review_url(self, draft: "Draft") -> str:
        """Where the person sees everything once more before sending."""

    def ready(self, draft: "Draft") -> Ready:
        """Freeze the draft as it is now. Raises NotReady."""

    def title(self, ref: str, language: str) -> str:
        """What is being written, for lists of drafts."""

    def sections(self, submission: "Submission") -> list[ShownSection]:
        """The submission in parts."""

    def render_text(self, ref: str, content: Content) -> str:
        """Render the plain text anew; it must equal the stored one for ever (replay)."""


registry: Registry[Kind] = Registry("submissions.kinds")
register = registry.register
