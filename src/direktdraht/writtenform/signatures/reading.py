"""Finds the signatures in a file: PDF (ISO 32000-2, 12.8) or CMS (RFC 5652). Nothing is judged here."""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from asn1crypto import cms, core, crl, ocsp, pem, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import find_cms_attribute_iter
from pyhanko.sign.validation.generic_cms import extract_self_reported_ts
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from direktdraht.writtenform.signatures.faults import FOREIGN, UnreadableSignature

One = TypeVar("One")

MOST_BYTES = 64 * 1024 * 1024
MOST_SIGNATURES = 50

SIGNATURE_FORMATS = frozenset({"/adbe.pkcs7.detached", "/ETSI.CAdES.detached"})
TIMESTAMP_FORMAT = "/ETSI.RFC3161"


@dataclass
class Signature:
    """One signature as it was found. ``problem`` is a German sentence if it cannot even be taken apart."""

    name: str
    is_timestamp: bool = False
    signed_data: cms.SignedData | None = None
    digest: Callable[[str], bytes] | None = None
    embedded: EmbeddedPdfSignature | None = None
    claimed: datetime | None = None
    problem: str = ""

    @property
    def signer_info(self) -> cms.SignerInfo:
        """The only signer inside. Raises ValueError if there is none or more than one."""
        infos = self.signed_data["signer_infos"] if self.signed_data is not None else []
        if len(infos) != 1:
            raise ValueError("one signer")
        return infos[0]


@dataclass
class Document:
    """A file with its signatures in the order of their revisions, and the validation data that came with it."""

    data: bytes
    signatures: list[Signature]
    reader: PdfFileReader | None = None
    lenient: bool = False
    certificates: list[x509.Certificate] = field(default_factory=list)
    crls: list[crl.CertificateList] = field(default_factory=list)
    ocsps: list[ocsp.OCSPResponse] = field(default_factory=list)
    has_store: bool = False


def read_document(data: bytes, content: bytes | None = None) -> Document:
    """The signatures of a PDF, or of a CMS file whose content is given.

    Raises:
        UnreadableSignature: empty, too big, neither PDF nor CMS, encrypted, or without signature.
    """
    if not data:
        raise UnreadableSignature("Die Datei ist leer.")
    if len(data) > MOST_BYTES:
        raise UnreadableSignature(f"Die Datei ist größer als {MOST_BYTES // (1024 * 1024)} MB.")
    if b"%PDF-" in data[:1024]:
        return _read_pdf(data)
    return _read_cms(data, content)


def _read_pdf(data: bytes) -> Document:
    reader, lenient = _reader(data)
    if reader.encrypted:
        raise UnreadableSignature("Das PDF ist verschlüsselt. Seine Unterschriften lassen sich nicht prüfen.")
    try:
        fields = list(_signature_fields(reader))
    except FOREIGN as error:
        raise UnreadableSignature("Die Formularfelder des PDFs sind nicht lesbar.") from error
    if not fields:
        raise UnreadableSignature("Das PDF enthält keine elektronische Unterschrift.")
    if len(fields) > MOST_SIGNATURES:
        raise UnreadableSignature(f"Das PDF enthält mehr als {MOST_SIGNATURES} Unterschriften.")
    signatures = [_pdf_signature(reader, name, node) for name, node in fields]
    signatures.sort(key=lambda one: one.embedded.signed_revision if one.embedded else -1)
    document = Document(data, signatures, reader, lenient)
    _add_store(document)
    _add_signature_data(document)
    _drop_unreadable(document)
    return document


def _reader(data: bytes) -> tuple[PdfFileReader, bool]:
    """A strict reader, else a lenient one; whatever needs the lenient one will fail the check of the structure."""
    for strict in (True, False):
        try:
            reader = PdfFileReader(io.BytesIO(data), strict=strict)
            reader.root["/Pages"]  # without pages it is no document
        except FOREIGN:
            continue
        return reader, not strict
    raise UnreadableSignature("Das PDF ist beschädigt und lässt sich nicht lesen.")


def _signature_fields(reader: PdfFileReader) -> Iterator[tuple[str, generic.DictionaryObject]]:
    for name, _, field_reference in enumerate_sig_fields(reader, filled_status=True):
        yield str(name), field_reference.get_object()


def _pdf_signature(reader: PdfFileReader, name: str, node: generic.DictionaryObject) -> Signature:
    try:
        value = node.raw_get("/V").get_object()
        kind, subfilter = _entry(value, "/Type", "/Sig"), _entry(value, "/SubFilter", None)
        is_timestamp = kind == "/DocTimeStamp"
        accepted = {TIMESTAMP_FORMAT} if is_timestamp else SIGNATURE_FORMATS
        if subfilter not in accepted:
            shown = str(subfilter).lstrip("/")[:40]
            return Signature(name, is_timestamp, problem=f"Das Format „{shown}“ der Unterschrift wird nicht geprüft.")
        embedded = EmbeddedPdfSignature(reader, node, name)
        if type(embedded.signed_data) is not cms.SignedData:
            raise ValueError("signed data")
        claimed = _aware(embedded.self_reported_timestamp)
        return Signature(name, is_timestamp, embedded.signed_data, embedded.compute_digest, embedded, claimed)
    except FOREIGN:
        return Signature(name, problem="Die Unterschrift im PDF ist unvollständig oder beschädigt.")


