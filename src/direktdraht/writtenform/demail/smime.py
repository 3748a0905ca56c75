"""S/MIME signatures inside the mail (RFC 8551): one that is there must hold."""

from datetime import datetime

from direktdraht.foundation.verdicts import Check
from direktdraht.writtenform.checks import CheckResult
from direktdraht.writtenform.demail.parts import Part, every_part
from direktdraht.writtenform.signatures.faults import UnreadableSignature
from direktdraht.writtenform.signatures.limits import check_limited
from direktdraht.writtenform.signatures.trust import Trust

MUST_HOLD = ("integrity", "algorithms", "certificate-chain", "certificate-validity", "key-usage")
"""What decides. The signed attribute that binds the certificate is not asked for: S/MIME programs leave it out."""
MOST_SIGNATURES = 5
_DETACHED = {"application/pkcs7-signature", "application/x-pkcs7-signature"}
_OPAQUE = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_ENCRYPTED = {"enveloped-data", "authenveloped-data"}


def smime_check(whole: Part, trust: Trust, at: datetime) -> Check:
    """Look at every S/MIME signature; the worst decides. None where a part is encrypted and nothing else is wrong."""
    parts = list(every_part(whole))
    found = [one for one in parts if _is_signed(one)]
    encrypted = any(one.type in _OPAQUE and _kind(one) in _ENCRYPTED for one in parts)
    if len(found) > MOST_SIGNATURES:
        return Check("smime", False, f"Die Nachricht enthält mehr als {MOST_SIGNATURES} Unterschriften (S/MIME).")
    problem = next((sentence for one in found if (sentence := _problem(one, trust, at))), None)
    if problem:
        return Check("smime", False, f"Die Unterschrift in der Nachricht (S/MIME) gilt nicht: {problem}")
    if encrypted:
        return Check("smime", None, "Ein Teil der Nachricht ist verschlüsselt; eine Unterschrift darin wurde nicht geprüft.")
    return Check("smime", True, "Die Unterschrift in der Nachricht (S/MIME) gilt." if found else "Die Nachricht trägt kein S/MIME.")


def _is_signed(part: Part) -> bool:
    if part.type == "multipart/signed":
        return str(part.header.get_param("protocol", "")).lower() in {*_DETACHED, ""} or any(one.type in _DETACHED for one in part.children)
    return part.type in _OPAQUE and _kind(part) not in {*_ENCRYPTED, "certs-only"}


def _kind(part: Part) -> str:
    return str(part.header.get_param("smime-type", "signed-data")).lower()


def _problem(part: Part, trust: Trust, at: datetime) -> str | None:
    """Why this signature does not hold."""
    if part.type == "multipart/signed":
        if len(part.children) != 2 or part.children[1].type not in _DETACHED:
            return "Sie ist unvollständig."
        signature, content = part.children[1].decoded(), part.children[0].raw
    else:
        signature, content = part.decoded(), None
    try:
        result = check_limited(signature, trust.files or {}, at=at, content=content)
    except UnreadableSignature as problem:
        return str(problem)
    return _broken(result)


def _broken(result: CheckResult) -> str | None:
    for name in MUST_HOLD:
        if result.outcome(name) is not True:
            return next(check.detail for check in result.checks if check.name == name and check.ok is not True)
    if result.outcome("revocation") is False:
        return "Das Zertifikat war gesperrt."
    return None
