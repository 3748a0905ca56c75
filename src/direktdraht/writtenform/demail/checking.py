"""The door: a mail in, a verdict out. Pure: trust, time and what was seen before are given, nothing is fetched.

Source: BSI TR-01201 part 3.4 (version 1.8), 3.1; § 5 (5) De-Mail-Gesetz; § 3a (3) no. 2 b VwVfG.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from direktdraht.foundation.verdicts import Check
from direktdraht.writtenform.demail.circumstances import circumstances
from direktdraht.writtenform.demail.fields import Mail, read_mail, shown
from direktdraht.writtenform.demail.integrity import (
    BrokenIntegrity,
    Integrity,
    body_holds,
    hash_holds,
    read_integrity,
    signature_holds,
    unsigned_fields,
)
from direktdraht.writtenform.demail.parts import BrokenParts, Part, part_of
from direktdraht.writtenform.demail.provider import (
    BrokenCertificate,
    algorithm_check,
    certificate_checks,
    certificate_of,
    key_of,
    provider_check,
)
from direktdraht.writtenform.demail.smime import smime_check
from direktdraht.writtenform.signatures.trust import Trust

GENUINE = (
    "structure",
    "integrity",
    "body",
    "signed-fields",
    "signature",
    "algorithms",
    "certificate-chain",
    "certificate-validity",
    "key-usage",
    "provider",
    "sender",
)
"""Checks that must all be true for a genuine De-Mail; ``revocation`` must not be false."""
CONFIRMED = ("authoritative", "auth-level", "smime", "direct")
"""Checks that must all be true for a confirmed sender, beside those of a genuine De-Mail; ``message-type`` must not be false."""
IF_ASKED = ("recipient", "replay")
"""Present only where the caller knows the own addresses or the mails of before."""


@dataclass(frozen=True)
class Verdict:
    """What is known of a mail. ``sender``, ``holder`` and ``auth_level`` are None unless a provider vouches for them."""

    demail: bool
    sender_confirmed: bool
    sender: str | None
    holder: str | None
    auth_level: str | None
    checks: tuple[Check, ...]

    def as_json(self) -> dict[str, Any]:
        """The verdict as the command line prints it."""
        return {
            "demail": self.demail,
            "sender_confirmed": self.sender_confirmed,
            "sender": self.sender,
            "auth_level": self.auth_level,
            "checks": [check.to_json() for check in self.checks],
        }


def check_demail(
    data: bytes, trust: Trust, *, at: datetime, recipients: Sequence[str] = (), seen: Collection[str] | None = None
) -> Verdict:
    """Check a mail as of the instant ``at``.

    ``recipients`` are the city's own De-Mail addresses, ``seen`` the Message-IDs that were taken before; without them nothing
    is said about recipient and replay.

    Raises:
        UnreadableMail: the file is no mail.
    """
    mail = read_mail(data)
    structure, whole = _structure(mail)
    checks = [structure, *_provider_checks(mail, trust, at), *circumstances(mail, recipients=recipients, seen=seen)]
    checks.append(smime_check(whole, trust, at) if whole else Check("smime", None, "Die Teile der Nachricht sind nicht lesbar."))
    found = {check.name: check.ok for check in checks}
    demail = all(found.get(name) is True for name in GENUINE) and found["revocation"] is not False
    confirmed = all(found[name] is True for name in CONFIRMED) and all(found.get(name, True) for name in IF_ASKED)
    return Verdict(
        demail=demail,
        sender_confirmed=demail and confirmed and found["message-type"] is not False,
        sender=(mail.first("x-de-mail-sender") or "").lower() if demail else None,
        holder=shown(mail.first("x-de-mail-account-holder")) or None if demail else None,
        auth_level=mail.first("x-de-mail-auth-level") if demail else None,
        checks=tuple(checks),
    )


def _structure(mail: Mail) -> tuple[Check, Part | None]:
    try:
        whole = part_of(mail)
    except BrokenParts as problem:
        return Check("structure", False, mail.problems[0] if mail.problems else str(problem)), None
    detail = mail.problems[0] if mail.problems else "Die Nachricht ist aufgebaut, wie eine E-Mail es sein muss."
    return Check("structure", not mail.problems, detail), whole


def _provider_checks(mail: Mail, trust: Trust, at: datetime) -> list[Check]:
    """The provider's signature and its certificate (3.1.13, 3.1.14, 3.1.21)."""
    try:
        integrity = read_integrity(mail)
    except BrokenIntegrity as problem:
        return [Check("integrity", False, str(problem))]
    if integrity is None:
        return [Check("integrity", False, "Die Nachricht trägt keine Signatur eines De-Mail-Anbieters.")]
    checks = [_integrity_check(integrity, at), _profile_check(integrity), _body_check(integrity, mail), _fields_check(integrity, mail)]
    if integrity.scheme is None:
        held = hash_holds(integrity, mail)
        detail = "Die Nachricht trägt nur einen Hashwert und keine Signatur." if held else "Der Hashwert der Kopffelder stimmt nicht."
        return [*checks, Check("signature", None if held else False, detail)]
    try:
        certificate = certificate_of(mail)
        key = key_of(certificate)
    except BrokenCertificate as problem:
        return [*checks, Check("signature", False, str(problem))]
    held = signature_holds(integrity, mail, key)
    detail = "Die Kopffelder sind so, wie der Anbieter sie signiert hat." if held else "Die Signatur passt nicht zu den Kopffeldern."
    return [
        *checks,
        Check("signature", held, detail),
        algorithm_check(integrity, certificate, at),
        *certificate_checks(certificate, trust, at),
        provider_check(certificate, mail, integrity, trust),
    ]


def _integrity_check(integrity: Integrity, at: datetime) -> Check:
    if integrity.expired(at):
        return Check("integrity", False, "Die Frist, die die Signatur des Anbieters selbst nennt, ist abgelaufen.")
    return Check("integrity", True, "Die Nachricht trägt die Signatur eines Anbieters.")


def _profile_check(integrity: Integrity) -> Check:
    """Where the signature departs from the Technische Richtlinie without being weaker: reported, never decisive."""
    if integrity.deviations:
        return Check("profile", None, " ".join(integrity.deviations))
    return Check("profile", True, "Die Signatur hat die Form der Technischen Richtlinie 01201.")


def _body_check(integrity: Integrity, mail: Mail) -> Check:
    held = body_holds(integrity, mail.body)
    return Check("body", held, "Der Inhalt ist unverändert." if held else "Der Inhalt wurde nach der Signatur verändert.")


def _fields_check(integrity: Integrity, mail: Mail) -> Check:
    missing = unsigned_fields(integrity, mail)
    detail = (
        f"Das Kopffeld „{missing[0]}“ fehlt oder ist nicht signiert." if missing else "Alle Kopffelder sind signiert, die es sein müssen."
    )
    return Check("signed-fields", not missing, detail)
