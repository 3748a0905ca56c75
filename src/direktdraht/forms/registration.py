"""How a filled-in form is sent and shown: the kind ``form`` of the room ``submissions``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from direktdraht.cases.registries import Matter
from direktdraht.forms import moving, places, queries, times
from direktdraht.forms.filling import KIND, Filling, filling_of, is_ordered
from direktdraht.foundation import checks
from direktdraht.foundation.checks import Finding, Level
from direktdraht.people.models import Unit
from direktdraht.questions import definition_tests, rendering
from direktdraht.questions.declared import written_form_rules
from direktdraht.questions.definition import FormDefinition
from direktdraht.questions.elements.base import Element
from direktdraht.questions.elements.file import File
from direktdraht.questions.elements.group import Group
from direktdraht.questions.elements.organisation import Organisation
from direktdraht.questions.elements.person import Person
from direktdraht.questions.files import FileFacts
from direktdraht.services.models import Service
from direktdraht.submissions import calendars, kinds
from direktdraht.submissions.content import Content, FrozenFile
from direktdraht.submissions.models import Draft, Submission

LONGEST_TITLE = 120
LONGEST_NAME = 200


class FormKind:
    """A form that a person fills in."""

    def page_url(self, draft: Draft) -> str:
        """The first page that is not complete, else the first page."""
        filling = filling_of(draft)
        page = filling.first_page_with_errors() or filling.pages[0]
        return reverse("forms:page", args=[draft.pk, page])

    def review_url(self, draft: Draft) -> str:
        """The page with all answers."""
        return reverse("forms:review", args=[draft.pk])

    def titles(self, refs: Iterable[str], language: str) -> dict[str, str]:
        """The titles of the forms."""
        return {str(version.pk): version.title(language) for version in queries.versions_by_ref(refs)}

    def ready(self, draft: Draft) -> kinds.Ready:
        """Freeze the draft. Raises NotReady with the page that is not complete."""
        filling = filling_of(draft)
        if draft.frozen_at is None and moving.is_over(filling.version):
            raise kinds.NotReady(reverse("forms:move", args=[draft.pk]))
        page = filling.first_page_with_errors()
        if page is not None:
            raise kinds.NotReady(reverse("forms:page", args=[draft.pk, page]) + "?pruefen=1")
        answers = filling.evaluation.answers
        person = person_of(filling.definition, answers)
        used = [filling.documents[key] for key in file_ids(filling.definition.pages, answers) if key in filling.documents]
        content, parts = content_of(filling, used)
        fee = filling.evaluation.fee.amount if filling.evaluation.fee is not None else None
        service = Service.objects.select_related("unit").filter(pk=filling.definition.service).first()
        return kinds.Ready(
            content=content,
            documents=tuple(used),
            title=queries.title_of(filling.version, draft.language),
            case_title=queries.title_of(filling.version, "de")[:LONGEST_TITLE],
            message=message_of(parts),
            service=service,
            unit=service.unit if service and service.unit_id == filling.definition.unit else Unit.objects.get(pk=filling.definition.unit),
            person_name=(person["name"] or (draft.account.name if draft.account else ""))[:LONGEST_NAME],
            person_email=person["email"] or (draft.account.email if draft.account else ""),
            fee=fee,
            law=filling.definition.law,
            written_form=next(iter(written_form_rules(filling.definition, filling.evaluation.shown)), ""),
            declared=declared_person(filling.definition, answers),
            sections=shown(parts),
            fee_ordered=not fee or is_ordered(filling),
        )

    def sections(self, submission: Submission) -> list[kinds.ShownSection]:
        """The answers page by page, in the language in which they were sent."""
        definition = queries.definition_of(queries.version_by_ref(submission.ref))
        parts = rendering.sections(definition, submission.answers, submission.language, file_facts(submission.files))
        elements = {page.key: page.elements for page in definition.pages}
        return [
            replace(section, places=list(places.places_in(elements[part.page_key], submission.answers, submission.language)))
            for section, part in zip(shown(parts), parts, strict=True)
        ]

    def sent(self, draft: Draft, submission: Submission) -> None:
        """Book the time that is held for the draft; the case is the appointment's. Raises NotReady when somebody else has it."""
        held = times.held_in(submission.answers)
        if not held:
            return
        try:
            times.calendar().book(draft, submission, held)
        except calendars.TimeGone as gone:
            raise kinds.NotReady(self.review_url(draft)) from gone

    def received(self, submission: Submission) -> kinds.Received:
        """The words of an application."""
        del submission
        return kinds.Received(title=_("Ihr Antrag ist eingegangen"), greeting=_("wir haben Ihren Antrag bekommen."))

    def matter(self, submission: Submission) -> Matter:
        """None: the case is the page of an application; with the appointment that was made in it, as it stands now."""
        held = times.held_in(submission.answers)
        found = times.calendar().shown(held) if held else None
        return Matter() if found is None else Matter(_("Zum Termin"), found.url, facts=[(_("Termin"), found.words)])

    def standing(self, submission: Submission) -> list[kinds.ShownSection]:
        """Nothing: the case says where it stands."""
        del submission
        return []

    def render_text(self, ref: str, content: Content) -> str:
        """The plain text, rendered anew from the version and the stored answers."""
        definition = queries.definition_of(queries.version_by_ref(ref))
        return rendering.plain_text(definition, content.answers, content.language, file_facts([file.to_json() for file in content.files]))


