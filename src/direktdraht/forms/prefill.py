"""What a signed-in person may take over into a new form: from the account and from what they sent before.

Nothing is filled in without a tick. Only the person's own account and its own submissions are read, only questions
that are shown and still empty are offered, and only answers that the question itself accepts.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from direktdraht.forms import queries
from direktdraht.forms.filling import KIND, Filling, filling_of
from direktdraht.forms.models import FormVersion
from direktdraht.foundation.texts import pick
from direktdraht.foundation.web.dates import day_words
from direktdraht.people.models import Account
from direktdraht.questions.definition import FormDefinition
from direktdraht.questions.elements.address import Address
from direktdraht.questions.elements.base import Element
from direktdraht.questions.elements.name import Name
from direktdraht.questions.elements.person import Person
from direktdraht.submissions import actions
from direktdraht.submissions.errors import ChangedMeanwhile
from direktdraht.submissions.models import Draft, Submission

TYPES = frozenset({"name", "person", "address", "email", "phone", "iban"})
NEWEST = 20
"""How many submissions are looked at; older answers are hardly right any more."""
MOST_TRIES = 5
EMPTY: tuple[object, ...] = (None, "", [], {})


@dataclass(frozen=True)
class Known:
    """A clean answer to an earlier question, and where it comes from in words."""

    element: Element
    value: Any
    source: str


@dataclass(frozen=True)
class Offer:
    """An answer that a question could take over. ``token`` names exactly what the person saw."""

    key: str
    label: str
    lang: str
    words: str
    source: str
    value: Any

    @property
    def token(self) -> str:
        """The question with a digest of the value."""
        return f"{self.key}:{hashlib.sha256(json.dumps(self.value, sort_keys=True).encode()).hexdigest()[:16]}"


def offers(filling: Filling, account: Account, language: str) -> list[Offer]:
    """What can be taken over, in the order of the form; nothing if the draft is not this account's."""
    if filling.draft.account_id != account.pk:
        return []
    asked = [element for element in questions(filling.definition) if is_open(element, filling)]
    if not asked:
        return []
    earlier = list(sent_before(account))
    found = (offer(element, known_for(element, account, earlier), filling, language) for element in asked)
    return [one for one in found if one is not None]


def fill_in(draft: Draft, account: Account, ticked: Collection[str], language: str) -> None:
    """Fill in what was ticked, as far as it is still on offer. Raises AlreadySent."""
    for _try in range(MOST_TRIES):
        chosen = [one for one in offers(filling_of(draft), account, language) if one.token in ticked]
        if not chosen:
            return
        try:
            actions.keep_answers(draft, {**draft.answers, **{one.key: one.value for one in chosen}}, language=language)
        except ChangedMeanwhile:
            draft.refresh_from_db()
        else:
            return


def questions(definition: FormDefinition) -> Iterator[Element]:
    """The questions about the person outside groups; a group asks about other people and things."""
    for page in definition.pages:
        for element in page.elements:
            if element.type in TYPES and is_own(element):
                yield element


def is_own(element: Element) -> bool:
    """Whether the question asks about the person who fills in, as far as the form says so."""
    if isinstance(element, Name):
        return element.autocomplete in {"name", "given-name", "family-name"}
    return not isinstance(element, Address | Person) or element.own


def is_open(element: Element, filling: Filling) -> bool:
    """Whether the question is shown and has no answer yet."""
    return element.key in filling.evaluation.shown and filling.draft.answers.get(element.key) in EMPTY


def sent_before(account: Account) -> Iterator[dict[str, Known]]:
    """The answers of the account's newest submissions by question, the newest first."""
    newest = Submission.objects.filter(account=account, kind=KIND).only("ref", "answers", "title", "received_at")
    sent = list(newest.order_by("-received_at", "pk")[:NEWEST])
    versions = {str(one.pk): one for one in FormVersion.objects.defer("definition").filter(pk__in={int(one.ref) for one in sent})}
    for submission in sent:
        if submission.ref in versions:
            day = day_words(timezone.localtime(submission.received_at).date())
            source = _("aus Ihrem Antrag „%(title)s“ vom %(day)s") % {"title": submission.title, "day": day}
            yield answered(queries.definition_of(versions[submission.ref]), submission.answers, source)


def answered(definition: FormDefinition, answers: Mapping[str, Any], source: str) -> dict[str, Known]:
    """The questions about the person that were answered."""
    return {
        element.key: Known(element, answers[element.key], source)
        for element in questions(definition)
        if answers.get(element.key) not in EMPTY
    }


def known_for(element: Element, account: Account, earlier: list[dict[str, Known]]) -> Iterator[Known]:
    """What is known for a question, the best first: the account, then the newest submission, there the same question first."""
    value = {"name": account.name, "email": account.email}.get(element.type)
    if value and (not isinstance(element, Name) or element.autocomplete == "name"):
        yield Known(element, value, _("aus Ihrem Konto"))
    for known in earlier:
        same = [known[element.key]] if element.key in known else []
        yield from (one for one in [*same, *known.values()] if asks_the_same(one.element, element))


def asks_the_same(one: Element, other: Element) -> bool:
    """Whether two questions are of one type; a given name is no family name."""
    if isinstance(one, Name) and isinstance(other, Name):
        return one.autocomplete == other.autocomplete
    return one.type == other.type


def offer(element: Element, known: Iterator[Known], filling: Filling, language: str) -> Offer | None:
    """The first known answer that the question accepts."""
    for one in known:
        cleaned = element.clean(one.value, filling.around)
        if not cleaned.problems and cleaned.value is not None:
            label, spoken = pick(element.label, language)
            lang = "" if spoken.partition("-")[0] == language.partition("-")[0] else spoken
            words = ", ".join(element.display(cleaned.value, language, {}).splitlines())
            return Offer(element.key, label, lang, words, one.source, cleaned.value)
    return None
