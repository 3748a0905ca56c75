"""Cases about the PDF itself: forms of valid files, and attacks on their structure. Each row names its section."""

import io
import re
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

from tests.writtenform import papers
from tests.writtenform.papers import append_revision, assemble, paper, signed_by
from tests.writtenform.signing import sign_digest
from tests.writtenform.world import Expected, World, fails, holds, unreadable

Row = tuple[str, str, Callable[[World], bytes], Expected]


def resigned(pdf: bytes, world: World, numbers: Sequence[int]) -> bytes:
    """The file with another ByteRange, and a signature that fits exactly these bytes: what a dishonest signer can do."""
    changed = papers.replace_byte_range(pdf, numbers)
    cms = sign_digest(papers.document_digest(changed), world.robin).hex().encode()
    begin = changed.rindex(b"/Contents <") + len(b"/Contents <")
    end = changed.index(b">", begin)
    return changed[:begin] + cms.ljust(end - begin, b"0") + changed[end:]


def moved_range(shift: Callable[[list[int], int], list[int]]) -> Callable[[World], bytes]:
    """A file re-signed with numbers that are worked out from the honest ones and the file's length."""

    def make(world: World) -> bytes:
        pdf = signed_by(world.robin)
        return resigned(pdf, world, shift(papers.byte_range_of(pdf), len(pdf)))

    return make


def replaced(old: bytes, new: bytes) -> Callable[[World], bytes]:
    """A signed file in which bytes were exchanged for as many others."""

    def make(world: World) -> bytes:
        pdf = signed_by(world.robin)
        assert pdf.count(old) >= 1
        assert len(old) == len(new)
        place = pdf.rindex(old)
        return pdf[:place] + new + pdf[place + len(old) :]

    return make


def exchanged(pattern: bytes, new: bytes) -> Callable[[World], bytes]:
    """A signed file in which what matches was exchanged, filled up with spaces."""
    return lambda world: re.sub(pattern, lambda found: new.ljust(len(found[0])), signed_by(world.robin))


def emptied_contents(world: World) -> bytes:
    """All zeros where the signature was (universal signature forgery)."""
    return re.sub(rb"/Contents <[0-9a-fA-F]+>", lambda found: b"/Contents <" + b"0" * (len(found[0]) - 12) + b">", signed_by(world.robin))


def stuffed_gap(world: World) -> bytes:
    """The padding behind the signature is used for other entries: the gap holds more than the signature."""
    pdf = signed_by(world.robin)
    begin = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    end = pdf.index(b">", begin)
    extra = b"> /Reason (gefaelscht) /Pad <"
    return pdf[: end - 200] + extra + b"00" * ((200 - len(extra)) // 2) + b"0" * ((200 - len(extra)) % 2) + pdf[end:]


def shadow_hide(world: World) -> bytes:
    """What lay over the text when it was signed is taken away afterwards."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 90 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
    hidden = b"BT /F1 12 Tf 72 700 Td (Sie schulden 10.000 Euro.) Tj ET"
    return append_revision(signed_by(world.robin), {3: page, 90: b"<< /Length %d >>\nstream\n%b\nendstream" % (len(hidden), hidden)})


def shadow_replace(world: World) -> bytes:
    """The font is exchanged, so that the same bytes show other letters."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Symbol /Encoding << /Differences [49 /nine] >> >>"
    return append_revision(signed_by(world.robin), {5: font})


def shadow_hide_and_replace(world: World) -> bytes:
    """A second tree of pages lies in the signed file; an update makes it the visible one."""
    other = b"BT /F1 12 Tf 72 700 Td (Ein ganz anderer Vertrag.) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length 0 >>\nstream\n\nendstream",
        b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 5 0 R /MediaBox [0 0 595 842] /Contents 7 0 R >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(other), other),
    ]
    signed = signed_by(world.robin, assemble(objects))
    root = re.findall(rb"(?<!\d)1 0 obj\n(<<.*?>>)\nendobj", signed, re.DOTALL)[-1]
    return append_revision(signed, {1: root.replace(b"/Pages 2 0 R", b"/Pages 5 0 R")})


def duplicate_key(world: World) -> bytes:
    """A tree of pages with two lists of pages: readers may take the first or the last."""
    return signed_by(world.robin, paper(edit=(b"/Count 1", b"/Count 1 /Kids [3 0 R 3 0 R]")))


