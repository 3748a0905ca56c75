"""The receipt: its rows in words, its PDF, its machine-readable form."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from direktdraht.foundation import pdf
from direktdraht.foundation.city import settings as city_settings
from direktdraht.foundation.documents import actions as documents
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.journal import queries as journal
from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.web.dates import day_words, moment_words
from direktdraht.payments.models import Order
from direktdraht.payments.shown import cost_words
from direktdraht.submissions import kinds, orders
from direktdraht.submissions.models import Submission
from direktdraht.writtenform import queries as proofs
from direktdraht.writtenform import report

TEMPLATE = Path(__file__).parent / "typst" / "receipt.typ"
PDF_LIMITS = documents.Limits(frozenset({"application/pdf"}), 50 * documents.MEGABYTE)


def next_steps(submission: Submission, words: kinds.Received) -> list[tuple[str, str]]:
    """What happens next, as pairs of term and fact."""
    rows = [(_("Zuständig"), submission.case.unit.name), *words.rows]
    if submission.answer_by is not None:
        rows.append((_("Antwort bis"), day_words(submission.answer_by)))
    order = orders.fee_order(submission)
    rows.append((_("Kosten"), words.cost or money_words(submission, order)))
    if order is not None:
        rows.append((_("Kassenzeichen"), order.reference))
    proof = proofs.proof_of(submission.digest)
    if proof is not None:
        rows.append((_("Unterschrift"), report.line_of(proof)))
    if submission.mailed_to:
        rows.append((_("Ihre Kopie"), _("an %(address)s geschickt") % {"address": submission.mailed_to}))
    return rows


def received(submission: Submission) -> kinds.Received:
    """The words of the receipt that its kind has."""
    return kinds.registry.get(submission.kind).received(submission)


def money_words(submission: Submission, order: Order | None) -> str:
    """The fee in words: what is to be paid by when, or that the city writes about it."""
    if not submission.fee:
        return _("keine")
    if order is not None:
        return cost_words(order)
    amount = f"{submission.fee:.2f}".replace(".", ",") if translation.get_language() != "en" else f"{submission.fee:.2f}"
    return _("%(amount)s €. Wir schreiben Ihnen, wie und wann Sie zahlen.") % {"amount": amount}


def digest_words(digest: str) -> str:
    """The digest in groups of four, as it can be compared by eye."""
    return "sha256 " + " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def machine_receipt(submission: Submission) -> dict[str, Any]:
    """The receipt as a document that ``direktdraht verify --receipt`` checks with the public key alone."""
    entry = Entry.objects.get(pk=submission.journal_entry)
    return journal.receipt(entry, number=submission.case.number)


def render_pdf(submission: Submission) -> bytes:
    """The receipt with a copy of everything sent, in the language of the submission (§ 9a (4) OZG)."""
    with translation.override(submission.language):
        sections = kinds.registry.get(submission.kind).sections(submission)
        return pdf.render(TEMPLATE, pdf_facts(submission, sections))


def pdf_facts(submission: Submission, sections: list[kinds.ShownSection]) -> dict[str, Any]:
    """Everything that the PDF shows."""
    words = received(submission)
    return {
        "language": submission.language.partition("-")[0],
        "city": city_settings.current().name,
        "address": city_settings.current().address,
        "title": submission.title,
        "heading": _("Quittung"),
        "lead": f"{words.title}.",
        "received": moment_words(submission.received_at),
        "number_label": _("Vorgangsnummer"),
        "number": submission.case.number,
        "next_title": _("Wie es weitergeht"),
        "next": [list(row) for row in next_steps(submission, words)],
        "proof_title": _("Beweis"),
        "proof_text": _("Diese Prüfsumme gehört zu genau dem, was Sie abgeschickt haben."),
        "digest": digest_words(submission.digest),
        "check_label": _("Quittung prüfen"),
        "check_url": settings.BASE_URL + reverse("submissions:check", args=[submission.case.number]),
        "check_code_label": _("Prüfcode"),
        "check_code": submission.check_code,
        "copy_title": _("Das haben Sie abgeschickt"),
        "sections": [{"title": part.title, "rows": [list(row) for row in part.rows]} for part in sections],
        "files_title": _("Dateien"),
        "files": [file["name"] for file in submission.files],
    }


def stored_pdf(submission: Submission) -> Document:
    """The receipt's PDF, rendered once and kept; later calls give the same bytes."""
    if submission.receipt_pdf is not None:
        return submission.receipt_pdf
    content = render_pdf(submission)
    with transaction.atomic():
        locked = Submission.objects.select_for_update(of=("self",)).select_related("receipt_pdf").get(pk=submission.pk)
        if locked.receipt_pdf is None:
            locked.receipt_pdf = documents.store(
                stream=ContentFile(content),
                name=f"quittung-{submission.case.number}.pdf",
                owner_kind="submission",
                owner_id=str(submission.pk),
                limits=PDF_LIMITS,
            )
            locked.save(update_fields=["receipt_pdf"])
    submission.receipt_pdf = locked.receipt_pdf
    return locked.receipt_pdf
