"""What a certificate says about its holder and its use."""

from asn1crypto import x509
from pyhanko.sign.ades import qualified_asn1

from direktdraht.writtenform.signatures.faults import FOREIGN

PSEUDONYM = "2.5.4.65"
LIST_SIGNING = "0.4.0.2231.3.0"
"""Extended key usage of those who sign trusted lists (ETSI TS 119 612, clause 5.7.1)."""

SIGNING_USES = frozenset({"digital_signature", "non_repudiation"})
SIGNING_PURPOSES = frozenset(
    {
        "email_protection",
        "any_extended_key_usage",
        "microsoft_document_signing",
        "adobe_authentic_documents_trust",
        "1.3.6.1.5.5.7.3.36",  # document signing, RFC 9336
        "1.3.6.1.4.1.311.10.3.12",
        "1.2.840.113583.1.1.5",
    }
)
"""Extended key usages with which documents may be signed; a certificate without any extended key usage may, too (RFC 5280, 4.2.1.12)."""


def subject_of(certificate: x509.Certificate) -> str:
    """The holder's name for people: the common name, else given name and surname, else everything."""
    try:
        names = certificate.subject.native
    except FOREIGN:
        return "unbekannt"
    for key in ("common_name", "pseudonym"):
        if names.get(key):
            return _text(names[key])
    whole = " ".join(_text(names[key]) for key in ("given_name", "surname") if names.get(key))
    return whole or _text(names.get("organization_name", "")) or certificate.subject.human_friendly or "unbekannt"


def _text(value: object) -> str:
    parts = value if isinstance(value, list) else [value]
    return " ".join(" ".join(str(part) for part in parts).split())


def pseudonym_of(certificate: x509.Certificate) -> str | None:
    """The pseudonym, if the certificate hides the person: by its attribute, or by the mark ":PN".

    Source: § 3a (2) VwVfG; ETSI EN 319 412-2, 4.2.4.
    """
    for rdn in certificate.subject.chosen:
        for pair in rdn:
            if pair["type"].dotted == PSEUDONYM:
                return str(pair["value"].native)
    name = subject_of(certificate)
    return name if name.upper().endswith(":PN") else None


def is_self_signed(certificate: x509.Certificate) -> bool:
    """Whether subject and issuer are the same."""
    return bool(certificate.subject.hashable == certificate.issuer.hashable)


def is_authority(certificate: x509.Certificate) -> bool:
    """Whether it may issue certificates (RFC 5280, 4.2.1.9)."""
    constraints = certificate.basic_constraints_value
    return constraints is not None and bool(constraints["ca"].native)


def may_sign_lists(certificate: x509.Certificate) -> bool:
    """Whether it is made for signing trusted lists."""
    return LIST_SIGNING in {use.dotted for use in certificate.extended_key_usage_value or ()}


def usage_problem(certificate: x509.Certificate) -> str | None:
    """Why documents may not be signed with this certificate; None if they may (RFC 5280, 4.2.1.3 and 4.2.1.12)."""
    uses = certificate.key_usage_value
    if uses is not None and not uses.native & SIGNING_USES:
        return "Das Zertifikat ist nicht zum Unterschreiben bestimmt (Schlüsselverwendung)."
    purposes = certificate.extended_key_usage_value
    if purposes is not None and not {name for use in purposes for name in (use.native, use.dotted)} & SIGNING_PURPOSES:
        return "Das Zertifikat ist für einen anderen Zweck ausgestellt (erweiterte Schlüsselverwendung)."
    if is_authority(certificate) and uses is None:
        return "Das Zertifikat gehört einer Zertifizierungsstelle und nicht einer Person."
    return None


class QcStatements:
    """What a certificate says about being qualified (ETSI EN 319 412-5, clause 4). Raises ValueError if that is not readable."""

    def __init__(self, certificate: x509.Certificate) -> None:
        self.compliance = False
        self.device = False
        self.types: frozenset[str] = frozenset()
        try:
            for statement in qualified_asn1.get_qc_statements(certificate):
                kind = statement["statement_id"].native
                self.compliance |= kind == "qc_compliance"
                self.device |= kind == "qc_sscd"
                if kind == "qc_type":
                    self.types = frozenset(one.native for one in statement["statement_info"])
        except FOREIGN as error:
            raise ValueError("QcStatements") from error

    @property
    def for_signatures(self) -> bool:
        """Whether it is a certificate for signatures of people; without a type it is (clause 4.2.3)."""
        return not self.types or "qct_esign" in self.types
