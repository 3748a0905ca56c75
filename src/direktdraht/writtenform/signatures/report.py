"""The result in sentences for laypeople, German and English: who, when, what was checked, what could not be and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from direktdraht.foundation.verdicts import Check
from direktdraht.writtenform.checks import CheckResult, Signer

Language = Literal["de", "en"]
_Pair = tuple[str, str]
_GERMAN: Language = "de"

_VERDICTS: dict[tuple[bool, bool], _Pair] = {
    (True, True): ("Die Unterschrift ist gültig und qualifiziert.", "The signature is valid and qualified."),
    (True, False): (
        "Die Unterschrift ist gültig, aber nicht als qualifiziert bestätigt.",
        "The signature is valid, but not confirmed as qualified.",
    ),
    (False, False): ("Die Unterschrift gilt nicht.", "The signature does not count."),
}
_SENTENCES: dict[str, tuple[_Pair, _Pair, _Pair]] = {
    "structure": (
        ("Zwei Programme lesen in der Datei dasselbe.", "Two programs read the same in the file."),
        ("Programme können diese Datei verschieden lesen.", "Programs may read this file differently."),
        ("Der Aufbau der Datei wurde nicht geprüft.", "The structure of the file was not checked."),
    ),
    "integrity": (
        ("Der unterschriebene Inhalt ist unverändert.", "The signed content is unchanged."),
        ("Unterschrift und Inhalt passen nicht zusammen.", "Signature and content do not match."),
        ("Ob der Inhalt unverändert ist, wurde nicht geprüft.", "Whether the content is unchanged was not checked."),
    ),
    "coverage": (
        ("Die Unterschrift gilt für das ganze Dokument.", "The signature covers the whole document."),
        ("Die Unterschrift gilt nicht für das ganze Dokument.", "The signature does not cover the whole document."),
        ("Was unterschrieben ist, wurde nicht geprüft.", "What is signed was not checked."),
    ),
    "changes": (
        ("Nach der Unterschrift wurde nichts Unerlaubtes geändert.", "Nothing was changed after signing that may not be."),
        ("Nach der Unterschrift wurde das Dokument geändert.", "The document was changed after signing."),
        ("Spätere Änderungen wurden nicht geprüft.", "Later changes were not checked."),
    ),
    "signing-certificate": (
        ("Die Unterschrift ist fest mit einem Zertifikat verbunden.", "The signature is bound to one certificate."),
        ("Die Unterschrift ist mit keinem Zertifikat fest verbunden.", "The signature is not bound to one certificate."),
        ("Die Bindung an ein Zertifikat wurde nicht geprüft.", "The binding to a certificate was not checked."),
    ),
    "algorithms": (
        ("Die Rechenverfahren sind stark genug.", "The algorithms are strong enough."),
        ("Die Rechenverfahren sind zu schwach.", "The algorithms are too weak."),
        ("Die Rechenverfahren wurden nicht geprüft.", "The algorithms were not checked."),
    ),
    "certificate-chain": (
        ("Das Zertifikat kommt von einer vertrauten Stelle.", "The certificate comes from a trusted body."),
        ("Das Zertifikat kommt von keiner vertrauten Stelle.", "The certificate does not come from a trusted body."),
        ("Die Herkunft des Zertifikats wurde nicht geprüft.", "The origin of the certificate was not checked."),
    ),
    "certificate-validity": (
        ("Das Zertifikat war gültig.", "The certificate was valid."),
        ("Das Zertifikat war nicht gültig.", "The certificate was not valid."),
        ("Die Gültigkeit des Zertifikats wurde nicht geprüft.", "The validity of the certificate was not checked."),
    ),
    "key-usage": (
        ("Das Zertifikat ist zum Unterschreiben bestimmt.", "The certificate is made for signing."),
        ("Das Zertifikat ist nicht zum Unterschreiben bestimmt.", "The certificate is not made for signing."),
        ("Der Zweck des Zertifikats wurde nicht geprüft.", "The purpose of the certificate was not checked."),
    ),
    "revocation": (
        ("Das Zertifikat war nicht gesperrt.", "The certificate was not revoked."),
        ("Das Zertifikat war gesperrt.", "The certificate was revoked."),
        ("Ob das Zertifikat gesperrt war, ließ sich nicht prüfen.", "Whether the certificate was revoked could not be checked."),
    ),
    "timestamp": (
        ("Ein vertrauter Dienst bezeugt den Zeitpunkt.", "A trusted service confirms the time."),
        ("Der Zeitstempel ist falsch.", "The timestamp is wrong."),
        ("Den Zeitpunkt bezeugt kein Dienst.", "No service confirms the time."),
    ),
    "document-timestamp": (
        ("Ein Dienst bezeugt das ganze Dokument zu einem Zeitpunkt.", "A service confirms the whole document at one time."),
        ("Ein Zeitstempel über das Dokument ist falsch.", "A timestamp over the document is wrong."),
        ("Ein Zeitstempel über das Dokument ließ sich nicht prüfen.", "A timestamp over the document could not be checked."),
    ),
    "pseudonym": (
        ("Das Zertifikat nennt die Person.", "The certificate names the person."),
        ("Das Zertifikat nennt nur ein Pseudonym.", "The certificate names only a pseudonym."),
        ("Ob ein Pseudonym benutzt wurde, ließ sich nicht prüfen.", "Whether a pseudonym was used could not be checked."),
    ),
    "trusted-list": (
        ("Die ausstellende Stelle steht in der Vertrauensliste.", "The issuing body is in the trusted list."),
        ("Die ausstellende Stelle steht in keiner gültigen Vertrauensliste.", "The issuing body is in no valid trusted list."),
        ("Es lag keine Vertrauensliste vor.", "There was no trusted list."),
    ),
    "service-status": (
        ("Der Dienst war damals qualifiziert.", "The service was qualified at that time."),
        ("Der Dienst war damals nicht qualifiziert.", "The service was not qualified at that time."),
        ("Ob der Dienst qualifiziert war, ließ sich nicht prüfen.", "Whether the service was qualified could not be checked."),
    ),
    "qualified-certificate": (
        ("Das Zertifikat ist qualifiziert.", "The certificate is qualified."),
        ("Das Zertifikat ist nicht qualifiziert.", "The certificate is not qualified."),
        ("Ob das Zertifikat qualifiziert ist, ließ sich nicht prüfen.", "Whether the certificate is qualified could not be checked."),
    ),
    "certificate-type": (
        ("Das Zertifikat ist für Unterschriften ausgestellt.", "The certificate is issued for signatures."),
        ("Das Zertifikat ist nicht für Unterschriften ausgestellt.", "The certificate is not issued for signatures."),
        ("Die Art des Zertifikats ließ sich nicht prüfen.", "The kind of certificate could not be checked."),
    ),
    "qscd": (
        ("Der Schlüssel liegt in einer zugelassenen Einheit.", "The key lies in an approved device."),
        ("Der Schlüssel liegt nicht nachweislich in einer zugelassenen Einheit.", "The key is not proven to lie in an approved device."),
        ("Wo der Schlüssel liegt, ließ sich nicht prüfen.", "Where the key lies could not be checked."),
    ),
}
NAMES = frozenset(_SENTENCES)
"""Every name of a check that a signature can have."""


@dataclass(frozen=True)
class Line:
    """One sentence of the report. ``kind`` groups: verdict, signer, held, broken, unchecked."""

    kind: Literal["verdict", "signer", "held", "broken", "unchecked"]
    sentence: str


def report_lines(result: CheckResult, language: Language = _GERMAN) -> list[Line]:
    """The report: first the verdict, then who and when, then what held, what did not, what could not be checked.

    In German the reason of each failed or missing check follows its sentence.
    """
    lines = [Line("verdict", _in(language, _VERDICTS[result.valid, result.qualified]))]
    lines += [Line("signer", sentence) for signer in result.signers for sentence in _signer(signer, result, language)]
    lines += [Line("held", sentence_of(check, language)) for check in result.checks if check.ok]
    lines += [Line("broken", one) for one in _with_reasons((check for check in result.checks if check.ok is False), language)]
    lines += [Line("unchecked", one) for one in _with_reasons((check for check in result.checks if check.ok is None), language)]
    return list(dict.fromkeys(lines))


def _signer(signer: Signer, result: CheckResult, language: Language) -> list[str]:
    named = _in(language, (f"Unterschrieben hat: {signer.subject}.", f"Signed by: {signer.subject}."))
    if signer.signed_at is None:
        return [named, _in(language, ("Einen Zeitpunkt nennt die Unterschrift nicht.", "The signature names no time."))]
    moment = f"{signer.signed_at:%d.%m.%Y %H:%M} ({signer.signed_at.tzname()})"
    if result.level in {"none", "B-B"}:
        return [named, _in(language, (f"Die Unterschrift nennt als Zeitpunkt {moment}.", f"The signature claims the time {moment}."))]
    return [named, _in(language, (f"Bewiesen ist der Zeitpunkt {moment}.", f"The proven time is {moment}."))]


def _with_reasons(checks: Iterable[Check], language: Language) -> list[str]:
    sentences = []
    for check in checks:
        sentences.append(sentence_of(check, language))
        if language == _GERMAN and check.detail and check.detail != sentences[-1] and not check.detail.endswith("Nicht geprüft."):
            sentences.append(check.detail)
    return sentences


def sentence_of(check: Check, language: Language) -> str:
    """The sentence of a check. Raises KeyError for a name that no signature has."""
    held, broken, unchecked = _SENTENCES[check.name]
    return _in(language, held if check.ok else unchecked if check.ok is None else broken)


def _in(language: Language, pair: _Pair) -> str:
    return pair[0] if language == _GERMAN else pair[1]
