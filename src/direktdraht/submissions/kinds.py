"""What can be sent: each room above registers its kinds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from direktdraht.cases.registries import Matter
from direktdraht.foundation.post.actions import Attachment
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
    ``runs``: the case goes on by itself, nobody has to answer it.
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
    runs: bool = False


@dataclass(frozen=True)
class Received:
    """What the receipt says in the words of its kind, on the page, in the PDF and in the mail.

    ``title`` is a line without a full stop, ``greeting`` the first sentence of the mail. ``rows`` say what happens next,
    ``cost`` what is to be paid where the fee does not say it. ``link`` opens the matter without a key; ``lines`` and
    ``file`` go with the mail.
    """

    title: str
    greeting: str
    rows: Sequence[tuple[str, str]] = ()
    cost: str = ""
    link: str = ""
    lines: Sequence[str] = ()
    file: Attachment | None = None


class Kind(Protocol):
    """A kind of thing that people send."""

    def page_url(self, draft: "Draft") -> str:
        """Where the person goes on writing."""

    def review_url(self, draft: "Draft") -> str:
        """Where the person sees everything once more before sending."""

    def ready(self, draft: "Draft") -> Ready:
        """Freeze the draft as it is now. Raises NotReady."""

    def titles(self, refs: Iterable[str], language: str) -> dict[str, str]:
        """What is being written, by ``ref``, for lists of drafts: one question to the database for all of them."""

    def sections(self, submission: "Submission") -> list[ShownSection]:
        """The submission in parts."""

    def sent(self, draft: "Draft", submission: "Submission") -> None:
        """What sending sets off in the kind's own room, in the same transaction, after everything else was written.

        Whoever waits for the draft waits for this. Rows are held in the order that the room above documents; the case is
        new, so nobody else can hold it. Raises NotReady: then nothing is sent.
        """

    def received(self, submission: "Submission") -> Received:
        """The words of the receipt, in the active language."""

    def matter(self, submission: "Submission") -> Matter:
        """The page on which the person goes on, and whose orders belong to it, where the case itself is not that page."""

    def standing(self, submission: "Submission") -> list[ShownSection]:
        """How the matter stands now, for the pages of its case; empty where the case itself says it."""

    def render_text(self, ref: str, content: Content) -> str:
        """Render the plain text anew; it must equal the stored one for ever (replay)."""


registry: Registry[Kind] = Registry("submissions.kinds")
register = registry.register
