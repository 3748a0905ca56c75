"""Which bytes of a PDF a signature covers, and what was changed after it (ISO 32000-2, 12.8.1 and 12.8.2)."""

from dataclasses import dataclass

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from direktdraht.writtenform.signatures.faults import FOREIGN


@dataclass(frozen=True)
class Extent:
    """How far a signature reaches: ``revision`` its whole revision, ``file`` the whole file; else ``problem`` in German."""

    revision: bool
    file: bool
    problem: str = ""


@dataclass(frozen=True)
class Changes:
    """What happened after a signature: ``ok`` False for what is not allowed; ``content`` if answers in fields were changed."""

    ok: bool
    content: bool
    detail: str


def end_of(embedded: EmbeddedPdfSignature) -> int:
    """Where the signed bytes end; 0 if that cannot be said."""
    numbers = _numbers(embedded)
    return numbers[2] + numbers[3] if numbers else 0


def _numbers(embedded: EmbeddedPdfSignature) -> list[int]:
    """The four numbers of the ByteRange; empty if it is anything else."""
    try:
        numbers = list(embedded.byte_range)
    except TypeError:
        return []
    return [int(one) for one in numbers] if len(numbers) == 4 and all(isinstance(one, int) and one >= 0 for one in numbers) else []


def extent_of(embedded: EmbeddedPdfSignature, data: bytes) -> Extent:
    """How far the signature reaches. The gap must hold the signature itself and nothing else, down to the byte."""
    numbers = _numbers(embedded)
    if not numbers or numbers[0] != 0:
        return Extent(False, False, "Die Angabe, welche Teile unterschrieben sind (ByteRange), ist nicht normgerecht.")
    _, before, after, length = numbers
    if not 0 < before < after <= after + length <= len(data):
        return Extent(False, False, "Die Angabe, welche Teile unterschrieben sind (ByteRange), passt nicht zur Datei.")
    gap = data[before:after]
    if not (gap.startswith(b"<") and gap.endswith(b">") and _unhexed(gap[1:-1]) == embedded.pkcs7_content):
        return Extent(False, False, "Neben der Unterschrift sind weitere Teile der Datei nicht unterschrieben.")
    try:
        level = embedded.evaluate_signature_coverage()
    except FOREIGN:
        return Extent(False, False, "Es lässt sich nicht feststellen, welche Teile unterschrieben sind.")
    if after + length == len(data):
        return Extent(True, True)
    if level < SignatureCoverageLevel.ENTIRE_REVISION:
        return Extent(False, False, "Ein Teil des Dokuments ist nicht unterschrieben.")
    return Extent(True, False)


def _unhexed(text: bytes) -> bytes | None:
    try:
        return bytes.fromhex(text.decode("ascii"))
    except ValueError:
        return None


def changes_after(embedded: EmbeddedPdfSignature, extent: Extent) -> Changes:
    """What was changed after the signature, and whether that was allowed.

    Allowed are further signatures, timestamps and validation data. Answers in form fields may only change where the
    signature itself allows it (DocMDP level 2 or 3); other than in ISO 32000 silence does not allow it: what was changed
    afterwards was not signed.
    """
    if extent.file:
        return Changes(True, False, "Nach der Unterschrift wurde nichts mehr geändert.")
    if not extent.revision:
        return Changes(False, True, "Ob nach der Unterschrift etwas geändert wurde, ist nicht nachzuvollziehen.")
    if _ends_in_noise(embedded):
        return Changes(False, True, "Nach der Unterschrift wurden Daten angehängt, die zu keiner Fassung gehören.")
    try:
        embedded.compute_integrity_info()
        status = embedded.summarise_integrity_info()
        diff, permitted = status["diff_result"], embedded.docmdp_level
    except FOREIGN:
        return Changes(False, True, "Was nach der Unterschrift geändert wurde, lässt sich nicht prüfen.")
    if not isinstance(diff, DiffResult) or diff.modification_level == ModificationLevel.OTHER or not status["docmdp_ok"]:
        return Changes(False, True, "Nach der Unterschrift wurde das Dokument auf nicht erlaubte Weise geändert.")
    answers = diff.changed_form_fields - _signature_fields(embedded.reader)
    if answers and permitted not in {MDPPerm.FILL_FORMS, MDPPerm.ANNOTATE}:
        return Changes(False, True, "Nach der Unterschrift wurden Felder des Formulars geändert.")
    if answers:
        return Changes(True, True, "Nach der Unterschrift wurden nur Felder ausgefüllt, die dafür freigegeben waren.")
    return Changes(True, False, "Nach der Unterschrift kamen nur Unterschriften, Zeitstempel oder Prüfdaten hinzu.")


def _ends_in_noise(embedded: EmbeddedPdfSignature) -> bool:
    """Whether bytes lie behind the end of the last revision, or all that lies behind the signature belongs to none."""
    xrefs, stream = embedded.reader.xrefs, embedded.reader.stream
    last = xrefs.total_revisions - 1
    if embedded.signed_revision == last:
        return True
    stream.seek(xrefs.get_xref_container_info(last).end_location)
    _, mark, behind = stream.read().partition(b"%%EOF")
    return not mark or bool(behind.strip(b"\0\t\n\f\r "))


def _signature_fields(reader: PdfFileReader) -> set[str]:
    return {str(name) for name, _, _ in enumerate_sig_fields(reader)}
