"""Trusted lists made for the tests (ETSI TS 119 612), signed as XAdES by another part of the library than the one that checks."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree
from signxml import methods
from signxml.algorithms import SignatureMethod
from signxml.xades.xades import XAdESSigner

from tests.writtenform.pki import AT, Holder

TSL = "http://uri.etsi.org/02231/v2#"
EXTRA = "http://uri.etsi.org/02231/v2/additionaltypes#"
SIE = "http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#"
BASE = "http://uri.etsi.org/TrstSvc"
GRANTED = f"{BASE}/TrustedList/Svcstatus/granted"
WITHDRAWN = f"{BASE}/TrustedList/Svcstatus/withdrawn"
ACCREDITED = f"{BASE}/TrustedList/Svcstatus/accredited"
CA_QC = f"{BASE}/Svctype/CA/QC"
QTST = f"{BASE}/Svctype/TSA/QTST"
FOR_SIGNATURES = f"{BASE}/TrustedList/SvcInfoExt/ForeSignatures"
FOR_SEALS = f"{BASE}/TrustedList/SvcInfoExt/ForeSeals"
LIST_OF_LISTS = f"{BASE}/TrustedList/TSLType/EUlistofthelists"
GENERIC = f"{BASE}/TrustedList/TSLType/EUgeneric"
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
ISSUED = AT - timedelta(days=20)
NEXT = AT + timedelta(days=160)


@dataclass(frozen=True)
class Listed:
    """A service in a list; ``history`` are older states with their begin."""

    holder: Holder
    status: str = GRANTED
    since: datetime = SINCE
    type: str = CA_QC
    purposes: Sequence[str] = (FOR_SIGNATURES,)
    history: Sequence[tuple[str, datetime]] = ()
    qualifiers: str = ""


@dataclass(frozen=True)
class Other:
    """A pointer to another list."""

    location: str
    territory: str
    signers: Sequence[Holder]
    type: str = GENERIC


@dataclass(frozen=True)
class Plan:
    """What a list shall say."""

    services: Sequence[Listed] = ()
    pointers: Sequence[Other] = ()
    version: int = 6
    sequence: int = 10
    territory: str = "DE"
    type: str = GENERIC
    issued: datetime = ISSUED
    next_update: datetime | None = NEXT
    pivots: Sequence[str] = field(default_factory=tuple)


def trusted_list(plan: Plan, signer: Holder) -> bytes:
    """The list, signed."""
    root = etree.fromstring(_text(plan).encode())
    private = signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    signing = XAdESSigner(
        method=methods.enveloped,
        signature_algorithm=SignatureMethod.ECDSA_SHA256,
    )
    signed = signing.sign(root, key=private, cert=signer.pem.decode(), always_add_key_value=False)
    whole: bytes = etree.tostring(signed, xml_declaration=True, encoding="UTF-8")
    return whole


def list_of_lists(pointers: Sequence[Other], signer: Holder, *, pivots: Sequence[str] = (), sequence: int = 300, **more: object) -> bytes:
    """A list of the lists."""
    plan = Plan(pointers=pointers, type=LIST_OF_LISTS, territory="EU", pivots=pivots, sequence=sequence, **more)  # type: ignore[arg-type]  # names of the plan
    return trusted_list(plan, signer)


def _text(plan: Plan) -> str:
    following = f"<dateTime>{_instant(plan.next_update)}</dateTime>" if plan.next_update else ""
    uris = "".join(f'<URI xml:lang="en">{uri}</URI>' for uri in (*plan.pivots, "https://ec.example/lotl.html"))
    pointers = "".join(_pointer(one) for one in plan.pointers)
    services = "".join(_service(one) for one in plan.services)
    provider = (
        "<TrustServiceProviderList><TrustServiceProvider><TSPInformation><TSPName>"
        '<Name xml:lang="de">Musteranbieter</Name></TSPName></TSPInformation>'
        f"<TSPServices>{services}</TSPServices></TrustServiceProvider></TrustServiceProviderList>"
    )
    return (
        f'<TrustServiceStatusList xmlns="{TSL}" xmlns:x="{EXTRA}" xmlns:s="{SIE}" TSLTag="http://uri.etsi.org/19612/TSLTag" Id="list">'
        f"<SchemeInformation><TSLVersionIdentifier>{plan.version}</TSLVersionIdentifier>"
        f"<TSLSequenceNumber>{plan.sequence}</TSLSequenceNumber><TSLType>{plan.type}</TSLType>"
        f"<SchemeInformationURI>{uris}</SchemeInformationURI><SchemeTerritory>{plan.territory}</SchemeTerritory>"
        f"<PointersToOtherTSL>{pointers}</PointersToOtherTSL><ListIssueDateTime>{_instant(plan.issued)}</ListIssueDateTime>"
        f"<NextUpdate>{following}</NextUpdate></SchemeInformation>{provider if plan.services else ''}</TrustServiceStatusList>"
    )


def _instant(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _identity(holder: Holder) -> str:
    return f"<DigitalId><X509Certificate>{base64.b64encode(holder.der).decode()}</X509Certificate></DigitalId>"


def _pointer(other: Other) -> str:
    identities = "".join(_identity(one) for one in other.signers)
    return (
        "<OtherTSLPointer><ServiceDigitalIdentities><ServiceDigitalIdentity>"
        f"{identities}</ServiceDigitalIdentity></ServiceDigitalIdentities><TSLLocation>{other.location}</TSLLocation>"
        f"<AdditionalInformation><OtherInformation><TSLType>{other.type}</TSLType></OtherInformation>"
        f"<OtherInformation><SchemeTerritory>{other.territory}</SchemeTerritory></OtherInformation>"
        "<OtherInformation><x:MimeType>application/vnd.etsi.tsl+xml</x:MimeType></OtherInformation>"
        "</AdditionalInformation></OtherTSLPointer>"
    )


def _service(one: Listed) -> str:
    history = "".join(
        f"<ServiceHistoryInstance>{_state(one, status, since, identity='')}</ServiceHistoryInstance>" for status, since in one.history
    )
    current = _state(one, one.status, one.since, identity=_identity(one.holder))
    return (
        f"<TSPService><ServiceInformation>{current}</ServiceInformation>"
        + (f"<ServiceHistory>{history}</ServiceHistory>" if history else "")
        + "</TSPService>"
    )


def _state(one: Listed, status: str, since: datetime, *, identity: str) -> str:
    purposes = "".join(
        '<Extension Critical="true"><AdditionalServiceInformation>'
        f'<URI xml:lang="en">{uri}</URI></AdditionalServiceInformation></Extension>'
        for uri in one.purposes
    )
    extensions = purposes + one.qualifiers
    return (
        f"<ServiceTypeIdentifier>{one.type}</ServiceTypeIdentifier>"
        '<ServiceName><Name xml:lang="de">Qualifizierter Dienst</Name></ServiceName>'
        f"<ServiceDigitalIdentity>{identity}</ServiceDigitalIdentity><ServiceStatus>{status}</ServiceStatus>"
        f"<StatusStartingTime>{_instant(since)}</StatusStartingTime>"
        + (f"<ServiceInformationExtensions>{extensions}</ServiceInformationExtensions>" if extensions else "")
    )


def qualifier(name: str, *, bit: str = "nonRepudiation", value: str = "true", kind: str = "all", inner: str = "") -> str:
    """A qualification for certificates with a key usage (clause 5.5.9.2); ``inner`` replaces the criterion."""
    criterion = inner or f'<s:KeyUsage><s:KeyUsageBit name="{bit}">{value}</s:KeyUsageBit></s:KeyUsage>'
    return (
        '<Extension Critical="true"><s:Qualifications><s:QualificationElement><s:Qualifiers>'
        f'<s:Qualifier uri="{BASE}/TrustedList/SvcInfoExt/{name}"/></s:Qualifiers>'
        f'<s:CriteriaList assert="{kind}">{criterion}</s:CriteriaList></s:QualificationElement></s:Qualifications></Extension>'
    )
