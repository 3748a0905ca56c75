"""The provider's signature ``X-de-mail-integrity``: DKIM syntax (RFC 6376, 3.5) with the rules of TR-01201 part 3.4, 3.1.21."""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from dkim.canonicalization import CanonicalizationPolicy, InvalidCanonicalizationPolicyError

from direktdraht.writtenform.demail.fields import Field, Mail

FIELD = "x-de-mail-integrity"
CERTIFICATE_FIELD = "x-de-mail-signature-certificate"
SIGNED = (
    "from",
    "date",
    "message-id",
    "subject",
    "reply-to",
    "x-de-mail-confirmation-of-dispatch",
    "x-de-mail-confirmation-of-receipt",
    "x-de-mail-confirmation-of-retrieve",
    "x-de-mail-authoritative",
    "x-de-mail-private",
    "x-de-mail-sender",
    "x-de-mail-chosen-recipient",
    "x-de-mail-auth-mechanism",
    "x-de-mail-auth-level",
    "x-de-mail-originator-provider",
    "x-de-mail-message-type",
    "x-de-mail-version",
    "x-de-mail-private-id",
    "x-de-mail-message-id",
    "x-de-mail-account-holder",
)
"""Fields over which the hash is made (3.1.21): where one is present, it must be among the signed."""
NEEDED = ("from", "date", "message-id", "subject", "x-de-mail-sender", "x-de-mail-auth-level")
"""Without these it is no De-Mail (table 1) or says nothing about its sender."""
PROFILE_SOURCE = "x-header/x-de-mail-signature-certificate"
MOST_SIGNED_FIELDS = 200

_HASHES = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
_SCHEMES = {"rsa": "rsa", "ec-dsa": "ec-dsa", "ecdsa": "ec-dsa", "rsassa-pss": "rsassa-pss"}
_TAG = re.compile(rb"[A-Za-z][A-Za-z0-9_]*")
_VALUE_OF_B = re.compile(rb"((?:\A|;)[ \t\r\n]*b[ \t\r\n]*=)[^;]*")
_SPACE = re.compile(rb"[ \t\r\n]+")

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey


class BrokenIntegrity(ValueError):
    """The field cannot be read as a signature; the message is one German sentence."""


@dataclass(frozen=True)
class Integrity:
    """The field taken apart. ``scheme`` is None where there is only a hash and no signature."""

    field: Field
    digest: str
    scheme: str | None
    canonical: CanonicalizationPolicy
    value: bytes
    body_digest: bytes
    names: tuple[str, ...]
    domain: str
    deviations: tuple[str, ...]
    expires: int | None

    def expired(self, at: datetime) -> bool:
        """Whether the signature itself names an end (tag ``x``) that is past."""
        return self.expires is not None and at.timestamp() > self.expires


def read_integrity(mail: Mail) -> Integrity | None:
    """The first field from the top, None if there is none. Raises BrokenIntegrity."""
    fields = mail.all(FIELD)
    if not fields:
        return None
    tags = _tags(fields[0].halves[1])
    missing = [name for name in ("a", "b", "bh", "h") if not tags.get(name)]
    if missing:
        raise BrokenIntegrity(f"Der Signatur des Anbieters fehlt die Angabe „{missing[0]}“.")
    if tags.get("v", b"1") != b"1":
        raise BrokenIntegrity("Die Version der Signatur des Anbieters ist unbekannt.")
    digest, scheme = _algorithm(tags["a"])
    names = tuple(name.decode("ascii", "replace").lower() for name in tags["h"].split(b":"))
    if len(names) > MOST_SIGNED_FIELDS or not all(re.fullmatch(r"[!-9;-~]+", name) for name in names):
        raise BrokenIntegrity("Die Liste der signierten Kopffelder ist nicht lesbar.")
    try:
        canonical = CanonicalizationPolicy.from_c_value(tags.get("c", b"simple/simple").lower())
    except InvalidCanonicalizationPolicyError as error:
        raise BrokenIntegrity("Die Signatur des Anbieters benutzt eine unbekannte Normalform.") from error
    return Integrity(
        fields[0],
        digest,
        scheme,
        canonical,
        _base64(tags["b"]),
        _base64(tags["bh"]),
        names,
        tags.get("d", b"").decode("ascii", "replace").lower().rstrip("."),
        _deviations(tags, canonical, signed=scheme is not None),
        int(tags["x"]) if re.fullmatch(rb"[0-9]{1,12}", tags.get("x", b"")) else None,
    )


def _tags(value: bytes) -> dict[str, bytes]:
    """Tags and values without white space (RFC 6376, 3.2); a tag that stands twice makes all of it invalid."""
    found: dict[str, bytes] = {}
    pieces = value.strip().rstrip(b";").split(b";")
    for piece in pieces:
        name, equals, rest = piece.strip().partition(b"=")
        if not equals or not _TAG.fullmatch(name.strip()):
            raise BrokenIntegrity("Die Signatur des Anbieters ist nicht lesbar aufgebaut.")
        key = name.strip().decode("ascii")
        if key in found:
            raise BrokenIntegrity(f"Die Signatur des Anbieters nennt „{key}“ zweimal.")
        found[key] = _SPACE.sub(b"", rest)
    return found


