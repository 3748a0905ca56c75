"""Cases about certificates, revocation, timestamps, algorithms and CMS. Each row names its section."""

import hashlib
import subprocess
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.fields import SigSeedSubFilter

from tests.writtenform import papers, pki
from tests.writtenform.papers import paper, signed_by, stamped, with_store
from tests.writtenform.pki import AT, Holder
from tests.writtenform.signing import SIGNED, sign_content_without_attributes, sign_digest, stamper
from tests.writtenform.world import Expected, World, fails, holds, unreadable

Made = bytes | tuple[bytes, bytes]
"""A file, or a detached signature with what it signs."""
Row = tuple[str, str, Callable[[World], Made], Expected]

TEXT = b"Hiermit lege ich Widerspruch ein.\n"
BEFORE = SIGNED - timedelta(days=30)
AFTER = SIGNED + timedelta(days=10)


def stamped_signature(world: World, holder: Holder, pdf: bytes | None = None) -> bytes:
    """A signature with a trusted timestamp."""
    return signed_by(holder, pdf, stamp=stamper(world.service))


def long_term(world: World, holder: Holder, *, crls: tuple[bytes, ...] | None = None, ocsps: tuple[bytes, ...] = ()) -> bytes:
    """A signature with a timestamp and a store of revocation data."""
    lists = (pki.crl_of(world.issuer), pki.crl_of(world.root)) if crls is None else crls
    return with_store(stamped_signature(world, holder), [world.issuer, world.root, world.service], lists, ocsps)


def revoked(at: datetime, *, stamp: bool, ocsp: bool = False) -> Callable[[World], bytes]:
    """A signature with revocation data that says: revoked at this instant."""

    def make(world: World) -> bytes:
        person = pki.person(world.issuer, "Gesperrt")
        signed = stamped_signature(world, person) if stamp else signed_by(person)
        crls = [pki.crl_of(world.root)] if ocsp else [pki.crl_of(world.issuer, (person, at)), pki.crl_of(world.root)]
        return with_store(signed, [world.issuer, world.root], crls, [pki.ocsp_of(person, revoked_at=at)] if ocsp else [])

    return make


def stale_revoked(world: World) -> bytes:
    """An old revocation list already names the certificate."""
    person = pki.person(world.issuer, "Lange gesperrt")
    old = pki.crl_of(world.issuer, (person, BEFORE), this_update=BEFORE, next_update=BEFORE + timedelta(days=1))
    return with_store(signed_by(person), [world.issuer], [old])


def stale_good(world: World) -> bytes:
    """An old revocation list that does not name the certificate says nothing about today."""
    old = pki.crl_of(world.issuer, this_update=BEFORE, next_update=BEFORE + timedelta(days=1))
    return with_store(signed_by(world.kim), [world.issuer], [old])


def forged_list(world: World) -> bytes:
    """A revocation list in the issuer's name by somebody else: it must not count."""
    impostor = pki.authority("Ausstellung Musterland", pki.authority("Wurzel Musterland"))
    return with_store(signed_by(world.kim), [world.issuer], [pki.crl_of(impostor)])


def issued(**more: object) -> Callable[[World], bytes]:
    """A signature with a certificate that was issued in a certain way."""
    return lambda world: signed_by(pki.person(world.issuer, "Jemand", **more))


def detached(make: Callable[[World, bytes], bytes], content: bytes = TEXT) -> Callable[[World], Made]:
    """A detached signature, with the content beside it."""
    return lambda world: (make(world, hashlib.sha256(TEXT).digest()), content)


