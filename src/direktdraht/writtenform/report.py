"""The check report (Prüfprotokoll) for laypeople: who, when, what was examined, what could not be and why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from direktdraht.foundation import clock, pdf
from direktdraht.foundation.city import settings as city_settings
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.verdicts import Check, failed
from direktdraht.foundation.web.dates import moment_words
from direktdraht.writtenform import queries, registry
from direktdraht.writtenform.models import Proof

TEMPLATE = Path(__file__).parent / "typst" / "report.typ"


@dataclass(frozen=True)
class Report:
    """A report in words: a verdict, facts as pairs, and the checks in three groups."""

    verdict: str
    holds: bool
    facts: Sequence[tuple[str, str]]
    held: Sequence[Check]
    broken: Sequence[Check]
    unchecked: Sequence[Check]
    evidence: Sequence[Document]


def report_of(proof: Proof, checks: Sequence[Check] | None = None) -> Report:
    """The report of a proof: with its checks of the first day, or with those of an examination just made."""
    found = [in_words(check) for check in (queries.checks_of(proof) if checks is None else checks)]
    broken = failed(found)
    holds = not broken and proof.discarded_at is None
    verdict = _("Diese Erklärung ist gültig unterschrieben.") if holds else _("Dieser Nachweis gilt nicht.")
    return Report(
        verdict=verdict,
        holds=holds,
        facts=facts_of(proof),
        held=[check for check in found if check.ok],
        broken=broken,
        unchecked=[check for check in found if check.ok is None],
        evidence=[piece.document for piece in queries.evidence_of(proof)],
    )


def in_words(check: Check) -> Check:
    """The check with its sentence in the language of the reader, where it has one; it is stored in German."""
    return replace(check, detail=_(check.detail))


def facts_of(proof: Proof) -> list[tuple[str, str]]:
    """Who signed when, how, and under which paragraph."""
    rows = [
        (_("Unterschrieben von"), proof.signer or _("nicht benannt")),
        (_("Auf welchem Weg"), str(registry.proofs.get(proof.way).label)),
        (_("Wann"), moment_words(proof.given_at)),
        (_("Geprüft"), moment_words(proof.checked_at)),
        (_("Rechtsgrundlage"), proof.paragraph),
        (_("Vertrauensniveau"), str(proof.get_level_display())),
        (_("Prüfsumme der Erklärung"), proof.digest),
    ]
    if proof.discarded_at is not None:
        rows.append((_("Verworfen"), moment_words(proof.discarded_at)))
    return rows


def line_of(proof: Proof) -> str:
    """The proof in one line, for the clerk's page."""
    way = str(registry.proofs.get(proof.way).fact)
    return _("%(who)s, %(way)s, %(when)s") % {"who": proof.signer or "–", "way": way, "when": moment_words(proof.given_at)}


def render_pdf(proof: Proof, checks: Sequence[Check] | None = None) -> bytes:
    """The report as a PDF to keep or print."""
    return pdf.render(TEMPLATE, pdf_facts(report_of(proof, checks)))


def pdf_facts(report: Report) -> dict[str, Any]:
    """Everything that the PDF shows."""
    groups = [
        (_("Geprüft und in Ordnung"), report.held),
        (_("Nicht in Ordnung"), report.broken),
        (_("Nicht geprüft"), report.unchecked),
    ]
    return {
        "language": (get_language() or "de").partition("-")[0],
        "city": city_settings.current().name,
        "heading": _("Prüfprotokoll"),
        "verdict": report.verdict,
        "made": _("Erstellt am %(when)s") % {"when": moment_words(clock.now())},
        "facts": [list(row) for row in report.facts],
        "groups": [{"title": title, "lines": [check.detail for check in checks]} for title, checks in groups if checks],
        "evidence_title": _("Aufbewahrte Belege (SHA-256)"),
        "evidence": [[one.name, one.sha256] for one in report.evidence],
    }
