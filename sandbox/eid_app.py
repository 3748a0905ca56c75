"""An example of the AusweisApp with cards of invented people, and the eID server behind it; for demo and tests only.

``python -m sandbox.eid_app --server PORT --app PORT --city PEM --settings FOLDER``: knows the city by its certificate in PEM,
writes its own certificate and its addresses into FOLDER.
"""

import argparse
import html
import threading
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from sandbox.eid_messages import Person, new_holder
from sandbox.eid_server import STATES, EidServer, Session
from sandbox.identity_provider import STYLE, page
from sandbox.serving import Pages, wait_for_end

MARK = "Beispiel, keine echte AusweisApp"
# Kind of card, given names, family name, day of birth as the card writes it; all invented, some live in the demo city.
PEOPLE = {
    "robin": ("ID", "ROBIN", "WEBER", "19840229"),
    "noor": ("ID", "NOOR", "HADDAD", "19910714"),
    "erika": ("ID", "ERIKA", "MUSTERMANN", "19640812"),
    "jonas": ("ID", "JONAS FRIEDRICH", "ÖZTÜRK-MEYER", "1958    "),
    "amara": ("AR", "AMARA", "OKOYE", "197911  "),
    "luca": ("UB", "LUCA", "ROSSI", "20011030"),
}
CARDS = {"ID": "Personalausweis", "AR": "Aufenthaltstitel", "UB": "eID-Karte"}
WORDS = {
    "DocumentType": "Art des Ausweises",
    "GivenNames": "Vornamen",
    "FamilyNames": "Familienname",
    "DateOfBirth": "Geburtsdatum",
    "BirthName": "Geburtsname",
    "PlaceOfResidence": "Anschrift",
    "RestrictedID": "Pseudonym",
    "AgeVerification": "Altersbestätigung",
}
# What can go wrong with one card, in words, and what the app then says by itself (TR-03124-1 section 2.5.4).
MISHAPS = {
    "abort": ("Abbrechen", "cancellationByUser"),
    "deactivated": ("Online-Funktion ist ausgeschaltet", "cancellationByUser"),
    "blocked-pin": ("PIN ist gesperrt", "cancellationByUser"),
    "transport-pin": ("Nur die fünfstellige Transport-PIN ist gesetzt", "cancellationByUser"),
    "timeout": ("Karte lag zu lange nicht auf", "clientError"),
    "locked": ("Ausweis ist gesperrt oder abgelaufen", "serverError"),
    "denied": ("Ausweis ist hier nicht zugelassen", "serverError"),
    "channel": ("Keine sichere Verbindung", "trustedChannelEstablishmentFailed"),
    "internal": ("Server meldet einen Fehler", "serverError"),
    "attribute-missing": ("Eine Angabe nicht freigeben", ""),
    "session-over": ("Sitzung ist abgelaufen", ""),
    "counter": ("Zähler stimmt nicht", ""),
    "wrong-signature": ("Antwort ist falsch signiert", ""),
    "broken": ("Antwort ist unlesbar", ""),
    "waiting": ("Ergebnis kommt nie", ""),
}
STATUS = "Implementation-Title: AusweisApp (Beispiel)\nSpecification-Title: TR-03124\nSpecification-Version: 1.4\n"


@dataclass(frozen=True)
class Token:
    """What the app reads of a tcToken."""

    session: str
    refresh: str
    error: str