def _entry(node: Mapping[str, Any], key: str, otherwise: Any) -> Any:
    """An entry of a dictionary with its reference followed: pyHanko's own ``get`` does not follow it."""
    try:
        return node[key]
    except KeyError:
        return otherwise


def _read_cms(data: bytes, content: bytes | None) -> Document:
    try:
        der = pem.unarmor(data)[2] if pem.detect(data) else data
        info = cms.ContentInfo.load(der, strict=True)
        if info["content_type"].native != "signed_data":
            raise UnreadableSignature("Die Datei enthält keine elektronische Unterschrift.")
        signed: cms.SignedData = info["content"]
        infos = list(signed["signer_infos"])
        enclosed = signed["encap_content_info"]["content"]
        inner = None if enclosed is core.VOID or enclosed.native is None else bytes(enclosed.contents)
    except FOREIGN as error:
        if isinstance(error, UnreadableSignature):
            raise
        raise UnreadableSignature("Die Datei ist weder ein PDF noch eine elektronische Unterschrift (CMS).") from error
    if not infos:
        raise UnreadableSignature("Die Datei enthält keine elektronische Unterschrift.")
    if len(infos) > MOST_SIGNATURES:
        raise UnreadableSignature(f"Die Datei enthält mehr als {MOST_SIGNATURES} Unterschriften.")
    if inner is not None and content is not None and inner != content:
        raise UnreadableSignature("Der Inhalt in der Unterschrift ist ein anderer als der daneben.")
    if inner is None and content is None:
        raise UnreadableSignature("Zur Unterschrift fehlt die unterschriebene Datei.")
    signatures = [_cms_signature(signed, one, number, content if content is not None else inner) for number, one in enumerate(infos, 1)]
    document = Document(data, signatures)
    _add_signature_data(document)
    _drop_unreadable(document)
    return document


def _cms_signature(signed: cms.SignedData, signer_info: cms.SignerInfo, number: int, content: bytes | None) -> Signature:
    """One of the signers, as if the others were not there: they are independent of each other (RFC 5652, 5.1)."""
    alone = signed.copy()
    alone["signer_infos"] = cms.SignerInfos([signer_info])
    try:
        claimed = _aware(extract_self_reported_ts(signer_info))
    except FOREIGN:
        claimed = None
    return Signature(f"CMS {number}", False, alone, lambda name: digest_of(name, content or b""), None, claimed)


def digest_of(name: str, content: bytes) -> bytes:
    """A digest by its name in ASN.1. Raises ValueError for an unknown one."""
    if name == "shake256":
        return hashlib.shake_256(content).digest(64)
    return hashlib.new(name, content).digest()


def _aware(moment: datetime | None) -> datetime | None:
    """A claimed time without zone says nothing certain."""
    return moment if moment is not None and moment.tzinfo is not None else None


def _add_store(document: Document) -> None:
    """The validation data of the document security store (ETSI EN 319 142-1, 5.4.2); what is not readable there is not there."""
    try:
        store = document.reader.root["/DSS"] if document.reader else {}
        document.has_store = bool(store)
        document.certificates.extend(_stored(store, "/Certs", x509.Certificate))
        document.crls.extend(_stored(store, "/CRLs", crl.CertificateList))
        document.ocsps.extend(_stored(store, "/OCSPs", ocsp.OCSPResponse))
    except FOREIGN:
        document.has_store = bool(document.crls or document.ocsps)


def _stored(store: Mapping[str, Any], key: str, kind: Any) -> list[Any]:
    entries = _entry(store, key, [])
    return [kind.load(entry.get_object().read_data(DecodePurpose.CRL), strict=True) for entry in entries]


def _add_signature_data(document: Document) -> None:
    """Certificates and revocation data inside the signatures (RFC 5652, 5.1; attribute of ISO 32000-2, 12.8.3.3.2)."""
    for signature in document.signatures:
        if signature.signed_data is None:
            continue
        try:
            document.certificates.extend(certificates_in(signature.signed_data))
            document.crls.extend(one.chosen for one in signature.signed_data["crls"] or () if one.name == "certificate_list")
            for archive in find_cms_attribute_iter(signature.signer_info["signed_attrs"], "adobe_revocation_info_archival"):
                document.crls.extend(archive["crl"] or ())
                document.ocsps.extend(archive["ocsp"] or ())
        except FOREIGN:
            signature.problem = signature.problem or "Die Unterschrift im PDF ist unvollständig oder beschädigt."


def _drop_unreadable(document: Document) -> None:
    """Take out what cannot be parsed: it would stop the search for chains, and what it should prove just stays unproven.

    Of revocation lists only the head is looked at: they may be long, and a broken entry fails where the list is used.
    """
    document.certificates = list(_parsed(document.certificates, lambda one: one.native))
    document.crls = list(_parsed(document.crls, lambda one: [one["tbs_cert_list"][name].native for name in _CRL_HEAD]))
    document.ocsps = list(_parsed(document.ocsps, lambda one: one.native))


_CRL_HEAD = ("issuer", "this_update", "next_update", "crl_extensions")


def _parsed(values: Iterable[One], parse: Callable[[One], object]) -> Iterator[One]:
    for value in values:
        try:
            parse(value)
        except FOREIGN:
            continue
        yield value


def certificates_in(signed_data: cms.SignedData) -> list[x509.Certificate]:
    """The certificates that a signature carries."""
    return [one.chosen for one in signed_data["certificates"] or () if one.name == "certificate"]