def by_openssl(world: World) -> Made:
    """A detached signature as OpenSSL makes it, with the certificate attribute of CAdES."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        key = world.kim.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        for file, data in (("text", TEXT), ("key.pem", key), ("kim.pem", world.kim.pem), ("issuer.pem", world.issuer.pem)):
            (folder / file).write_bytes(data)
        command = (
            "openssl cms -sign -binary -cades -md sha256 -in text -signer kim.pem -inkey key.pem -certfile issuer.pem -outform DER -out out"
        )
        subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
        return (folder / "out").read_bytes(), TEXT


def archived(world: World, *, service: Holder | None = None) -> bytes:
    """With a timestamp over everything at the end."""
    return stamped(long_term(world, world.kim), service or world.service)


def rescued(world: World) -> bytes:
    """The certificate of the first time-stamping service has ended since; a later archive timestamp keeps the proof alive."""
    old = pki.timestamp_service(world.issuer, "Alter Dienst", end=SIGNED + timedelta(days=5))
    signed = signed_by(world.kim, stamp=stamper(old))
    lists = [pki.crl_of(world.issuer, this_update=SIGNED, next_update=AT), pki.crl_of(world.root, this_update=SIGNED, next_update=AT)]
    return stamped(with_store(signed, [world.issuer, world.root, old], lists), world.service, at=SIGNED + timedelta(days=2))


def old_service(world: World) -> bytes:
    """The same without archive timestamp: the old one proves nothing any more."""
    return signed_by(world.kim, stamp=stamper(pki.timestamp_service(world.issuer, "Alter Dienst", end=SIGNED + timedelta(days=5))))


ENDED = {"end": SIGNED + timedelta(days=5)}
FUTURE = {"begin": AT + timedelta(days=1)}
CERTIFICATE_ROWS: tuple[Row, ...] = (
    ("b-t", "EN 319 142-1, 6.3 (B-T)", lambda w: stamped_signature(w, w.kim), holds("B-T")),
    ("b-lt-crl", "EN 319 142-1, 6.3 (B-LT)", lambda w: long_term(w, w.kim), holds("B-LT")),
    (
        "b-lt-ocsp",
        "EN 319 142-1, 6.3 (B-LT); RFC 6960",
        lambda w: long_term(w, w.kim, crls=(pki.crl_of(w.root),), ocsps=(pki.ocsp_of(w.kim),)),
        holds("B-LT"),
    ),
    ("b-lta", "EN 319 142-1, 6.3 (B-LTA)", archived, holds("B-LTA")),
    ("b-lta-rescues", "EN 319 102-1, 5.6 (past validation)", rescued, holds("B-LTA")),
    ("timestamp-service-ended", "EN 319 102-1, 5.4 (OUT_OF_BOUNDS_NO_POE)", old_service, holds("B-B")),
    (
        "store-without-issuers",
        "EN 319 142-1, 6.3 (all certificates of the chain)",
        lambda w: long_term(w, w.kim, crls=(pki.crl_of(w.issuer),)),
        holds("B-T"),
    ),
    ("empty-store", "EN 319 142-1, 6.3 (B-LT needs data)", lambda w: long_term(w, w.kim, crls=()), holds("B-T")),
    (
        "archive-of-unknown-service",
        "EN 319 102-1, 5.4",
        lambda w: archived(w, service=w.strange_service),
        fails("document-timestamp", level="B-LT"),
    ),
    ("timestamp-of-unknown-service", "EN 319 102-1, 5.4", lambda w: signed_by(w.kim, stamp=stamper(w.strange_service)), fails("timestamp")),
    (
        "timestamp-over-other",
        "RFC 3161, 2.4.2 (messageImprint)",
        lambda w: signed_by(w.kim, stamp=stamper(w.service, other=True)),
        fails("timestamp"),
    ),
    ("timestamp-by-person", "RFC 3161, 2.3 (timeStamping)", lambda w: signed_by(w.kim, stamp=stamper(w.robin)), fails("timestamp")),
    (
        "timestamp-in-future",
        "EN 319 102-1, 5.4",
        lambda w: signed_by(w.kim, stamp=stamper(w.service, at=AT + timedelta(days=1))),
        fails("timestamp"),
    ),
    (
        "timestamp-before-certificate",
        "EN 319 102-1, 5.2.6 (not yet valid)",
        lambda w: signed_by(pki.person(w.issuer, "Neu", begin=AFTER), stamp=stamper(w.service)),
        fails("certificate-validity", level="B-T"),
    ),
    ("expired", "RFC 5280, 6.1.3; EN 319 102-1, 5.2.6 (no POE)", issued(**ENDED), fails("certificate-validity")),
    (
        "expired-after-timestamp",
        "EN 319 102-1, 5.5.4 (POE before the end)",
        lambda w: stamped_signature(w, pki.person(w.issuer, "Jemand", **ENDED)),
        holds("B-T"),
    ),
    ("not-yet-valid", "RFC 5280, 6.1.3", issued(**FUTURE), fails("certificate-validity")),
    ("for-encryption", "RFC 5280, 4.2.1.3 (key usage)", issued(usage=("key_encipherment",)), fails("key-usage")),
    ("for-web-servers", "RFC 5280, 4.2.1.12 (extended key usage)", lambda w: signed_by(w.web_server), fails("key-usage")),
    ("for-code", "RFC 5280, 4.2.1.12 (extended key usage)", issued(purposes=[ExtendedKeyUsageOID.CODE_SIGNING]), fails("key-usage")),
    ("for-mail", "RFC 5280, 4.2.1.12 (e-mail protection signs)", issued(purposes=[ExtendedKeyUsageOID.EMAIL_PROTECTION]), holds()),
    ("for-documents", "RFC 9336 (document signing)", issued(purposes=[x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")]), holds()),
    ("without-usage", "RFC 5280, 4.2.1.3 (absent: any)", issued(usage=None), holds()),
    ("self-signed", "RFC 5280, 6.1", lambda w: signed_by(pki.issue(None, pki.name("Robin Beispiel"))), fails("certificate-chain")),
    ("unknown-issuer", "RFC 5280, 6.1", lambda w: signed_by(w.stranger), fails("certificate-chain")),
    (
        "root-in-file",
        "RFC 5280, 6.1 (an anchor is given, not brought)",
        lambda w: signed_by(w.stranger, certificates=[w.stranger_root]),
        fails("certificate-chain"),
    ),
    ("issued-by-person", "RFC 5280, 4.2.1.9 (cA)", lambda w: signed_by(pki.person(w.robin, "Untergeschoben")), fails("certificate-chain")),
    ("issuer-missing", "RFC 5280, 6.1", lambda w: signed_by(w.kim, certificates=[]), fails("certificate-chain")),
    (
        "issuer-expired",
        "RFC 5280, 6.1.3",
        lambda w: signed_by(pki.person(pki.authority("Alt", w.root, end=AT - timedelta(days=1)), "Jemand")),
        fails("certificate-chain"),
    ),
    ("revoked-before", "EN 319 102-1, 5.2.6 (REVOKED)", revoked(BEFORE, stamp=True), fails("revocation", level="B-T")),
    ("revoked-after", "EN 319 102-1, 5.5.4 (POE before revocation)", revoked(AFTER, stamp=True), holds("B-LT")),
    ("revoked-after-without-timestamp", "EN 319 102-1, 5.2.6 (REVOKED_NO_POE)", revoked(AFTER, stamp=False), fails("revocation")),
    ("revoked-by-ocsp", "RFC 6960, 2.2", revoked(BEFORE, stamp=True, ocsp=True), fails("revocation", level="B-T")),
    ("revoked-in-old-list", "RFC 5280, 5 (revoked stays revoked)", stale_revoked, fails("revocation")),
    ("good-in-old-list", "RFC 5280, 5.1.2.5 (nextUpdate): not checked", stale_good, holds()),
    ("forged-list", "RFC 5280, 6.3.3 (f): not checked", forged_list, holds()),
    (
        "issuer-revoked",
        "RFC 5280, 6.1.3",
        lambda w: with_store(signed_by(w.kim), [], [pki.crl_of(w.root, (w.issuer, BEFORE)), pki.crl_of(w.issuer)]),
        fails("revocation"),
    ),
    (
        "pseudonym",
        "§ 3a (2) VwVfG; EN 319 412-2, 4.2.4",
        issued(subject=x509.Name([x509.NameAttribute(x509.oid.NameOID.PSEUDONYM, "Zauberlehrling")])),
        holds(broken="pseudonym"),
    ),
    (
        "pseudonym-mark",
        "§ 3a (2) VwVfG; mark :PN of German certificates",
        issued(subject=pki.name("Zauberlehrling:PN")),
        holds(broken="pseudonym"),
    ),
    ("sha-384", "TS 119 312, 5.2", lambda w: signed_by(w.kim, digest="sha384"), holds()),
    ("rsa-2048", "TS 119 312, 6.2", lambda w: signed_by(pki.person(w.issuer, "RSA", key=pki.rsa_key(2048))), holds()),
    ("rsa-pss", "RFC 4056; TS 119 312, 6.2", lambda w: signed_by(pki.person(w.issuer, "PSS", key=pki.rsa_key(2048)), pss=True), holds()),
    (
        "rsa-1024",
        "TS 119 312, 6.2 (too small)",
        lambda w: signed_by(pki.person(w.issuer, "RSA", key=pki.rsa_key(1024))),
        fails("algorithms"),
    ),
    (
        "sha-1",
        "TS 119 312, 5.2 (SHA-1)",
        lambda w: signed_by(pki.person(w.issuer, "RSA", key=pki.rsa_key(2048)), digest="sha1"),
        fails("algorithms"),
    ),
    (
        "md5",
        "TS 119 312, 5.2 (MD5)",
        lambda w: signed_by(pki.person(w.issuer, "RSA", key=pki.rsa_key(2048)), digest="md5"),
        fails("algorithms"),
    ),
    (
        "binding-missing",
        "EN 319 142-1, 6.3 (signing-certificate)",
        lambda w: signed_by(w.kim, binding="none"),
        fails("signing-certificate", level="none"),
    ),
    (
        "binding-of-other",
        "EN 319 122-1, 5.2.2; RFC 5035, 3",
        lambda w: signed_by(w.kim, binding="other"),
        fails("signing-certificate integrity", level="none"),
    ),
    ("binding-old", "RFC 2634, 5.4 (SHA-1 form of the attribute)", lambda w: signed_by(w.kim, binding="v1"), holds()),
    (
        "certificate-not-enclosed",
        "EN 319 142-1, 6.3 (certificate present)",
        lambda w: papers.sign(paper(), lambda v: without_certificate(v, w)),
        fails("integrity", level="none"),
    ),
    (
        "two-signers-in-one",
        "EN 319 142-1, 6.3 (one signer)",
        lambda w: papers.sign(paper(), lambda v: twice(v, w)),
        fails("integrity coverage changes", level="none", coverage="partial"),
    ),
    (
        "garbage-in-contents",
        "RFC 5652, 3",
        lambda w: papers.sign(paper(), lambda v: b"\x30\x03\x02\x01\x05"),
        fails("integrity coverage changes", level="none", coverage="partial"),
    ),
    (
        "acrobat-timestamp-format",
        "ISO 32000-2, 12.8.1 (SubFilter of a timestamp)",
        lambda w: signed_by(w.kim, subfilter=SigSeedSubFilter.ETSI_RFC3161),
        fails("integrity coverage changes", level="none", coverage="partial"),
    ),
    ("cms", "RFC 5652; EN 319 122-1", detached(lambda w, v: sign_digest(v, w.kim)), holds()),
    ("cms-b-t", "EN 319 122-1, 6.3 (B-T)", detached(lambda w, v: sign_digest(v, w.kim, stamp=stamper(w.service))), holds("B-T")),
    ("cms-openssl", "EN 319 122-1 (as OpenSSL makes it)", by_openssl, holds()),
    (
        "cms-other-content",
        "EN 319 102-1, 5.2.7 (HASH_FAILURE)",
        detached(lambda w, v: sign_digest(v, w.kim), b"Etwas anderes"),
        fails("integrity"),
    ),
    (
        "cms-without-attributes",
        "EN 319 122-1, 6.3 (signed attributes)",
        lambda w: (sign_content_without_attributes(TEXT, w.kim), TEXT),
        fails("signing-certificate", level="none"),
    ),
    (
        "cms-no-content",
        "RFC 5652, 5.2 (detached)",
        lambda w: sign_digest(hashlib.sha256(TEXT).digest(), w.kim),
        unreadable("fehlt die unterschriebene Datei"),
    ),
    ("cms-cut", "RFC 5652, 3", detached(lambda w, v: sign_digest(v, w.kim)[:400]), unreadable("weder ein PDF noch")),
    ("cms-trailing", "X.690, 10 (DER)", detached(lambda w, v: sign_digest(v, w.kim) + b"00"), unreadable("weder ein PDF noch")),
)


def without_certificate(value: bytes, world: World) -> bytes:
    """A signature that does not carry the signer's certificate."""

    info = cms.ContentInfo.load(sign_digest(value, world.kim))
    info["content"]["certificates"] = [world.issuer.asn1]
    return bytes(info.dump(force=True))


def twice(value: bytes, world: World) -> bytes:
    """Two signers in one container."""

    info, other = (cms.ContentInfo.load(sign_digest(value, one)) for one in (world.kim, world.robin))
    info["content"]["signer_infos"] = [info["content"]["signer_infos"][0], other["content"]["signer_infos"][0]]
    return bytes(info.dump(force=True))
