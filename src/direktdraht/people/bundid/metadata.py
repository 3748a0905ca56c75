"""The provider's metadata: who it is, its certificates and addresses. Pure. Source: saml-metadata 2.3, 2.4."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime

from cryptography.x509 import Certificate, load_der_x509_certificate
from lxml import etree

from direktdraht.foundation.marking import N_
from direktdraht.people.bundid.names import DS, METADATA, REDIRECT
from direktdraht.people.bundid.reading import Refused, instant_of, read_xml, tag, text_of


class UnreadableMetadata(Exception):
    """The file is no metadata of one identity provider; the message says why, in German."""


@dataclass(frozen=True)
class Provider:
    """An identity provider as its metadata describe it; ``sign_out`` is empty where it offers none."""

    entity_id: str
    certificates: tuple[Certificate, ...]
    sign_on: str
    sign_out: str
    valid_until: datetime | None

    def holds_at(self, at: datetime) -> bool:
        """Whether the metadata may still be used."""
        return self.valid_until is None or at < self.valid_until


def read_provider(content: bytes) -> Provider:
    """The one identity provider of a metadata file. Raises UnreadableMetadata."""
    try:
        root = read_xml(content)
        entities = [
            node for node in root.iter(tag(METADATA, "EntityDescriptor")) if node.find(tag(METADATA, "IDPSSODescriptor")) is not None
        ]
        if len(entities) != 1 or not entities[0].get("entityID"):
            raise UnreadableMetadata(N_("Die Metadaten beschreiben nicht genau ein Nutzerkonto."))
        entity = entities[0]
        role = entity.find(tag(METADATA, "IDPSSODescriptor"))
        ends = [end for node in (root, entity, role) if node is not None and (end := instant_of(node.get("validUntil"), "xml"))]
        certificates = tuple(_certificates(role))
    except Refused as problem:
        raise UnreadableMetadata(N_("Die Metadaten sind kein einfaches, lesbares XML.")) from problem
    if not certificates:
        raise UnreadableMetadata(N_("Die Metadaten enthalten kein Zertifikat zum Prüfen von Signaturen."))
    sign_on, sign_out = (_address(role, name) for name in ("SingleSignOnService", "SingleLogoutService"))
    return Provider(entity.get("entityID", ""), certificates, sign_on, sign_out, min(ends, default=None))


def _certificates(role: etree._Element | None) -> list[Certificate]:
    """All certificates for signatures: those marked so, and those without a mark (saml-metadata 2.4.1.1)."""
    found: list[Certificate] = []
    for descriptor in [] if role is None else role.findall(tag(METADATA, "KeyDescriptor")):
        if descriptor.get("use", "signing") != "signing":
            continue
        for node in descriptor.iter(tag(DS, "X509Certificate")):
            try:
                found.append(load_der_x509_certificate(base64.b64decode("".join(text_of(node, "xml").split()), validate=True)))
            except (binascii.Error, ValueError) as problem:
                raise UnreadableMetadata(N_("Ein Zertifikat in den Metadaten ist nicht lesbar.")) from problem
    return found


def _address(role: etree._Element | None, name: str) -> str:
    """The address of a service by redirect, "" if there is none; only web addresses count."""
    nodes = [] if role is None else role.findall(tag(METADATA, name))
    found = [node.get("Location", "") for node in nodes if node.get("Binding") == REDIRECT]
    return next((address for address in found if address.startswith(("https://", "http://"))), "")
