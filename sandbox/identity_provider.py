"""An example of a user account (BundID) with invented people at every level; for demo and tests only.

``python -m sandbox.identity_provider FOLDER --web PORT --service URL --metadata FILE``: keeps its key in FOLDER, knows the one
service provider whose metadata stand at URL, and writes its own metadata into FILE.
"""

import argparse
import base64
import html
import threading
import urllib.request
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

from sandbox import saml
from sandbox.serving import Pages, wait_for_end

ORDER = ("STORK-QAA-Level-1", "STORK-QAA-Level-3", "STORK-QAA-Level-4")
WAYS = (
    ("STORK-QAA-Level-4", "Online-Ausweis", "hoch", "HOCH"),
    ("STORK-QAA-Level-3", "ELSTER-Zertifikat", "substanziell", "SUBSTANTIELL"),
    ("STORK-QAA-Level-1", "Benutzername und Passwort", "niedrig", "UNTERGEORDNET"),
)
# The same people as the demo city's, and strangers; all invented.
PEOPLE: dict[str, dict[str, str]] = {
    key: dict(
        zip(
            ("urn:oid:2.5.4.42", "urn:oid:2.5.4.4", "urn:oid:1.2.40.0.10.2.1.1.55", "urn:oid:1.3.6.1.4.1.25484.494450.3"),
            facts,
            strict=True,
        )
    )
    for key, facts in {
        "robin": ("Robin", "Weber", "1984-02-29", "BEISPIEL-0001"),
        "noor": ("Noor", "Haddad", "1991-07-14", "BEISPIEL-0002"),
        "jonas": ("Jonas Friedrich", "Öztürk-Meyer", "1958-12-03", "BEISPIEL-0003"),
        "ayse": ("Ayşe", "Çelik", "2001-10-30", "BEISPIEL-0004"),
    }.items()
}
WORDS = {
    "urn:oid:2.5.4.42": "Vornamen",
    "urn:oid:2.5.4.4": "Familienname",
    "urn:oid:1.2.40.0.10.2.1.1.55": "Geburtsdatum",
    "urn:oid:1.3.6.1.4.1.25484.494450.3": "Kennzeichen (bPK2)",
}
PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="stylesheet" href="/style.css">{head}</head><body><p class="mark">{mark}</p>
<main><h1>{title}</h1>{body}</main></body></html>"""
STYLE = """body{font:1.05rem/1.5 sans-serif;margin:0;color:#1a1a1a}main{max-width:42rem;margin:1.5rem auto;padding:0 1rem}
.mark{background:#ffe9a8;margin:0;padding:.6rem 1rem;text-align:center}h1{font-size:1.7rem}h2{font-size:1.15rem;margin:1.6rem 0 .4rem}
form{display:inline}button{font:inherit;min-height:44px;padding:.4rem .9rem;margin:.2rem .3rem .2rem 0;border:2px solid #00457c;
background:#fff;color:#00457c;border-radius:4px;cursor:pointer}button.first{background:#00457c;color:#fff}
button:focus-visible{outline:3px solid #d9480f;outline-offset:2px}.quiet{color:#4f5358}"""
SEND = "document.forms[0].submit()"


@dataclass(frozen=True)
class Waiting:
    """A request that waits for a person to choose."""

    request_id: str
    relay: str
    asked: tuple[str, ...]
    least: str


class IdentityProvider:
    """The provider: key, the service provider that it knows, requests that wait."""

    def __init__(self, folder: Path, base: str, service_url: str) -> None:
        self.base, self.service_url = base, service_url
        self.key = saml.Key.in_file(folder / "key.pem")
        self.waiting: dict[str, Waiting] = {}

    @property
    def issuer(self) -> str:
        """Its name."""
        return f"{self.base}/idp"

    def service(self) -> saml.Service:
        """The service provider, read anew: it may have started after us."""
        with urllib.request.urlopen(self.service_url, timeout=10) as page:  # noqa: S310  # the address given at start
            return saml.Service.of(page.read())

    def choose_page(self, query: str) -> str:
        """Who asks for what, and the people who may answer. Raises BadRequest."""
        request, relay = saml.read_request(query, self.service())
        asked = tuple(node.get("Name", "") for node in request.iterfind(".//akdb:RequestedAttribute", saml.NS))
        least = request.findtext(".//saml:AuthnContextClassRef", namespaces=saml.NS) or ORDER[0]
        key = saml.new_id()
        self.waiting[key] = Waiting(request.get("ID", ""), relay, asked, least)
        return page("BundID (Beispiel)", asking(request, asked) + "".join(person_choice(key, name) for name in PEOPLE) + cancel(key))

    def answer_page(self, fields: dict[str, str]) -> str:
        """The page that carries the answer back. Raises KeyError for what nobody asked."""
        waiting = self.waiting.pop(fields["key"])
        service = self.service()
        level = fields.get("level", "")
        person = PEOPLE.get(fields.get("person", ""), {})
        trust = next((rated for stork, _way, _word, rated in WAYS if stork == level), "UNTERGEORDNET")
        known = {name: (value, trust) for name, value in person.items() if name in waiting.asked}
        answer = saml.Answer(self.issuer, waiting.request_id, level, known)
        if not person:
            message = saml.response(answer, service, status="AuthnFailed", inside="")
        elif level not in ORDER or (waiting.least in ORDER and ORDER.index(level) < ORDER.index(waiting.least)):
            message = saml.response(answer, service, status="NoAuthnContext", inside="")
        else:
            inside = saml.encrypted(saml.signed(saml.assertion(answer, service), self.key), service)
            message = saml.response(answer, service, status="Success", inside=inside)
        return sending(service.acs, saml.signed(message, self.key), waiting.relay)

    def sign_out(self, query: str) -> str:
        """Where a person goes who signs out. Raises BadRequest."""
        service = self.service()
        request, relay = saml.read_request(query, service)
        return saml.sign_out_url(self.issuer, request.get("ID", ""), service, relay, self.key)


def page(title: str, body: str, head: str = "", mark: str = "Beispiel, kein echtes Nutzerkonto") -> str:
    """A page; ``mark`` says on top that it is an example."""
    return PAGE.format(title=html.escape(title), body=body, head=head, mark=mark)


def asking(request: etree._Element, asked: tuple[str, ...]) -> str:
    """Who asks, for what, and which data."""
    shown = [request.findtext(f".//ui:{name}", namespaces=saml.NS) or "" for name in ("OrganizationDisplayName", "Purpose")]
    words = ", ".join(html.escape(WORDS.get(name, name)) for name in asked)
    return f"<p><strong>{html.escape(shown[0])}</strong> fragt an für: {html.escape(shown[1])}</p><p>Übermittelt werden: {words}.</p>"


def person_choice(key: str, name: str) -> str:
    """One invented person with a button for each way to sign in."""
    given, family, born, _mark = PEOPLE[name].values()
    buttons = "".join(
        f'<form method="post" action="/antwort"><input type="hidden" name="key" value="{key}"><input type="hidden" name="person" '
        f'value="{name}"><input type="hidden" name="level" value="{level}"><button{" class=first" if word == "hoch" else ""}>{way} ({word})'
        "</button></form>"
        for level, way, word, _rated in WAYS
    )
    return f'<h2>{html.escape(given)} {html.escape(family)} <span class="quiet">geboren {born}</span></h2>{buttons}'


def cancel(key: str) -> str:
    """The button of those who change their mind."""
    return (
        '<h2>Doch nicht</h2><form method="post" action="/antwort">'
        f'<input type="hidden" name="key" value="{key}"><button>Abbrechen</button></form>'
    )


def sending(acs: str, message: str, relay: str) -> str:
    """The page that sends the answer by itself, with a button where scripts are off (saml-bindings 3.5)."""
    value = base64.b64encode(message.encode()).decode()
    body = (
        f'<p>Sie kehren gleich zurück.</p><form method="post" action="{html.escape(acs)}"><input type="hidden" name="SAMLResponse" '
        f'value="{value}"><input type="hidden" name="RelayState" value="{html.escape(relay)}"><button class="first">Weiter</button></form>'
    )
    return page("Zurück zur Stadt", body, '<script src="/send.js" defer></script>')


def handler_for(provider: IdentityProvider) -> type[Pages]:
    """The request handler of the provider's pages."""

    class Served(Pages):
        """Answers GET and POST."""

        def do_GET(self) -> None:  # the library's name
            """Show the choice, sign out, or a small file."""
            address = urlsplit(self.path)
            files = {"/style.css": ("text/css", STYLE), "/send.js": ("text/javascript", SEND)}
            files["/metadata"] = ("application/samlmetadata+xml", saml.provider_metadata(provider.base, provider.key))
            try:
                if address.path in files:
                    self.answer(200, *files[address.path])
                elif address.path == "/sso":
                    self.answer(200, "text/html", provider.choose_page(address.query))
                elif address.path == "/slo":
                    self.send_response(302)
                    self.send_header("Location", provider.sign_out(address.query))
                    self.end_headers()
                else:
                    self.answer(404, "text/html", page("Nicht gefunden", ""))
            except saml.BadRequest as problem:
                self.answer(400, "text/html", page("Diese Anfrage ist nicht in Ordnung", f"<p>{html.escape(str(problem))}</p>"))

        def do_POST(self) -> None:  # the library's name
            """Take the choice."""
            try:
                self.answer(200, "text/html", provider.answer_page(self.fields()))
            except KeyError:
                self.answer(409, "text/html", page("Diese Anfrage ist nicht mehr offen", "<p>Bitte beginnen Sie bei der Stadt neu.</p>"))

    return Served


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--web", type=int, required=True)
    parser.add_argument("--service", required=True)
    parser.add_argument("--metadata", type=Path, required=True)
    options = parser.parse_args()
    provider = IdentityProvider(options.folder, f"http://127.0.0.1:{options.web}", options.service)
    options.metadata.parent.mkdir(parents=True, exist_ok=True)
    options.metadata.write_text(saml.provider_metadata(provider.base, provider.key), encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", options.web), handler_for(provider))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    wait_for_end()
    server.shutdown()


if __name__ == "__main__":
    main()
