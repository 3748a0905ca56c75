"""An eID server for invented people, with every failure at a switch (TR-03130-1 section 3).

``EidServer`` answers useID, getResult and getServerInfo over HTTP, or over TLS with a context that asks for the city's
certificate. ``state`` is one of ``STATES``. Sessions live in memory; a counter that does not grow is refused.
"""

import secrets
import ssl
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

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

ALL = ["DocumentType", "GivenNames", "FamilyNames", "DateOfBirth", "BirthName", "PlaceOfResidence", "RestrictedID", "AgeVerification"]
STATES = ("ok", "attribute-missing", "wrong-signature", "few-rights", "broken", *FAILURES)
"""Good, then what goes wrong; "broken" answers something that is no XML."""


@dataclass
class Session:
    """What one useID opened."""

    asked: list[str]
    counter: int = 0


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

    def __enter__(self) -> "EidServer":
        """Listen on a free port of this machine."""
        owner = self

        class Pages(BaseHTTPRequestHandler):
            """One address for all functions."""

            def do_POST(self) -> None:
                """Answer a message."""
                status, body = owner.answer(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
                self.send_response(status)
                self.send_header("Content-Type", "text/xml; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
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

    def answer(self, request: bytes) -> tuple[int, bytes]:
        """Status and signed answer; whoever is not the city gets none (section 3.5.2.1)."""
        if self.state == "broken":
            return 200, b"<html>maintenance"
        try:
            message, value = verified_request(request, self.city)
        except (BadRequest, etree.XMLSyntaxError):
            return 403, b""
        reply = {"useIDRequest": self.open, "getResultRequest": self.result, "getServerInfoRequest": self.info}[
            etree.QName(message).localname
        ]
        holder = self.forger if self.state == "wrong-signature" else self.holder
        return 200, signed(reply(message), holder, datetime.now(UTC), confirms=value, named=self.holder.certificate)

    def open(self, message: etree._Element) -> etree._Element:
        """Answer useID."""
        minor = FAILURES.get(self.state, "")
        if "/useID#" in minor:
            return use_id_response("", "", "", minor=minor)
        key = secrets.token_hex(16)
        self.sessions[key] = Session([etree.QName(child).localname for child in message[0] if child.text == "REQUIRED"])
        return use_id_response(key, secrets.token_hex(16), secrets.token_hex(32))

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
        if self.state == "waiting":
            return get_result_response(self.person, [], minor=FAILURES["waiting"])
        del self.sessions[key]
        missing = session.asked[-1] if self.state == "attribute-missing" else ""
        return get_result_response(self.person, session.asked, minor=FAILURES.get(self.state, ""), missing=missing)

    def info(self, message: etree._Element) -> etree._Element:
        """Answer getServerInfo."""
        del message
        return server_info_response(ALL[:2] if self.state == "few-rights" else ALL)
