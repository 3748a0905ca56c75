"""Whose certificate signed the mail: its chain to the folder of trust, its validity, and that it belongs to a De-Mail provider."""

import asyncio
import base64
import binascii
import re
from datetime import datetime

from asn1crypto import algos, x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509 import load_der_x509_certificate

from direktdraht.foundation.verdicts import Check
from direktdraht.writtenform.demail.fields import Mail
from direktdraht.writtenform.demail.integrity import CERTIFICATE_FIELD, Integrity, PublicKey
from direktdraht.writtenform.signatures.algorithms import AcceptedAlgorithms
from direktdraht.writtenform.signatures.certificates import is_authority, subject_of, usage_problem
from direktdraht.writtenform.signatures.faults import FOREIGN
from direktdraht.writtenform.signatures.paths import Material, chain_of, revocation_of
from direktdraht.writtenform.signatures.trust import Trust

MOST_CERTIFICATE_BYTES = 32 * 1024
_ARMOUR = re.compile(r"-----[A-Z ]+-----")
_HOST = re.compile(r"(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*")
_DEMAIL = re.compile(r"\bde-?mail\b", re.IGNORECASE)
_FAMILIES = {"rsa": "rsa", "rsassa-pss": "rsa", "ec-dsa": "ecdsa"}


class BrokenCertificate(ValueError):
    """The mail brings no certificate that can be read; the message is one German sentence."""


def certificate_of(mail: Mail) -> x509.Certificate:
    """The certificate in the first field of its name (TR-01201 part 3.4, 3.1.14). Raises BrokenCertificate."""
    text = mail.first(CERTIFICATE_FIELD)
    if not text:
        raise BrokenCertificate("Der Nachricht fehlt das Zertifikat des Anbieters.")
    try:
        der = base64.b64decode("".join(_ARMOUR.sub("", text).split()), validate=True)
        if len(der) > MOST_CERTIFICATE_BYTES:
            raise BrokenCertificate("Das Zertifikat des Anbieters ist zu groß.")
        certificate = x509.Certificate.load(der, strict=True)
        certificate.native  # noqa: B018  # parses all of it, so that nothing fails later
    except BrokenCertificate:
        raise
    except (binascii.Error, *FOREIGN) as error:
        raise BrokenCertificate("Das Zertifikat des Anbieters ist nicht lesbar.") from error
    return certificate


def key_of(certificate: x509.Certificate) -> PublicKey:
    """Its public key. Raises BrokenCertificate for another kind than RSA and elliptic curves."""
    try:
        key = load_der_x509_certificate(certificate.dump()).public_key()
    except FOREIGN as error:
        raise BrokenCertificate("Der Schlüssel des Anbieters ist nicht lesbar.") from error
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise BrokenCertificate("Der Schlüssel des Anbieters ist von einer Art, die nicht zugelassen ist.")
    return key


def algorithm_check(integrity: Integrity, certificate: x509.Certificate, at: datetime) -> Check:
    """Whether hash, scheme, key size and curve are strong enough (TR-03116-4 through the house's table)."""
    family = _FAMILIES.get(integrity.scheme or "", "")
    try:
        algorithm = algos.SignedDigestAlgorithm({"algorithm": f"{integrity.digest}_{family}"})
        allowed = AcceptedAlgorithms().signature_algorithm_allowed(algorithm, at, certificate.public_key)
    except FOREIGN:
        return Check("algorithms", False, "Verfahren und Schlüssel der Signatur passen nicht zusammen.")
    return Check("algorithms", bool(allowed), str(allowed.failure_reason or "Die Rechenverfahren der Signatur sind stark genug."))


def certificate_checks(certificate: x509.Certificate, trust: Trust, at: datetime) -> list[Check]:
    """Chain, validity, purpose and revocation at an instant (RFC 5280, 6)."""
    material = Material(tuple(trust.anchors(at)), trust.others, trust.crls, trust.ocsps)
    return asyncio.run(_certificate_checks(certificate, material, at, pinned=is_pinned(certificate, trust)))


async def _certificate_checks(certificate: x509.Certificate, material: Material, at: datetime, *, pinned: bool) -> list[Check]:
    chain = await chain_of(certificate, material, at)
    if pinned:
        held = Check("certificate-chain", True, "Das Zertifikat des Anbieters liegt selbst im Ordner der vertrauten Zertifikate.")
    else:
        held = Check("certificate-chain", chain.path is not None, chain.problem or "Das Zertifikat führt zu einer vertrauten Stelle.")
    begin, end = certificate.not_valid_before, certificate.not_valid_after
    span = f"Das Zertifikat gilt vom {begin:%d.%m.%Y} bis zum {end:%d.%m.%Y}."
    wrong_use = usage_problem(certificate)
    checks = [
        held,
        Check("certificate-validity", begin <= at <= end, span),
        Check("key-usage", wrong_use is None, wrong_use or "Das Zertifikat ist zum Signieren bestimmt."),
    ]
    if chain.path is None:
        return [*checks, Check("revocation", None, "Ohne Kette lässt sich eine Sperrung nicht prüfen.")]
    revocation = await revocation_of(chain.path, material, at)
    return [*checks, Check("revocation", revocation.ok, revocation.detail)]


def is_pinned(certificate: x509.Certificate, trust: Trust) -> bool:
    """Whether this very certificate of a provider, and not of an authority, lies in the folder of trust."""
    if is_authority(certificate):
        return False
    return any(one.dump() == certificate.dump() for one in (*trust.roots, *trust.others))


def provider_check(certificate: x509.Certificate, mail: Mail, integrity: Integrity, trust: Trust) -> Check:
    """Whether the certificate belongs to a De-Mail provider, and to the one that the mail names.

    It does if it lies in the folder of trust itself. Otherwise it must say De-Mail, in a name or a host, for anyone can name himself
    in a mail; and its hosts, if it has any, must fit the provider's server (TR-01201 part 3.4, 3.1.11).
    """
    holder = subject_of(certificate)
    if is_pinned(certificate, trust):
        return Check("provider", True, f"Das Zertifikat von „{holder}“ ist als Anbieter hinterlegt.")
    named = (mail.first("x-de-mail-originator-provider") or integrity.domain).lower().rstrip(".")
    hosts = hosts_of(certificate)
    if not _DEMAIL.search(" ".join([*(str(value) for value in certificate.subject.native.values()), *hosts])):
        return Check("provider", False, f"Das Zertifikat von „{holder}“ gehört keinem bekannten De-Mail-Anbieter.")
    if hosts and not (_HOST.fullmatch(named) and any(_belong_together(host, named) for host in hosts)):
        return Check("provider", False, f"Das Zertifikat gehört „{holder}“ und nicht dem genannten Anbieter.")
    return Check("provider", True, f"Das Zertifikat gehört dem De-Mail-Anbieter „{holder}“.")


def hosts_of(certificate: x509.Certificate) -> list[str]:
    """The hosts in a certificate: its alternative names, and a common name that is one."""
    names = certificate.subject_alt_name_value
    found = [str(one.native).lower() for one in names or () if one.name == "dns_name"]
    common = certificate.subject.native.get("common_name", "")
    found += [one.lower() for one in (common if isinstance(common, list) else [common]) if _HOST.fullmatch(str(one).lower())]
    return found


def _belong_together(host: str, domain: str) -> bool:
    """Whether one is the other or lies below it; a name of one label has nothing below it."""
    host = host.removeprefix("*.")
    shorter, longer = sorted((host, domain), key=len)
    return host == domain or (shorter.count(".") >= 1 and longer.endswith(f".{shorter}"))
