"""PDFs for the cases: written by hand, or by qpdf, and signed through pyHanko's writer with signatures of our own making."""

import hashlib
import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pikepdf
from asn1crypto import crl, ocsp
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp, SignatureObject
from pyhanko.sign.validation.dss import DocumentSecurityStore

from tests.writtenform.pki import Holder
from tests.writtenform.signing import LATER, SIGNED, sign_digest, token_for_digest

RESERVED = 12_000


def paper(text: str = "Hiermit kündige ich den Pachtvertrag.", *, version: str = "1.7", edit: tuple[bytes, bytes] = (b"", b"")) -> bytes:
    """A page with one sentence and a text field, written byte by byte with a classical cross-reference table.

    ``edit`` exchanges a part of an object for another one before offsets are worked out.
    """
    stream = f"BT /F1 12 Tf 72 700 Td ({text.encode('ascii', 'replace').decode()}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] /DA (/F1 10 Tf 0 g) /DR << /Font << /F1 5 0 R >> >> >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [6 0 R] /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (betrag) /V (100) /Rect [72 600 200 620] /P 3 0 R /F 4 >>",
    ]
    return assemble([body.replace(*edit) if edit[0] else body for body in objects], version=version)


def assemble(objects: Sequence[bytes], *, version: str = "1.7", trailer: bytes = b"") -> bytes:
    """A PDF of these objects, the first one its root."""
    out = bytearray(f"%PDF-{version}\n%\xe2\xe3\xcf\xd3\n".encode("latin-1"))
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %b>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def append_revision(pdf: bytes, objects: dict[int, bytes], *, root: int = 1) -> bytes:
    """An incremental update by hand: new or changed objects, a table of them, a trailer that points back."""
    previous = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    out = bytearray(pdf)
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    size = max(200, *(number + 1 for number in objects))
    out += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in sorted(places.items()))
    out += b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, previous, start)
    return bytes(out)


def with_object_streams(pdf: bytes) -> bytes:
    """The same document as qpdf writes it with object and cross-reference streams."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def encrypted(pdf: bytes) -> bytes:
    """The same document, encrypted with an empty password for reading."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="geheim", user=""))
    return out.getvalue()


def sign(
    pdf: bytes,
    make: Callable[[bytes], bytes],
    *,
    field: str = "Unterschrift",
    digest: str = "sha256",
    permission: MDPPerm | None = None,
    lock: FieldMDPSpec | None = None,
    subfilter: SigSeedSubFilter = SigSeedSubFilter.PADES,
    claimed: datetime = SIGNED,
    stamp: bool = False,
    prepare: Callable[[IncrementalPdfFileWriter], None] | None = None,
) -> bytes:
    """Append a signature; ``make`` gives the CMS for the digest of the document."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    if prepare:
        prepare(writer)
    steps = PdfCMSEmbedder().write_cms(field_name=field, writer=writer)
    next(steps)
    place: Any = (
        DocumentTimestamp(bytes_reserved=2 * RESERVED)
        if stamp
        else SignatureObject(bytes_reserved=2 * RESERVED, subfilter=subfilter, timestamp=claimed)
    )
    setup = None
    if permission is not None or lock is not None:
        setup = SigMDPSetup(md_algorithm=digest, certify=permission is not None, field_lock=lock, docmdp_perms=permission)
    steps.send(SigObjSetup(sig_placeholder=place, mdp_setup=setup))
    prepared, out = steps.send(SigIOSetup(md_algorithm=digest, in_place=True))
    steps.send(make(prepared.document_digest))
    data: bytes = out.getvalue()
    return data


def signed_by(holder: Holder, pdf: bytes | None = None, **more: Any) -> bytes:
    """A paper signed by someone; what belongs to ``sign`` goes there, everything else into the signature."""
    own = {key: more.pop(key) for key in ("field", "permission", "lock", "subfilter", "claimed", "prepare") if key in more}
    return sign(pdf or paper(), lambda value: sign_digest(value, holder, **more), digest=more.get("digest", "sha256"), **own)


def with_store(pdf: bytes, holders: Sequence[Holder], crls: Sequence[bytes] = (), ocsps: Sequence[bytes] = ()) -> bytes:
    """Append a document security store (ETSI EN 319 142-1, 5.4.2)."""
    out = io.BytesIO(pdf)
    DocumentSecurityStore.add_dss(
        out,
        sig_contents=None,
        certs=[one.asn1 for one in holders],
        crls=[crl.CertificateList.load(one) for one in crls],
        ocsps=[ocsp.OCSPResponse.load(one) for one in ocsps],
    )
    return out.getvalue()


def stamped(pdf: bytes, service: Holder, *, at: datetime = LATER, field: str = "Archiv") -> bytes:
    """Append a timestamp over the document (EN 319 142-1, 5.4.3)."""
    return sign(pdf, lambda value: token_for_digest(value, service, at=at), field=field, stamp=True)


def fill_field(pdf: bytes, value: str) -> bytes:
    """Append a changed answer in the text field."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    node = writer.root["/AcroForm"]["/Fields"][0]
    node[generic.pdf_name("/V")] = generic.pdf_string(value)
    writer.mark_update(writer.root["/AcroForm"]["/Fields"].raw_get(0))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def empty_field(writer: IncrementalPdfFileWriter, name: str = "Zweite") -> None:
    """Put in an empty signature field for somebody else."""
    append_signature_field(writer, SigFieldSpec(name))


LOCK_ALL = FieldMDPSpec(FieldMDPAction.ALL)


def byte_range_of(pdf: bytes) -> list[int]:
    """The numbers of the last ByteRange in a file."""
    place = pdf.rindex(b"/ByteRange")
    return [int(one) for one in pdf[pdf.index(b"[", place) + 1 : pdf.index(b"]", place)].split()]


def replace_byte_range(pdf: bytes, numbers: Sequence[int]) -> bytes:
    """The file with other numbers in its last ByteRange, at the same length."""
    place = pdf.rindex(b"/ByteRange")
    begin, end = pdf.index(b"[", place) + 1, pdf.index(b"]", place)
    text = b" ".join(b"%d" % one for one in numbers)
    if len(text) > end - begin:
        raise ValueError("the numbers do not fit")
    return pdf[:begin] + text.ljust(end - begin) + pdf[end:]


def document_digest(pdf: bytes) -> bytes:
    """SHA-256 of what the last ByteRange covers."""
    a, b, c, d = byte_range_of(pdf)
    return hashlib.sha256(pdf[a : a + b] + pdf[c : c + d]).digest()
