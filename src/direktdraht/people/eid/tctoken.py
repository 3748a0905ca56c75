"""The tcToken: where the AusweisApp goes and with which key (TR-03124-1 sections 2.2, 2.4, 2.5.1 and 2.7). Pure.

The address of the token carries a secret of the session that is drawn anew for each start; whoever does not know it gets
no token. The app refuses a RefreshAddress of another origin; so do we, before it ever sees one.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlencode

from lxml import etree

from direktdraht.people.eid.addresses import BadAddress, read_address
from direktdraht.people.eid.answers import Session

APP = "http://127.0.0.1:24727/eID-Client"
BINDING = "urn:liberty:paos:2006-08"
PATH_SECURITY = "urn:ietf:rfc:4279"
SECRET_BYTES = 32


@dataclass(frozen=True)
class Addresses:
    """The three addresses of this house for one start: token, way back, way back after an error."""

    token: str
    refresh: str
    error: str


def new_secret() -> str:
    """A secret for the address of one token (256 bits)."""
    return secrets.token_urlsafe(SECRET_BYTES)


def knows(secret: str, offered: str) -> bool:
    """Whether somebody who asks for the token knows its secret; takes the same time either way."""
    return bool(secret) and secrets.compare_digest(secret.encode(), offered.encode())


def start_address(token: str, *, phone: bool = False, app: str = APP) -> str:
    """The link that opens the app: on the desktop its local address, on a phone the app link (section 2.2.1)."""
    address = APP.replace("http:", "eid:", 1) if phone else app
    return f"{address}?{urlencode({'tcTokenURL': token}, quote_via=quote)}"


def status_address(app: str = APP) -> str:
    """Where the app of this machine says that it runs (section 2.2.2)."""
    return f"{app}?Status"


def token(session: Session, addresses: Addresses, *, server: str = "") -> bytes:
    """The tcToken for a session; ``server`` is the static address of the eID server. Raises BadAddress.

    An address that the server names itself goes before (TR-03130-1 section 3.2.1.2).
    """
    target = session.address or server
    read_address(target)
    check_addresses(addresses)
    parts = {
        "ServerAddress": target,
        "SessionIdentifier": session.psk_id,
        "RefreshAddress": addresses.refresh,
        "CommunicationErrorAddress": addresses.error,
        "Binding": BINDING,
        "PathSecurity-Protocol": PATH_SECURITY,
    }
    root = _written(parts)
    etree.SubElement(etree.SubElement(root, "PathSecurity-Parameters"), "PSK").text = session.psk_key.upper()
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def error_token(addresses: Addresses) -> bytes:
    """The token where there is no session: everything but the way back after an error is empty. Raises BadAddress.

    The AusweisApp leads the browser there at once; without the empty elements it would end on a page of its own.
    """
    check_addresses(addresses)
    names = ("ServerAddress", "SessionIdentifier", "RefreshAddress", "CommunicationErrorAddress", "Binding")
    root = _written({name: addresses.error if name == "CommunicationErrorAddress" else "" for name in names})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _written(parts: Mapping[str, str]) -> etree._Element:
    """The element TCTokenType with these children."""
    root = etree.Element("TCTokenType")
    for name, text in parts.items():
        etree.SubElement(root, name).text = text
    return root


def check_addresses(addresses: Addresses) -> None:
    """All three are of one origin (section 2.7), encrypted, and carry neither a person's name nor a fragment. Raises BadAddress."""
    origins = {_origin(read_address(address)) for address in (addresses.token, addresses.refresh, addresses.error)}
    if len(origins) != 1:
        raise BadAddress("Die Adressen für die AusweisApp liegen nicht auf demselben Server.")


def _origin(parts: SplitResult) -> tuple[str, str, int]:
    return parts.scheme, (parts.hostname or "").lower(), parts.port or {"https": 443, "http": 80}[parts.scheme]
