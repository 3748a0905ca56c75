"""Whether a signature is a qualified one (Regulation (EU) No 910/2014, article 3 no. 12; ETSI TS 119 615, 4)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509
from pyhanko_certvalidator.path import ValidationPath

from direktdraht.foundation.verdicts import Check
from direktdraht.writtenform.signatures.certificates import QcStatements
from direktdraht.writtenform.signatures.trust import ListFile, Trust
from direktdraht.writtenform.trustlists.model import CA_QC, FOR_SIGNATURES, Service, ServiceState

NAMES = ("trusted-list", "service-status", "qualified-certificate", "certificate-type", "qscd")
"""All must be true for a qualified signature."""

_SENTENCES: dict[str, dict[bool, str]] = {
    "qualified-certificate": {
        True: "Das Zertifikat ist ein qualifiziertes Zertifikat.",
        False: "Das Zertifikat ist kein qualifiziertes Zertifikat.",
    },
    "certificate-type": {
        True: "Das Zertifikat ist für Unterschriften von Personen ausgestellt.",
        False: "Das Zertifikat ist für Siegel oder Webseiten ausgestellt, nicht für Unterschriften.",
    },
    "qscd": {
        True: "Der Schlüssel liegt in einer qualifizierten Einheit (QSCD).",
        False: "Dass der Schlüssel in einer qualifizierten Einheit (QSCD) liegt, ist nicht bestätigt.",
    },
}


@dataclass(frozen=True)
class _Found:
    service: Service
    state: ServiceState


def qualification_checks(
    certificate: x509.Certificate, path: ValidationPath | None, trust: Trust, moment: datetime, at: datetime
) -> list[Check]:
    """The five checks; ``moment`` is the proven time of the signature, ``at`` the time of checking."""
    current = [one for one in trust.lists if not one.list.expired(at)]
    if not current:
        detail = "Die Vertrauensliste ist abgelaufen." if trust.lists else "Es liegt keine Vertrauensliste vor, der vertraut wird."
        return _unchecked(False if trust.lists or trust.problems else None, " ".join([detail, *trust.problems[:1]]))
    if path is None:
        return _unchecked(None, "Ohne Kette zu einer vertrauten Stelle lässt sich kein Dienst zuordnen.")
    found = list(_services(path, current, moment))
    if not found:
        return _unchecked(False, "Die ausstellende Stelle steht nicht als qualifizierter Dienst in der Vertrauensliste.")
    active = [one for one in found if one.state.active(moment)]
    names = Check("trusted-list", True, "Die ausstellende Stelle steht in einer gültigen Vertrauensliste.")
    if not active:
        return [names, Check("service-status", False, "Der Dienst war zur Zeit der Unterschrift nicht (mehr) qualifiziert."), *_rest()]
    status = Check("service-status", True, f"Der Dienst „{active[0].service.name}“ war zur Zeit der Unterschrift qualifiziert.")
    return [names, status, *_certificate_checks(certificate, active)]


def _services(path: ValidationPath, lists: Iterable[ListFile], moment: datetime) -> Iterator[_Found]:
    keys = {(one.subject.hashable, one.public_key.sha256) for one in path.iter_certs(include_root=True)}
    for file in lists:
        for service in file.list.services:
            state = service.state_at(moment)
            if state is None or state.type != CA_QC:
                continue
            if any((one.subject.hashable, one.public_key.sha256) in keys for one in service.certificates):
                yield _Found(service, state)


def _unchecked(ok: bool | None, detail: str) -> list[Check]:
    return [Check("trusted-list", ok, detail), Check("service-status", None, "Nicht geprüft."), *_rest()]


def _rest() -> list[Check]:
    return [Check(name, None, "Nicht geprüft.") for name in NAMES[2:]]


def _certificate_checks(certificate: x509.Certificate, active: list[_Found]) -> list[Check]:
    """What the certificate says, corrected by the qualifiers of the list: several services must agree (TS 119 615, PRO-4.4.4)."""
    try:
        statements = QcStatements(certificate)
    except ValueError:
        return [Check("qualified-certificate", False, "Die Angaben zur Qualifikation im Zertifikat sind nicht lesbar."), *_rest()[1:]]
    verdicts = {_verdict(certificate, statements, one.state) for one in active}
    if len(verdicts) != 1:
        return [Check("qualified-certificate", None, "Die Vertrauensliste sagt zu diesem Zertifikat Verschiedenes."), *_rest()[1:]]
    verdict = verdicts.pop()
    if None in verdict:
        return [Check("qualified-certificate", None, "Eine Bedingung der Vertrauensliste lässt sich nicht prüfen."), *_rest()[1:]]
    return [Check(name, bool(ok), _SENTENCES[name][bool(ok)]) for name, ok in zip(NAMES[2:], verdict, strict=True)]


def _verdict(certificate: x509.Certificate, statements: QcStatements, state: ServiceState) -> tuple[bool | None, bool | None, bool | None]:
    """Qualified, for signatures, with a device; None where a qualifier of the list cannot be judged."""
    outcomes = [(one.qualifiers, one.criterion(certificate)) for one in state.qualifications]
    if any(met is None for _, met in outcomes):
        return None, None, None
    qualifiers = {name for names, met in outcomes if met for name in names}
    qualified = statements.compliance or "QCStatement" in qualifiers
    qualified = qualified and not qualifiers & {"NotQualified", "QCForLegalPerson"}
    for_signatures = statements.for_signatures
    if qualifiers & {"QCForESeal", "QCForWSA"}:
        for_signatures = False
    elif "QCForESig" in qualifiers:
        for_signatures = True
    for_signatures = for_signatures and (not state.purposes or FOR_SIGNATURES in state.purposes)
    device = statements.device or bool(qualifiers & {"QCWithQSCD", "QCWithSSCD", "QCQSCDManagedOnBehalf"})
    device = device and not qualifiers & {"QCNoQSCD", "QCNoSSCD"}
    return qualified, for_signatures, device