def hybrid(world: World) -> bytes:
    """A trailer that names a second directory of objects beside the table (ISO 32000-2, 7.5.8.4)."""
    base = papers.with_object_streams(paper())
    start = int(base[base.rindex(b"startxref") :].split()[1])
    out = bytearray(base[: base.rindex(b"startxref")])
    table = len(out)
    number, generation = (int(one) for one in base[start : start + 12].split()[:2])
    root = re.search(rb"/Root (\d+) 0 R", base)
    assert root
    assert generation == 0
    out += b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size %d /Root %b 0 R /XRefStm %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        number + 1,
        root[1],
        start,
        table,
    )
    return signed_by(world.robin, bytes(out))


def xfa(world: World) -> bytes:
    """A form whose look comes from XML (ISO 32000-2 has dropped it)."""
    return signed_by(world.robin, paper(edit=(b"/AcroForm << ", b"/AcroForm << /XFA (<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>) ")))


def copied_signature(world: World) -> bytes:
    """The honest signature is also shown by a second field over another page content."""
    pdf = signed_by(world.robin)
    value = re.findall(rb"/V (\d+) 0 R", pdf)[-1]
    field = b"<< /FT /Sig /T (Kopie) /V %b 0 R /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /P 3 0 R >>" % value
    root = re.findall(rb"(?<!\d)1 0 obj\n(<<.*?>>)\nendobj", pdf, re.DOTALL)[-1]
    return append_revision(pdf, {1: root.replace(b"/Fields [", b"/Fields [ 91 0 R "), 91: field})


def filled_after(permission: MDPPerm | None, **more: Any) -> Callable[[World], bytes]:
    """A signed form in which an answer was changed afterwards."""
    return lambda world: papers.fill_field(signed_by(world.robin, permission=permission, **more), "999")


def countersigned(world: World) -> bytes:
    """Two people sign one after the other."""
    return signed_by(world.kim, signed_by(world.robin), field="Zweite")


def filled_between(world: World) -> bytes:
    """The second person fills in what the first one left open for that, then signs."""
    return signed_by(world.kim, papers.fill_field(signed_by(world.robin, permission=MDPPerm.FILL_FORMS), "250"), field="Zweite")


def nested(depth: int) -> bytes:
    """Arrays in arrays in arrays."""
    return paper(edit=(b"/MediaBox [0 0 595 842]", b"/MediaBox [0 0 595 842] /X " + b"[" * depth + b"]" * depth))


@cache
def bomb() -> bytes:
    """A directory of objects that unpacks to 100 MB from a few hundred bytes, by two filters on each other."""
    twice = zlib.compress(zlib.compress(bytes(100_000_000), 9), 9)
    head = b"%PDF-1.7\n"
    table = (
        b"1 0 obj\n<< /Type /XRef /Size 9 /W [1 4 1] /Root 2 0 R /Filter [/FlateDecode /FlateDecode] /Length %d >>\n"
        b"stream\n%b\nendstream\nendobj\n" % (len(twice), twice)
    )
    return head + table + b"startxref\n%d\n%%%%EOF\n" % len(head)