def content_of(filling: Filling, used: Sequence[Any]) -> tuple[Content, list[rendering.Section]]:
    """Exactly what is sent, and the sections that its text was made of."""
    files = tuple(FrozenFile(str(one.pk), one.name, one.sha256, one.size, one.content_type) for one in used)
    facts = file_facts([file.to_json() for file in files])
    parts = rendering.sections(filling.definition, filling.evaluation.answers, filling.draft.language, facts)
    content = Content(
        kind=KIND,
        definition_digest=filling.version.digest,
        answers=filling.evaluation.answers,
        files=files,
        text=rendering.text_of(filling.definition, parts, filling.draft.language),
        language=filling.draft.language,
    )
    return content, parts


def shown(parts: Sequence[rendering.Section]) -> list[kinds.ShownSection]:
    """The sections as pages and PDFs show them."""
    return [kinds.ShownSection(part.title, [(label_of(row), row.value) for row in part.rows]) for part in parts]


def message_of(parts: Sequence[rendering.Section]) -> str:
    """The answers as the first message of the case: a line each, pages apart."""
    lines = ["\n".join(f"{label_of(row).rstrip(':?')}: {', '.join(row.value.splitlines())}" for row in part.rows) for part in parts]
    return "\n\n".join(lines)


def label_of(row: rendering.Row) -> str:
    """A question's label, with the entry of its group."""
    return f"{row.entry}: {row.label}" if row.entry else row.label


def file_facts(files: Sequence[Mapping[str, Any]]) -> dict[str, FileFacts]:
    """Stored files as ``questions`` knows them."""
    return {file["id"]: FileFacts(file["name"], file["size"], file["content_type"]) for file in files}


def file_ids(pages: Sequence[Any], answers: Mapping[str, Any]) -> list[str]:
    """Ids of the documents that the answers name, in the order of the form."""
    return [key for page in pages for key in ids_in(page.elements, answers)]


def ids_in(elements: Sequence[Element], answers: Mapping[str, Any]) -> Iterator[str]:
    """The document ids in one scope and the entries of its groups."""
    for element in elements:
        value = answers.get(element.key)
        if isinstance(element, File) and isinstance(value, list):
            yield from value
        elif isinstance(element, Group) and isinstance(value, list):
            for entry in value:
                yield from ids_in(element.elements, entry)


def person_of(definition: FormDefinition, answers: Mapping[str, Any]) -> dict[str, str]:
    """Name and e-mail address of who writes, from the first answers outside groups that say so.

    The name is a ``name``, the given and family name of a ``person``, or the contact of an ``organisation``; without
    any of them it is the organisation's own name.
    """
    found = {"name": "", "email": ""}
    organisation = ""
    for page in definition.pages:
        for element in page.elements:
            value = answers.get(element.key)
            if isinstance(element, Organisation) and isinstance(value, dict):
                organisation = organisation or str(value.get("name", ""))
                found["name"] = found["name"] or str(value.get("contact", ""))
            elif isinstance(element, Person) and isinstance(value, dict):
                parts = (str(value[part]) for part in ("given_name", "family_name") if value.get(part))
                found["name"] = found["name"] or " ".join(parts)
            elif element.type in found and isinstance(value, str):
                found[element.type] = found[element.type] or value
    found["name"] = found["name"] or organisation
    return found


def declared_person(definition: FormDefinition, answers: Mapping[str, Any]) -> dict[str, str]:
    """How the person names themselves, for the comparison with what a signature proves; an organisation does not sign."""
    for page in definition.pages:
        for element in page.elements:
            value = answers.get(element.key)
            if isinstance(element, Person) and isinstance(value, dict):
                return {part: str(value[part]) for part in ("given_name", "family_name", "birth_date") if value.get(part)}
    name = person_of(definition, answers)["name"]
    return {"name": name} if name else {}


def test_problems() -> Iterator[Finding]:
    """Published forms whose own tests fail with this release."""
    for version in queries.published_versions():
        for outcome in definition_tests.run(queries.definition_of(version)):
            if not outcome.passed:
                yield Finding(Level.ERROR, f"The test {outcome.name!r} of the form {version.form_id} fails: {outcome.differences[0]}")


def register() -> None:
    """Fill the registries below."""
    kinds.register(KIND, FormKind())
    checks.registry.register("forms", test_problems)
