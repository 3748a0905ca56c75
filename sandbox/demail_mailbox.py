"""A De-Mail provider with mailboxes: people write to the city on its page, the city's mails come in by SMTP and are confirmed.

``python -m sandbox.demail_mailbox FOLDER --web PORT --smtp PORT --lmtp PORT --settings FOLDER``. It signs as ``sandbox.demail_provider``
does, delivers by LMTP, or into a mailbox with ``--imap HOST:PORT --imap-user NAME --imap-password FILE``, and writes the city's
settings and its root of trust. Its confirmations carry no XML signature of their own.
"""

import argparse
import html
import threading
import tomllib
from collections.abc import Mapping
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default as modern
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

from aiosmtpd.controller import Controller

from sandbox.demail_office import CITY, FAULTS, PEOPLE, Office, Place
from sandbox.demail_provider import make_certificates
from sandbox.serving import Pages, wait_for_end

MOST_BYTES = 30_000_000
PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="stylesheet" href="/style.css"></head><body><p class="mark">Beispiel, kein echter De-Mail-Anbieter</p>
<main><h1>{title}</h1>{body}</main></body></html>"""
STYLE = """body{font:1.05rem/1.5 sans-serif;margin:0;color:#1a1a1a}main{max-width:42rem;margin:1.5rem auto;padding:0 1rem}
.mark{background:#ffe9a8;margin:0;padding:.6rem 1rem;text-align:center}h1{font-size:1.7rem}h2{font-size:1.15rem;margin:1.6rem 0 .4rem}
label{display:block;margin:.8rem 0 .2rem}input,select,textarea{font:inherit;width:100%;min-height:44px;box-sizing:border-box}
button{font:inherit;min-height:44px;padding:.4rem .9rem;margin:1rem 0;border:0;border-radius:4px;
background:#00457c;color:#fff}
button:focus-visible,input:focus-visible{outline:3px solid #d9480f;outline-offset:2px}
pre{white-space:pre-wrap;background:#f3f4f9;padding:1rem}"""


def options_of(choices: Mapping[str, str]) -> str:
    """The choices of a select."""
    return "".join(f'<option value="{html.escape(key)}">{html.escape(label)}</option>' for key, label in choices.items())


def write_page(office: Office, said: str = "") -> str:
    """The page on which a De-Mail is written; below it the post of everybody."""
    people = {address: f"{name} <{address}>" for address, name in PEOPLE.items()}
    form = (
        '<form method="post" action="/senden" enctype="multipart/form-data">'
        f'<label for="von">Von</label><select id="von" name="sender">{options_of(people)}</select>'
        f'<label for="an">An</label><input id="an" name="recipient" value="{html.escape(office.city)}">'
        '<label for="betreff">Betreff</label><input id="betreff" name="subject">'
        '<label for="text">Text</label><textarea id="text" name="text" rows="6"></textarea>'
        '<label for="datei">Datei</label><input id="datei" name="file" type="file">'
        f'<label for="wie">Wie</label><select id="wie" name="fault">{options_of(FAULTS)}</select>'
        "<button>Senden</button></form>"
    )
    told = f'<p role="status"><strong>{html.escape(said)}</strong></p>' if said else ""
    return PAGE.format(title="De-Mail schreiben", body=told + form + letters(office))


def letters(office: Office) -> str:
    """What came from the city, newest first."""
    rows = "".join(
        f"<section><h2>{html.escape(str(mail['Subject']))}</h2><p>an {html.escape(str(mail['To']))}</p>"
        f"<pre>{html.escape(text_of(mail))}</pre>"
        f'<form method="post" action="/abholen"><input type="hidden" name="number" value="{number}">'
        "<button>Sicher anmelden und abholen</button></form></section>"
        for number, mail in reversed(list(enumerate(office.received)))
    )
    return f"<h2>Post von der Stadt</h2>{rows or '<p>Noch keine.</p>'}"


def text_of(mail: EmailMessage) -> str:
    """The words of a mail and the names of its files."""
    part = mail.get_body(("plain",))
    files = [str(one.get_filename()) for one in mail.iter_attachments()]
    return (str(part.get_content()) if part else "") + "".join(f"\n[{name}]" for name in files)


class Intake:
    """The provider's gateway: takes the city's mails for people who have a mailbox here."""

    def __init__(self, office: Office) -> None:
        self.office = office

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # aiosmtpd's name
        """Refuse whom nobody knows."""
        del server, session, options
        if address.lower() not in PEOPLE:
            return "550 5.1.1 no such De-Mail address"
        envelope.rcpt_tos.append(address.lower())
        return "250 ok"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # aiosmtpd's name
        """Put the mail into the mailbox and confirm it."""
        del server, session
        mail = BytesParser(policy=modern).parsebytes(envelope.content)
        if not isinstance(mail, EmailMessage):
            return "550 no mail"
        threading.Thread(target=self.office.take, args=(mail,), daemon=True).start()
        return "250 taken"


def fields_of(kind: str, content: bytes) -> dict[str, tuple[str, bytes]]:
    """The fields of a form (multipart/form-data or urlencoded): name to file name and bytes."""
    message = BytesParser(policy=modern).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + content)
    found = {}
    for part in message.iter_parts() if message.is_multipart() else ():
        disposition = part["Content-Disposition"]
        payload = part.get_payload(decode=True)
        found[str(disposition.params.get("name", ""))] = (part.get_filename() or "", payload if isinstance(payload, bytes) else b"")
    return found


def handler_for(office: Office) -> type[Pages]:
    """The request handler of the page."""

    class Served(Pages):
        """Answers GET and POST."""

        also: ClassVar = {"Content-Security-Policy": "default-src 'self'"}

        def do_GET(self) -> None:  # the library's name
            """Show the page or its style."""
            if self.path == "/style.css":
                self.answer(200, "text/css", STYLE)
            elif self.path == "/":
                self.answer(200, "text/html", write_page(office))
            else:
                self.answer(404, "text/html", PAGE.format(title="Nicht gefunden", body='<p><a href="/">Zurück</a></p>'))

        def do_POST(self) -> None:  # the library's name
            """Send a De-Mail, or retrieve one."""
            content = self.body(MOST_BYTES)
            if self.path == "/senden":
                given = fields_of(self.headers.get("Content-Type", ""), content)
                words = {name: value.decode("utf-8", "replace") for name, (_file, value) in given.items() if name != "file"}
                self.answer(200, "text/html", write_page(office, office.send(words, given.get("file", ("", b"")))))
            elif self.path == "/abholen":
                number = content.decode("ascii", "replace").partition("=")[2]
                if number.isdigit() and int(number) < len(office.received):
                    office.confirm(office.received[int(number)], "retrieve")
                self.answer(200, "text/html", write_page(office, "Abgeholt."))
            else:
                self.answer(404, "text/html", PAGE.format(title="Nicht gefunden", body=""))

    return Served


def write_settings(folder: Path, office: Office, options: argparse.Namespace) -> None:
    """The city's settings, unless it has its own; whoever reads them finds them whole or not at all."""
    (folder / "trust").mkdir(parents=True, exist_ok=True)
    (folder / "trust" / "sandbox.pem").write_bytes((options.folder / "root.pem").read_bytes())
    lines = [f'addresses = ["{office.city}"]', f'unit = "{options.unit}"']
    if office.place.imap:
        host, _colon, port = office.place.imap.rpartition(":")
        lines += ["[imap]", f'host = "{host}"', f"port = {port}", 'security = "none"', f'user = "{office.place.user}"']
    else:
        lines += ["[lmtp]", f"port = {options.lmtp}"]
    lines += ["[gateway]", 'host = "127.0.0.1"', f"port = {options.smtp}", 'security = "none"']
    text = "\n".join(lines) + "\n"
    tomllib.loads(text)
    draft = folder / "service.toml.new"
    draft.write_text(text, encoding="utf-8")
    draft.replace(folder / "service.toml")


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--web", type=int, required=True)
    parser.add_argument("--smtp", type=int, required=True)
    parser.add_argument("--lmtp", type=int, default=0)
    parser.add_argument("--imap", default="")
    parser.add_argument("--imap-user", default="")
    parser.add_argument("--imap-password", type=Path)
    parser.add_argument("--settings", type=Path, required=True)
    parser.add_argument("--unit", default="hauptamt")
    parser.add_argument("--city", default=CITY)
    options = parser.parse_args()
    make_certificates(options.folder)
    password = options.imap_password.read_text(encoding="utf-8").strip() if options.imap_password else ""
    office = Office(options.folder, options.city, Place(options.lmtp, options.imap, options.imap_user, password))
    gateway = Controller(Intake(office), hostname="127.0.0.1", port=options.smtp)
    pages = ThreadingHTTPServer(("127.0.0.1", options.web), handler_for(office))
    gateway.start()
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    write_settings(options.settings, office, options)
    wait_for_end()
    pages.shutdown()
    gateway.stop()


if __name__ == "__main__":
    main()