PDF_ROWS: tuple[Row, ...] = (
    ("plain", "EN 319 142-1, 6.3 (B-B)", lambda w: signed_by(w.kim), holds()),
    ("pdf-2.0", "ISO 32000-2, 12.8", lambda w: signed_by(w.kim, paper(version="2.0")), holds()),
    ("object-streams", "ISO 32000-2, 7.5.7", lambda w: signed_by(w.kim, papers.with_object_streams(paper())), holds()),
    (
        "acrobat-format",
        "ISO 32000-2, 12.8.3.3",
        lambda w: signed_by(w.kim, subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED),
        holds(),
    ),
    ("two-signers", "ISO 32000-2, 12.8.1", countersigned, holds(signers=2)),
    ("certified-no-changes", "ISO 32000-2, 12.8.2.2 (P 1)", lambda w: signed_by(w.kim, permission=MDPPerm.NO_CHANGES), holds()),
    ("certified-fill", "ISO 32000-2, 12.8.2.2 (P 2)", lambda w: signed_by(w.kim, permission=MDPPerm.FILL_FORMS), holds()),
    ("certified-annotate", "ISO 32000-2, 12.8.2.2 (P 3)", lambda w: signed_by(w.kim, permission=MDPPerm.ANNOTATE), holds()),
    ("certified-filled", "ISO 32000-2, 12.8.2.2 (P 2 allows)", filled_after(MDPPerm.FILL_FORMS), holds(coverage="partial")),
    ("filled-between-signers", "ISO 32000-2, 12.8.2.2 (P 2 allows)", filled_between, holds(signers=2)),
    ("filled-under-p1", "ISO 32000-2, 12.8.2.2 (P 1 forbids)", filled_after(MDPPerm.NO_CHANGES), fails("changes", coverage="partial")),
    (
        "filled-though-locked",
        "ISO 32000-2, 12.8.2.4 (FieldMDP)",
        filled_after(None, lock=papers.LOCK_ALL),
        fails("changes", coverage="partial"),
    ),
    ("filled-after-approval", "§ 3a (2) VwVfG: the signed text counts", filled_after(None), fails("changes", coverage="partial")),
    ("tampered-text", "EN 319 102-1, 5.2.7 (HASH_FAILURE)", replaced(b"Pachtvertrag", b"Mietvertrag."), fails("integrity")),
    ("tampered-amount", "EN 319 102-1, 5.2.7 (HASH_FAILURE)", replaced(b"/V (100)", b"/V (999)"), fails("integrity")),
    ("shadow-hide", "ISO 32000-2, 12.8.2.2; shadow attacks, hide", shadow_hide, fails("changes", coverage="partial")),
    ("shadow-replace", "ISO 32000-2, 12.8.2.2; shadow attacks, replace", shadow_replace, fails("changes", coverage="partial")),
    (
        "shadow-hide-and-replace",
        "ISO 32000-2, 12.8.2.2; shadow attacks, hide-and-replace",
        shadow_hide_and_replace,
        fails("changes", coverage="partial"),
    ),
    (
        "appended-object",
        "ISO 32000-2, 7.5.6; incremental saving attack",
        lambda w: append_revision(signed_by(w.robin), {4: b"<< /Length 2 >>\nstream\nBT\nendstream"}),
        fails("changes", coverage="partial"),
    ),
    (
        "appended-without-table",
        "ISO 32000-2, 7.5.6; incremental saving attack without table",
        lambda w: signed_by(w.robin) + b"4 0 obj\n<< /Length 2 >>\nstream\nBT\nendstream\nendobj\n",
        fails("structure changes", coverage="partial"),
    ),
    (
        "after-eof",
        "ISO 32000-2, 7.5.5 (nothing after the end)",
        lambda w: signed_by(w.robin) + b"%PDF-1.4 noch ein Dokument",
        fails("structure changes", coverage="partial"),
    ),
    ("second-document", "ISO 32000-2, 7.5.5 (one end)", lambda w: signed_by(w.robin) * 2, fails("structure changes", coverage="partial")),
    (
        "other-document-behind",
        "ISO 32000-2, 7.5.5 (one end, leading to the last directory)",
        lambda w: signed_by(w.robin) + paper("Etwas anderes.")[:-40] + signed_by(w.robin)[-40:],
        fails("structure changes", coverage="partial"),
    ),
    (
        "range-null",
        "ISO 32000-2, 12.8.1 (ByteRange is an array); universal signature forgery",
        exchanged(rb"/ByteRange \[[^\]]*\]", b"/ByteRange null"),
        fails("integrity coverage changes", level="none", coverage="partial"),
    ),
    (
        "range-of-words",
        "ISO 32000-2, 12.8.1 (ByteRange of integers)",
        exchanged(rb"/ByteRange \[[^\]]*\]", b"/ByteRange [(a) (b) 1 2]"),
        fails("integrity coverage changes", level="none", coverage="partial"),
    ),
    (
        "contents-null",
        "ISO 32000-2, 12.8.1 (Contents is a string); universal signature forgery",
        exchanged(rb"/Contents <[0-9a-fA-F]+>", b"/Contents null"),
        fails("integrity coverage changes", level="none", coverage="partial"),
    ),
    (
        "contents-one-zero",
        "RFC 5652, 3; universal signature forgery",
        exchanged(rb"/Contents <[0-9a-fA-F]+>", b"/Contents <00>"),
        fails("integrity coverage changes", level="none", coverage="partial"),
    ),
    (
        "value-of-wrong-type",
        "ISO 32000-2, 12.7.5.5 (V is a signature dictionary)",
        exchanged(rb"/V \d+ 0 R", b"/V /A"),
        fails("integrity coverage changes", level="none", coverage="partial"),
    ),
    (
        "signed-over-a-change",
        "ISO 32000-2, 12.8.2.2; a second signature does not heal the first",
        lambda w: signed_by(w.kim, papers.fill_field(signed_by(w.robin), "999"), field="Zweite"),
        fails("changes", coverage="partial", signers=2),
    ),
    ("before-header", "ISO 32000-2, 7.5.2 (begins with %PDF)", lambda w: b"GIF89a\n" + signed_by(w.robin), unreadable("beschädigt")),
    ("duplicate-key", "ISO 32000-2, 7.3.7 (keys are unique)", duplicate_key, fails("structure")),
    ("hybrid-table", "ISO 32000-2, 7.5.8.4 (hybrid)", hybrid, fails("structure")),
    ("xfa-form", "ISO 32000-2, annex K (XFA dropped)", xfa, fails("structure")),
    (
        "copied-signature",
        "ISO 32000-2, 12.8.1; signature in a second field",
        copied_signature,
        fails("changes", coverage="partial", signers=2),
    ),
    ("stuffed-gap", "EN 319 142-1, 5.3 (gap is the signature only)", stuffed_gap, fails("coverage changes", coverage="partial")),
    (
        "range-missing",
        "ISO 32000-2, 12.8.1 (ByteRange required)",
        replaced(b"/ByteRange", b"/ByteRangX"),
        fails("integrity coverage changes", level="none", coverage="partial"),
    ),
    (
        "contents-missing",
        "ISO 32000-2, 12.8.1 (Contents required)",
        replaced(b"/Contents <", b"/Kontents <"),
        fails("integrity coverage changes", level="none", coverage="partial"),
    ),
    (
        "contents-empty",
        "RFC 5652, 3 (ContentInfo)",
        emptied_contents,
        fails("integrity coverage changes", level="none", coverage="partial"),
    ),
    (
        "unknown-format",
        "ISO 32000-2, 12.8.1 (SubFilter)",
        replaced(b"/ETSI.CAdES.detached", b"/ETSI.CAdES.detacheX"),
        fails("integrity coverage changes", level="none", coverage="partial"),
    ),
    (
        "sha1-format",
        "ISO 32000-2, 12.8.3.3 (x509.rsa_sha1 and the like)",
        replaced(b"/ETSI.CAdES.detached", b"/adbe.pkcs7.sha1    "),
        fails("integrity coverage changes", level="none", coverage="partial"),
    ),
    (
        "range-two-numbers",
        "EN 319 142-1, 5.3 (two pairs)",
        moved_range(lambda r, n: [0, r[1]] and [0, r[1], r[2], 0]),
        fails("structure coverage changes", coverage="partial"),
    ),
    (
        "range-stops-early",
        "EN 319 142-1, 5.3 (whole file)",
        moved_range(lambda r, n: [0, r[1], r[2], r[3] - 40]),
        fails("structure coverage changes", coverage="partial"),
    ),
    (
        "range-gap-too-wide",
        "EN 319 142-1, 5.3 (gap)",
        moved_range(lambda r, n: [0, r[1] - 30, r[2], r[3]]),
        fails("coverage changes", coverage="partial"),
    ),
    (
        "range-gap-too-narrow",
        "EN 319 142-1, 5.3 (gap)",
        moved_range(lambda r, n: [0, r[1], r[2] - 10, r[3]]),
        fails("structure coverage changes", coverage="partial"),
    ),
    (
        "range-begins-late",
        "EN 319 142-1, 5.3 (from byte 0)",
        moved_range(lambda r, n: [9, r[1] - 9, r[2], r[3]]),
        fails("coverage changes", coverage="partial"),
    ),
    (
        "range-beyond-file",
        "EN 319 142-1, 5.3 (inside the file)",
        replaced(b"/ByteRange [0 ", b"/ByteRange [9 "),
        fails("coverage changes integrity", coverage="partial"),
    ),
    ("unsigned", "no signature", lambda w: paper(), unreadable("keine elektronische Unterschrift")),
    (
        "empty-field",
        "no signature: only a place for one",
        lambda w: papers.fill_field(sign_place(), "1"),
        unreadable("keine elektronische Unterschrift"),
    ),
    (
        "only-a-timestamp",
        "EN 319 142-1, 5.4.3 (a timestamp is no signature)",
        lambda w: papers.stamped(paper(), w.service),
        unreadable("nur Zeitstempel"),
    ),
    ("encrypted", "ISO 32000-2, 7.6", lambda w: papers.encrypted(signed_by(w.robin)), unreadable("verschlüsselt")),
    ("empty", "no file", lambda w: b"", unreadable("leer")),
    ("text", "neither PDF nor CMS", lambda w: b"Guten Tag", unreadable("weder ein PDF noch")),
    ("web-page", "neither PDF nor CMS", lambda w: b"<html><body>%PDF</body></html>", unreadable("weder ein PDF noch")),
    ("cut-off", "ISO 32000-2, 7.5.5", lambda w: signed_by(w.robin)[:900], unreadable("keine elektronische Unterschrift")),
    ("only-a-header", "ISO 32000-2, 7.5", lambda w: b"%PDF-1.7\n", unreadable("beschädigt")),
    ("deep", "limits of our own", lambda w: nested(60_000), unreadable("keine elektronische Unterschrift")),
    ("bomb", "limits of our own", lambda w: bomb(), unreadable("beschädigt")),
)


def sign_place() -> bytes:
    """A paper with an empty signature field."""
    writer = IncrementalPdfFileWriter(io.BytesIO(paper()), strict=False)
    papers.empty_field(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