def _algorithm(value: bytes) -> tuple[str, str | None]:
    """Hash and signature scheme, as TR-01201 writes them ("sha256/rsa"; "sha256" alone) or RFC 6376 does ("rsa-sha256")."""
    text = value.decode("ascii", "replace").lower()
    digest, _, scheme = text.partition("/")
    if not scheme and "-" in text:
        scheme, _, digest = text.rpartition("-")
    if digest not in _HASHES or (scheme and scheme not in _SCHEMES):
        raise BrokenIntegrity(f"Das Signaturverfahren „{text[:40]}“ ist nicht zugelassen.")
    return digest, _SCHEMES.get(scheme)


def _deviations(tags: Mapping[str, bytes], canonical: CanonicalizationPolicy, *, signed: bool) -> tuple[str, ...]:
    """Where the field is not as the Technische Richtlinie wants it without being weaker for that."""
    found = []
    if canonical.to_c_value() != b"simple/simple":
        found.append("Die Normalform ist nicht simple/simple.")
    if "l" in tags:
        found.append("Die Angabe „l“ wurde nicht beachtet; geprüft wurde der ganze Inhalt.")
    if signed and tags.get("q", b"").decode("ascii", "replace").lower() != PROFILE_SOURCE:
        found.append("Die Signatur nennt das Zertifikat der Nachricht nicht als Quelle ihres Schlüssels.")
    return tuple(found)


def _base64(value: bytes) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise BrokenIntegrity("Die Signatur des Anbieters ist nicht lesbar kodiert.") from error


def body_holds(integrity: Integrity, body: bytes) -> bool:
    """Whether the whole body has the digest that the field names; the tag ``l`` is not looked at (3.1.21)."""
    canonical: bytes = integrity.canonical.canonicalize_body(_shortened(body, integrity))
    # An empty body is one CR LF in the simple form (RFC 6376, 3.4.3).
    return hmac.compare_digest(hashlib.new(integrity.digest, canonical).digest(), integrity.body_digest)


def _shortened(body: bytes, integrity: Integrity) -> bytes:
    """A body of the same canonical form, without the runs on which dkimpy's steps take more than linear time."""
    if integrity.canonical.to_c_value().endswith(b"/relaxed"):
        body = re.sub(rb"[ \t]+", b" ", body)
    content = body.rstrip(b"\r\n")
    lines, rest = divmod(len(body) - len(content), 2)
    return content + b"\r\n" if lines and not rest and body.endswith(b"\r\n" * lines) else body


def signed_bytes(integrity: Integrity, mail: Mail) -> bytes:
    """What is signed: the named fields, each time the next one from the top, then the field itself without its signature.

    RFC 6376, 3.7 and 5.4.2 count from the bottom; TR-01201 part 3.4, 3.1.21 counts from the top. A missing field is nothing.
    """
    taken: dict[str, int] = {}
    pairs: list[tuple[bytes, bytes]] = []
    for name in integrity.names:
        position = taken.get(name, 0)
        taken[name] = position + 1
        fields = mail.all(name)
        if position < len(fields):
            pairs.append(fields[position].halves)
    own_name, own_value = integrity.field.halves
    pairs.append((own_name, _VALUE_OF_B.sub(rb"\1", own_value.removesuffix(b"\r\n")) + b"\r\n"))
    joined = b"".join(name + b":" + value for name, value in integrity.canonical.canonicalize_headers(pairs))
    return joined.removesuffix(b"\r\n")


def hash_holds(integrity: Integrity, mail: Mail) -> bool:
    """Whether the hash holds where nothing is signed (tag ``b``, 3.1.21): anyone can make one, so it proves no provider."""
    return hmac.compare_digest(hashlib.new(integrity.digest, signed_bytes(integrity, mail)).digest(), integrity.value)


def signature_holds(integrity: Integrity, mail: Mail, key: PublicKey) -> bool:
    """Whether the signature was made with this key (RSASSA-PKCS1-v1_5, RSASSA-PSS, ECDSA)."""
    content, chosen = signed_bytes(integrity, mail), _HASHES[integrity.digest]
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            if integrity.scheme != "ec-dsa":
                return False
            key.verify(integrity.value, content, ec.ECDSA(chosen))
        elif integrity.scheme == "rsa":
            key.verify(integrity.value, content, padding.PKCS1v15(), chosen)
        elif integrity.scheme == "rsassa-pss":
            key.verify(integrity.value, content, padding.PSS(padding.MGF1(chosen), padding.PSS.AUTO), chosen)
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True


def unsigned_fields(integrity: Integrity, mail: Mail) -> list[str]:
    """Fields that had to be there and signed and are not, in the order of the Technische Richtlinie."""
    return [name for name in SIGNED if (name not in integrity.names if mail.has(name) else name in NEEDED)]