def read_token(address: str) -> Token:
    """Fetch a tcToken as the app does: without any cookie. Raises OSError, ValueError, etree.XMLSyntaxError."""
    if urlsplit(address).hostname not in {"127.0.0.1", "localhost"}:
        raise ValueError("Das Beispiel spricht nur mit diesem Rechner.")
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310  # an http address of this machine
        root = etree.fromstring(answer.read(), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    names = ("SessionIdentifier", "RefreshAddress", "CommunicationErrorAddress")
    return Token(*(root.findtext(name) or "" for name in names))


def led_back(address: str, minor: str) -> str:
    """The address with the app's own word about the end."""
    return f"{address}?{urlencode({'ResultMajor': 'error', 'ResultMinor': minor} if minor else {'ResultMajor': 'ok'})}"


def card_of(key: str) -> Person:
    """The card of an invented person."""
    kind, given, family, born = PEOPLE[key]
    values = {**Person().values, "DocumentType": kind, "GivenNames": given, "FamilyNames": family, "DateOfBirth": born}
    return Person({**values, "RestrictedID": key.encode().hex().zfill(64)})


def choose(server: EidServer, fields: dict[str, str]) -> str:
    """Put a card on the reader, or let something go wrong; where the browser goes. Raises KeyError."""
    session = server.session_of(fields["session"])
    if session is None:
        raise KeyError(fields["session"])
    choice = fields["choice"]
    if choice in PEOPLE:
        session.person, session.state = card_of(choice), "ok"
        return led_back(fields["back"], "")
    session.state = choice
    return led_back(fields["back"], MISHAPS[choice][1])


def start_page(token: Token, session: Session) -> str:
    """What the app shows: the city's text, the data, and whose card may lie there."""
    data = ", ".join(html.escape(WORDS.get(name, name)) for name in session.asked)
    body = f"<p>Die Stadt fragt an für: <strong>{html.escape(session.text)}</strong></p><p>Übermittelt werden: {data}.</p>"
    for key, (kind, given, family, born) in PEOPLE.items():
        shown = html.escape(f"{given} {family}")
        label = f'{shown} <span class="quiet">{CARDS[kind]}, geboren {in_words(born)}</span>'
        body += f"<h2>{label}</h2>{button(token, key, 'Ausweis auflegen und PIN eingeben', first=key == 'robin')}"
    body += "<h2>Etwas geht schief</h2>" + "".join(button(token, state, words) for state, (words, _minor) in MISHAPS.items())
    return page("AusweisApp (Beispiel)", body, mark=MARK)


def in_words(born: str) -> str:
    """A day of birth as people write it; the card may know the year alone, or year and month."""
    return ".".join(part for part in (born[6:], born[4:6], born[:4]) if part.strip())


def button(token: Token, choice: str, words: str, *, first: bool = False) -> str:
    """One choice."""
    hidden = {"session": token.session, "back": token.refresh, "choice": choice}
    inputs = "".join(f'<input type="hidden" name="{name}" value="{html.escape(value)}">' for name, value in hidden.items())
    return f'<form method="post" action="/karte">{inputs}<button{" class=first" if first else ""}>{words}</button></form>'


def state_page(server: EidServer) -> str:
    """The switch of the eID server itself, for what goes wrong before any card lies there."""
    buttons = "".join(f'<button name="state" value="{state}">{state}</button>' for state in STATES)
    body = f'<p>Zustand: <strong>{server.state}</strong></p><form method="post" action="/zustand">{buttons}</form>'
    return page("eID-Server (Beispiel)", body, mark="Beispiel, kein echter eID-Server")


def handler_for(server: EidServer) -> type[Pages]:
    """The request handler of the app's pages."""

    class Served(Pages):
        """Answers GET and POST."""

        also: ClassVar = {
            "Access-Control-Allow-Origin": "*"
        }  # pages of a service may ask the app whether it runs (TR-03124-1 section 2.2.2)

        def do_GET(self) -> None:  # the library's name
            """Status, start, the server's switch, or the style."""
            address = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(address.query, keep_blank_values=True).items()}
            if address.path == "/style.css":
                self.answer(200, "text/css", STYLE)
            elif address.path == "/":
                self.answer(200, "text/html", state_page(server))
            elif address.path == "/eID-Client" and "Status" in query:
                self.answer(200, "text/plain", STATUS)
            elif address.path == "/eID-Client" and "tcTokenURL" in query:
                self.begin(query["tcTokenURL"])
            else:
                self.answer(404, "text/html", page("Nicht gefunden", "", mark=MARK))

        def begin(self, address: str) -> None:
            """Fetch the token and ask for a card; without a session go straight back."""
            try:
                token = read_token(address)
            except (OSError, ValueError, etree.XMLSyntaxError):
                self.answer(400, "text/html", page("Die App bekam kein Token", "<p>Bitte beginnen Sie bei der Stadt neu.</p>", mark=MARK))
                return
            session = server.session_of(token.session)
            if session is None:
                self.lead(led_back(token.error, "trustedChannelEstablishmentFailed"))
            else:
                self.answer(200, "text/html", start_page(token, session))

        def do_POST(self) -> None:  # the library's name
            """Take a choice."""
            fields = self.fields()
            if self.path == "/zustand" and fields.get("state") in STATES:
                server.state = fields["state"]
                self.lead("/")
                return
            try:
                self.lead(choose(server, fields))
            except KeyError:
                self.answer(409, "text/html", page("Dieser Vorgang ist nicht mehr offen", "", mark=MARK))

    return Served


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", type=int, required=True)
    parser.add_argument("--app", type=int, required=True)
    parser.add_argument("--city", type=Path, required=True)
    parser.add_argument("--settings", type=Path, required=True)
    options = parser.parse_args()
    since = datetime.now(UTC) - timedelta(days=1)
    holder, forger = new_holder("eID-Server (Beispiel)", since=since), new_holder("Fremder eID-Server", since=since)
    city = x509.load_pem_x509_certificate(options.city.read_bytes())
    with EidServer(holder, forger, city, port=options.server) as server:
        app = ThreadingHTTPServer(("127.0.0.1", options.app), handler_for(server))
        threading.Thread(target=app.serve_forever, daemon=True).start()
        (options.settings / "server.pem").write_bytes(holder.certificate.public_bytes(Encoding.PEM))
        names = {"address": server.address, "app_address": server.address, "example_app": f"http://127.0.0.1:{options.app}/eID-Client"}
        # Whoever reads the settings finds them whole or not at all.
        draft = options.settings / "service.toml.new"
        draft.write_text("".join(f'{name} = "{value}"\n' for name, value in names.items()), encoding="utf-8")
        draft.replace(options.settings / "service.toml")
        wait_for_end()
        app.shutdown()


if __name__ == "__main__":
    main()
