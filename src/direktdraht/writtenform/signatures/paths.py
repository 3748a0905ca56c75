"""Chains of certificates and their revocation, by pyHanko's validator: without network, at a given moment (RFC 5280, 6)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from asn1crypto import crl, ocsp, x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator import errors as pkix
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import NO_REVOCATION, CertRevTrustPolicy, FreshnessReqType
from pyhanko_certvalidator.revinfo.validate_crl import verify_crl
from pyhanko_certvalidator.revinfo.validate_ocsp import verify_ocsp_response

from direktdraht.writtenform.signatures.algorithms import AcceptedAlgorithms
from direktdraht.writtenform.signatures.anchor_crls import revoked_by
from direktdraht.writtenform.signatures.faults import FOREIGN

_LONG = timedelta(days=366 * 200)
_UNKNOWN = (
    pkix.OCSPNoMatchesError,
    pkix.OCSPValidationError,
    pkix.CRLNoMatchesError,
    pkix.CRLValidationError,
    pkix.PathError,
    pkix.ValidationError,
    *FOREIGN,
)


@dataclass(frozen=True)
class Material:
    """What chains are built from: anchors are believed, everything else only helps to reach one."""

    anchors: tuple[x509.Certificate, ...]
    others: tuple[x509.Certificate, ...] = ()
    crls: tuple[crl.CertificateList, ...] = ()
    ocsps: tuple[ocsp.OCSPResponse, ...] = ()

    def with_more(
        self,
        others: Iterable[x509.Certificate] = (),
        crls: Iterable[crl.CertificateList] = (),
        ocsps: Iterable[ocsp.OCSPResponse] = (),
    ) -> "Material":
        """The same with more certificates and revocation data."""
        return Material(self.anchors, (*self.others, *others), (*self.crls, *crls), (*self.ocsps, *ocsps))

    def context(self, moment: datetime, *, stale_too: bool = False) -> ValidationContext:
        """pyHanko's context for a moment; revocation is never decided on the way, only where it is asked for.

        With ``stale_too`` revocation data of any age counts.
        """
        freshness = FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION if stale_too else FreshnessReqType.DEFAULT
        return ValidationContext(
            trust_roots=list(self.anchors),
            other_certs=list(self.others),
            crls=list(self.crls),
            ocsps=list(self.ocsps),
            moment=moment,
            best_signature_time=moment,
            allow_fetching=False,
            algorithm_usage_policy=AcceptedAlgorithms(),
            revinfo_policy=CertRevTrustPolicy(
                NO_REVOCATION, freshness=_LONG if stale_too else None, freshness_req_type=freshness, retroactive_revinfo=True
            ),
        )


@dataclass(frozen=True)
class Chain:
    """A chain from a certificate to an anchor, or the German sentence why there is none."""

    path: ValidationPath | None
    problem: str = ""


@dataclass(frozen=True)
class Revocation:
    """Whether a certificate was revoked: ``ok`` True not revoked, False revoked, None not known."""

    ok: bool | None
    detail: str
    issuers_known: bool = field(default=True)


def within_validity(certificate: x509.Certificate, moment: datetime) -> datetime:
    """The moment, moved into the certificate's validity: validity itself is a check of its own."""
    begin, end = certificate.not_valid_before, certificate.not_valid_after
    return begin if moment < begin else end if moment > end else moment


async def chain_of(certificate: x509.Certificate, material: Material, moment: datetime) -> Chain:
    """The chain of a certificate at a moment within its validity."""
    if not material.anchors:
        return Chain(None, "Es ist keine Stelle hinterlegt, der vertraut wird.")
    context = material.context(within_validity(certificate, moment))
    try:
        return Chain(await CertificateValidator(certificate, validation_context=context).async_validate_path())
    except pkix.PathBuildingError:
        return Chain(None, "Die ausstellende Stelle des Zertifikats ist unbekannt.")
    except pkix.InvalidCertificateError:
        return Chain(None, "Das Zertifikat ist selbst ausgestellt oder nicht zulässig.")
    except (pkix.ExpiredError, pkix.NotYetValidError):
        return Chain(None, "Ein Zertifikat der ausstellenden Stellen war zu dieser Zeit nicht gültig.")
    except pkix.DisallowedAlgorithmError:
        return Chain(None, "Ein Zertifikat ist mit einem zu schwachen Verfahren ausgestellt.")
    except (pkix.ValidationError, pkix.PathError, *FOREIGN):
        return Chain(None, "Die Kette der Zertifikate bis zu einer vertrauten Stelle hält nicht.")


async def revocation_of(path: ValidationPath, material: Material, moment: datetime) -> Revocation:
    """Whether the certificate at the end of a path, or one above it, was revoked at a moment."""
    leaf, *_ = certificates = list(reversed(list(path.iter_certs(include_root=False)))) or [None]
    if leaf is None:
        return Revocation(True, "Das Zertifikat steht selbst in der Vertrauensliste.")
    outcomes = [await _revoked(one, path.truncate_to_issuer_and_append(one), material, moment) for one in certificates if one]
    revoked = next((date for ok, date in outcomes if ok is False), None)
    if any(ok is False for ok, _ in outcomes):
        when = f" (seit {revoked:%d.%m.%Y})" if revoked else ""
        return Revocation(False, f"Das Zertifikat oder eine ausstellende Stelle war gesperrt{when}.")
    issuers_known = all(ok for ok, _ in outcomes[1:])
    if outcomes[0][0] is None:
        return Revocation(None, "Zur Sperrung liegt keine verwendbare Auskunft vor (OCSP oder Sperrliste).", issuers_known)
    return Revocation(True, "Das Zertifikat war nicht gesperrt.", issuers_known)


async def _revoked(
    certificate: x509.Certificate, path: ValidationPath, material: Material, moment: datetime
) -> tuple[bool | None, datetime | None]:
    """Revoked (False with its instant), not revoked (True), not known (None).

    A stale answer cannot show that a certificate was good, but it still shows that it was revoked: asked first, for any age.
    """
    if not material.crls and not material.ocsps:
        return None, None
    good = False
    for stale_too in (True, False):
        context = material.context(moment, stale_too=stale_too)
        for ask in (verify_ocsp_response, verify_crl):
            try:
                await ask(certificate, path, context)
            except pkix.RevokedError as revoked:
                return False, revoked.revocation_dt
            except _UNKNOWN:
                continue
            good = good or not stale_too
    if path.pkix_len != 1:
        return (True if good else None), None
    listed, since = revoked_by(path.trust_anchor.authority.certificate, certificate, material.crls, moment)
    return (False, since) if listed is False else (True if good or listed else None, None)
