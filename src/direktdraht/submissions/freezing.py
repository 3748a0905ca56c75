"""Freezing a draft for its signature, letting it go again, and taking in what was signed."""

from collections.abc import Mapping
from pathlib import Path

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from direktdraht.foundation import clock, codes, pdf
from direktdraht.foundation.city import settings as city_settings
from direktdraht.foundation.documents import actions as documents
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.journal import actions as journal
from direktdraht.foundation.web.dates import moment_words
from direktdraht.submissions import kinds, queries
from direktdraht.submissions.errors import AlreadySent, ChangedMeanwhile, NotFrozen
from direktdraht.submissions.kinds import Ready
from direktdraht.submissions.models import Declaration, Draft
from direktdraht.writtenform import actions as writtenform
from direktdraht.writtenform import queries as proofs
from direktdraht.writtenform.actions import Outcome
from direktdraht.writtenform.models import Proof
from direktdraht.writtenform.rules import Rule

OWNER = "declaration"
DRAFT_OWNERS = ("draft", OWNER)
CODE_LENGTH = 14  # three groups of four with their dashes: 56 bits, tries are limited
TEMPLATE = Path(__file__).parent / "typst" / "declaration.typ"


def freeze(draft: Draft, *, seen_digest: str) -> Declaration:
    """Freeze a draft as the review page showed it (``seen_digest``); doing it twice gives one declaration.

    Its exact PDF is made now and kept. Journal: ``declaration.frozen``.

    Raises:
        AlreadySent: it is a submission already.
        ChangedMeanwhile: the draft changed since the page was shown.
        kinds.NotReady: something is missing.
    """
    with transaction.atomic():
        locked = Draft.objects.select_for_update().get(pk=draft.pk)
        if locked.sent_at is not None:
            raise AlreadySent
        known = queries.declaration_of(locked)
        if known is not None:
            return known
        ready = kinds.registry.get(locked.kind).ready(locked)
        if ready.content.digest(bytes(locked.salt)) != seen_digest:
            raise ChangedMeanwhile
        code = codes.new_key()[:CODE_LENGTH]
        declaration = Declaration.objects.create(
            draft=locked,
            digest=seen_digest,
            code=code,
            rule=ready.written_form,
            law=ready.law,
            title=ready.title,
            declared=dict(ready.declared),
            unit=ready.unit,
            document=keep_pdf(locked, ready, code, seen_digest),
        )
        Draft.objects.filter(pk=locked.pk).update(frozen_at=declaration.frozen_at)
        facts = {"rule": declaration.rule, "pdf": declaration.document.sha256}
        journal.record("declaration.frozen", subject=f"declaration:{declaration.pk}", digest=seen_digest, facts=facts)
    return declaration


def keep_pdf(draft: Draft, ready: Ready, code: str, digest: str) -> Document:
    """Render and keep the PDF that is printed, or signed electronically."""
    with translation.override(draft.language):
        content = pdf.render(TEMPLATE, pdf_facts(draft, ready, code, digest))
        name = _("Erklärung %(code)s.pdf") % {"code": code}
    return documents.keep_bytes(content, name=name, content_type="application/pdf", owner_kind=OWNER, owner_id=str(draft.pk))


def pdf_facts(draft: Draft, ready: Ready, code: str, digest: str) -> dict[str, object]:
    """Everything that the PDF shows."""
    city = city_settings.current()
    return {
        "language": draft.language.partition("-")[0],
        "city": city.name,
        "address": city.address,
        "unit": ready.unit.name,
        "title": ready.title,
        "code_label": _("Code"),
        "code": code,
        "frozen": _("Stand: %(when)s") % {"when": moment_words(clock.now())},
        "sections": [{"title": part.title, "rows": [list(row) for row in part.rows]} for part in ready.sections],
        "files_title": _("Dateien"),
        "files": [f"{file.name} (SHA-256 {file.sha256})" for file in ready.content.files],
        "digest_label": _("Prüfsumme"),
        "digest": digest,
        "sign_title": _("Unterschrift"),
        "sign_hint": _("Nur wenn Sie auf Papier unterschreiben: bitte hier, mit Ort und Datum."),
        "place_label": _("Ort, Datum"),
        "name_label": _("Unterschrift"),
    }


def let_go(declaration: Declaration) -> None:
    """Open the draft again for changes: a letter that was printed and a signature that was given count no more.

    Raises NotFrozen when it was sent meanwhile. Journal: ``declaration.let_go``.
    """
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=declaration.draft_id)
        live = queries.declaration_of(draft)
        if live is None or live.pk != declaration.pk:
            raise NotFrozen
        writtenform.discard_proofs(live.digest)
        Declaration.objects.filter(pk=live.pk).update(discarded_at=clock.now())
        Draft.objects.filter(pk=draft.pk).update(frozen_at=None, changed_at=clock.now())
        journal.record("declaration.let_go", subject=f"declaration:{live.pk}")


def rule_of(declaration: Declaration) -> Rule:
    """The rule that was law in this city on the day of freezing; raises RuleError."""
    return proofs.rule_on(key=declaration.rule, law=declaration.law, on=declaration.frozen_at.astimezone(clock.BERLIN).date())


def sign(declaration: Declaration, outcome: Outcome) -> Proof:
    """Keep the proof that a way led to. Raises NotFrozen, and what ``writtenform.actions.keep_proof`` raises."""
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=declaration.draft_id)
        live = queries.declaration_of(draft)
        if live is None or live.pk != declaration.pk:
            raise NotFrozen
        return writtenform.keep_proof(digest=live.digest, rule=rule_of(live), outcome=outcome)


def needed_proof(draft: Draft, ready: Ready, digest: str) -> Proof | None:
    """The proof with which the draft may be sent; ``None`` where no law asks for one.

    Raises kinds.NotReady with the page where one can sign.
    """
    if not ready.written_form:
        return None
    proof = proofs.proof_of(digest)
    if proof is None and draft.frozen_at is not None:
        raise kinds.NotReady(reverse("submissions:sign", args=[draft.pk]))
    if proof is None:
        raise kinds.NotReady(kinds.registry.get(draft.kind).review_url(draft))
    return proof


def proved_person(proof: Proof) -> Mapping[str, str]:
    """How the proof names the person who signed; empty where a clerk looked."""
    found = proof.facts.get("person", {})
    return {name: str(value) for name, value in found.items()}


def post_address() -> str:
    """Where a letter goes, one line for each line of the address."""
    city = city_settings.current()
    return f"{city.name}\n{city.address}"
