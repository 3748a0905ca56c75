"""Reads the content of a trusted list that was believed before (ETSI TS 119 612, clause 5)."""

import base64
import binascii
from collections.abc import Iterator
from datetime import UTC, datetime

from asn1crypto import x509
from lxml import etree

from direktdraht.writtenform.trustlists.criteria import qualifications_of
from direktdraht.writtenform.trustlists.model import PURPOSES, VERSIONS, Pointer, Service, ServiceState, TrustedList
from direktdraht.writtenform.trustlists.xml import ListProblem

TSL = "http://uri.etsi.org/02231/v2#"
ROOT = f"{{{TSL}}}TrustServiceStatusList"
NAMES = {"t": TSL, "x": "http://uri.etsi.org/02231/v2/additionaltypes#"}


def read_list(root: etree._Element) -> TrustedList:
    """The list in a document. Raises ListProblem for another document, another version or missing required parts."""
    if root.tag != ROOT:
        raise ListProblem("Die Datei ist keine Vertrauensliste.")
    scheme = root.find("t:SchemeInformation", NAMES)
    if scheme is None:
        raise ListProblem("Der Vertrauensliste fehlen ihre Angaben (SchemeInformation).")
    version = _number(scheme, "t:TSLVersionIdentifier")
    if version not in VERSIONS:
        raise ListProblem(f"Die Fassung {version} der Vertrauensliste kennen wir nicht; wir lesen 5 und 6.")
    services = root.iterfind("t:TrustServiceProviderList/t:TrustServiceProvider", NAMES)
    return TrustedList(
        version=version,
        sequence=_number(scheme, "t:TSLSequenceNumber"),
        territory=_text(scheme, "t:SchemeTerritory"),
        type=_text(scheme, "t:TSLType"),
        issued=instant(_text(scheme, "t:ListIssueDateTime")),
        next_update=_next_update(scheme),
        services=tuple(service for provider in services for service in _services(provider)),
        pointers=tuple(_pointers(scheme)),
        information_uris=tuple((uri.text or "").strip() for uri in scheme.iterfind("t:SchemeInformationURI/t:URI", NAMES)),
    )


def instant(text: str) -> datetime:
    """An ISO 8601 instant as it stands in lists. Raises ListProblem.

    >>> instant("2026-01-01T00:00:00Z").isoformat()
    '2026-01-01T00:00:00+00:00'
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise ListProblem(f"Die Vertrauensliste nennt mit „{text[:40]}“ keinen lesbaren Zeitpunkt.") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _next_update(scheme: etree._Element) -> datetime | None:
    text = scheme.findtext("t:NextUpdate/t:dateTime", "", NAMES).strip()
    return instant(text) if text else None


def _services(provider: etree._Element) -> Iterator[Service]:
    provider_name = _name(provider, "t:TSPInformation/t:TSPName")
    for service in provider.iterfind("t:TSPServices/t:TSPService", NAMES):
        current = service.find("t:ServiceInformation", NAMES)
        if current is None:
            raise ListProblem("Ein Dienst der Vertrauensliste hat keine Angaben (ServiceInformation).")
        history = service.findall("t:ServiceHistory/t:ServiceHistoryInstance", NAMES)
        yield Service(
            provider=provider_name,
            name=_name(current, "t:ServiceName"),
            certificates=tuple(_certificates(current.find("t:ServiceDigitalIdentity", NAMES))),
            states=tuple(_states([current, *history])),
        )


def _states(nodes: list[etree._Element]) -> Iterator[ServiceState]:
    """The periods, newest first: each ends where the next newer one begins."""
    until: datetime | None = None
    dated = [(instant(_text(node, "t:StatusStartingTime")), node) for node in nodes]
    for since, node in sorted(dated, key=lambda one: one[0], reverse=True):
        extensions = node.find("t:ServiceInformationExtensions", NAMES)
        uris = (
            {(uri.text or "").strip() for uri in extensions.iterfind(".//t:AdditionalServiceInformation/t:URI", NAMES)}
            if extensions is not None
            else set()
        )
        yield ServiceState(
            type=_text(node, "t:ServiceTypeIdentifier"),
            status=_text(node, "t:ServiceStatus"),
            since=since,
            until=until,
            purposes=frozenset(uris & PURPOSES),
            qualifications=tuple(qualifications_of(extensions)),
        )
        until = since


def _pointers(scheme: etree._Element) -> Iterator[Pointer]:
    for pointer in scheme.iterfind("t:PointersToOtherTSL/t:OtherTSLPointer", NAMES):
        identities = pointer.iterfind("t:ServiceDigitalIdentities/t:ServiceDigitalIdentity", NAMES)
        yield Pointer(
            location=_text(pointer, "t:TSLLocation"),
            territory=pointer.findtext(".//t:SchemeTerritory", "", NAMES).strip(),
            type=pointer.findtext(".//t:TSLType", "", NAMES).strip(),
            certificates=tuple(one for identity in identities for one in _certificates(identity)),
        )


def _certificates(identity: etree._Element | None) -> Iterator[x509.Certificate]:
    if identity is None:
        return
    for node in identity.iterfind("t:DigitalId/t:X509Certificate", NAMES):
        try:
            certificate = x509.Certificate.load(base64.b64decode("".join((node.text or "").split()), validate=True), strict=True)
            certificate.native  # noqa: B018  # parses all of it, so that nothing fails later
        except (binascii.Error, ValueError, TypeError) as error:
            raise ListProblem("Ein Zertifikat der Vertrauensliste ist nicht lesbar.") from error
        yield certificate


def _name(node: etree._Element, path: str) -> str:
    names = node.findall(f"{path}/t:Name", NAMES)
    german = [one for one in names if one.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"]
    chosen = (german or names)[:1]
    return " ".join((chosen[0].text or "").split()) if chosen else ""


def _text(node: etree._Element, path: str) -> str:
    text = node.findtext(path, "", NAMES).strip()
    if not text:
        raise ListProblem(f"Der Vertrauensliste fehlt eine Angabe ({path.removeprefix('t:')}).")
    return text


def _number(node: etree._Element, path: str) -> int:
    text = _text(node, path)
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ListProblem(f"Die Vertrauensliste nennt mit „{text[:40]}“ keine lesbare Nummer.")
    return int(text)
