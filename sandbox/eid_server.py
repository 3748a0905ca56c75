"""An eID server for invented people, with every failure at a switch (TR-03130-1 section 3).

``EidServer`` answers useID, getResult and getServerInfo over HTTP, or over TLS with a context that asks for the city's
certificate. ``state`` is one of ``STATES``; what was chosen for one session goes before it. Sessions live in memory; a
counter that does not grow is refused.
"""

import secrets
import ssl
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer

from cryptography import x509
from lxml import etree

from sandbox.eid_messages import (
    EID,
    FAILURES,
    BadRequest,
    Holder,
    Person,
    get_result_response,
    server_info_response,
    signed,
    use_id_response,
    verified_request,
)
from sandbox.serving import Pages

MOST_BYTES = 1_000_000

ALL = ["DocumentType", "GivenNames", "FamilyNames", "DateOfBirth", "BirthName", "PlaceOfResidence", "RestrictedID", "AgeVerification"]
STATES = ("ok", "attribute-missing", "wrong-signature", "few-rights", "broken", *FAILURES)
"""Good, then what goes wrong; "broken" answers something that is no XML."""


@dataclass
class Session:
    """What one useID opened: what is asked, the text for the person, and later whose card answers, or what goes wrong."""

    asked: list[str]
    counter: int = 0
    psk_id: str = ""
    text: str = ""
    person: Person | None = None
    state: str = ""


@dataclass
class EidServer:
    """The server; ``forger`` signs in the state wrong-signature. Use it as a context manager."""

    holder: Holder
    forger: Holder
    city: x509.Certificate
    context: ssl.SSLContext | None = None
    state: str = "ok"
    person: Person = field(default_factory=Person)
    sessions: dict[str, Session] = field(default_factory=dict)
    port: int = 0

    def __enter__(self) -> "EidServer":
        """Listen on this machine, on any free port if none is named."""
        owner = self

        class Served(Pages):
            """One address for all functions."""

            def do_POST(self) -> None:
                """Answer a message."""
                status, body = owner.reply(self.body(MOST_BYTES))
                self.answer(status, "text/xml; charset=utf-8", body)

        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Served)
        if self.context is not None:
            self.server.socket = self.context.wrap_socket(self.server.socket, server_side=True)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        """Stop listening."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"{'http' if self.context is None else 'https'}://127.0.0.1:{self.server.server_address[1]}/"

    def reply(self, request: bytes) -> tuple[int, bytes]:
        """Status and signed answer; whoever is not the city gets none (section 3.5.2.1)."""
        if self.state == "broken":
            return 200, b"<html>maintenance"
        try:
            message, value = verified_request(request, self.city)
        except (BadRequest, etree.XMLSyntaxError):
            return 403, b""
        state = self.state_of(message)
        if state == "broken":
            return 200, b"<html>maintenance"
        reply = {"useIDRequest": self.open, "getResultRequest": self.result, "getServerInfoRequest": self.info}[
            etree.QName(message).localname
        ]
        holder = self.forger if state == "wrong-signature" else self.holder
        return 200, signed(reply(message), holder, datetime.now(UTC), confirms=value, named=self.holder.certificate)

    def session_of(self, psk_id: str) -> Session | None:
        """The session that an app came with."""
        return next((session for session in self.sessions.values() if session.psk_id == psk_id), None)

    def state_of(self, message: etree._Element) -> str:
        """What goes wrong with this question."""
        session = self.sessions.get(message.findtext(f".//{{{EID}}}ID") or "")
        return (session.state if session is not None else "") or self.state

    def open(self, message: etree._Element) -> etree._Element:
        """Answer useID."""
        minor = FAILURES.get(self.state, "")
        if "/useID#" in minor:
            return use_id_response("", "", "", minor=minor)
        key, psk_id = secrets.token_hex(16), secrets.token_hex(16)
        asked = [etree.QName(child).localname for child in message[0] if child.text == "REQUIRED"]
        self.sessions[key] = Session(asked, psk_id=psk_id, text=message.findtext(f"{{{EID}}}TransactionInfo") or "")
        return use_id_response(key, psk_id, secrets.token_hex(32))

    def result(self, message: etree._Element) -> etree._Element:
        """Answer getResult once; the session is over afterwards (section 3.2.2.2)."""
        key = message.findtext(f".//{{{EID}}}ID") or ""
        counter = int(message.findtext(f"{{{EID}}}RequestCounter") or "0")
        session = self.sessions.get(key)
        if session is None:
            return get_result_response(self.person, [], minor=FAILURES["session-over"])
        if counter <= session.counter:
            return get_result_response(self.person, [], minor=FAILURES["counter"])
        session.counter = counter
        state = session.state or self.state
        if state == "waiting":
            return get_result_response(self.person, [], minor=FAILURES["waiting"])
        del self.sessions[key]
        missing = session.asked[-1] if state == "attribute-missing" else ""
        return get_result_response(session.person or self.person, session.asked, minor=FAILURES.get(state, ""), missing=missing)

    def info(self, message: etree._Element) -> etree._Element:
        """Answer getServerInfo."""
        del message
        return server_info_response(ALL[:2] if self.state == "few-rights" else ALL)
