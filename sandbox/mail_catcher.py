"""A mail server that delivers nothing: it keeps every mail in a folder and shows it on a page of its own.

``python -m sandbox.mail_catcher FOLDER --smtp PORT --web PORT``. SMTP is aiosmtpd's; the page is read-only and
only for this machine.
"""

import argparse
import email
import email.policy
import html
import threading
import time
import uuid
from email.message import EmailMessage
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller

from sandbox.serving import Pages, wait_for_end

NEWEST = 200
PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="stylesheet" href="/style.css"></head><body><h1>{title}</h1>{body}</body></html>"""
STYLE = """body{font:1rem/1.5 sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}
li{margin:.6rem 0}pre{white-space:pre-wrap;background:#f3f4f9;padding:1rem}"""


class Keeper:
    """Writes each received mail into one file; the file appears whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # aiosmtpd's name
        """Keep one mail."""
        del server, session
        draft = self.folder / f"{uuid.uuid4().hex}.draft"
        recipients = ", ".join(envelope.rcpt_tos).encode()
        draft.write_bytes(b"X-Envelope-To: " + recipients + b"\r\n" + envelope.content)
        draft.rename(self.folder / f"{time.time_ns()}.eml")
        return "250 kept"


def read_mails(folder: Path) -> list[tuple[str, EmailMessage]]:
    """The newest mails first, by name."""
    names = sorted((path.name for path in folder.glob("*.eml")), reverse=True)[:NEWEST]
    return [(name, read_mail(folder / name)) for name in names]


def read_mail(path: Path) -> EmailMessage:
    """One kept mail."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        raise TypeError("the default policy makes EmailMessage")
    return message


def list_page(folder: Path) -> str:
    """All mails as a page."""
    rows = "".join(
        f'<li><a href="/{name}">{html.escape(str(mail["Subject"]))}</a><br>an {html.escape(str(mail["To"]))}</li>'
        for name, mail in read_mails(folder)
    )
    return PAGE.format(title="Post der Vorführung", body=f"<ol reversed>{rows}</ol>" if rows else "<p>Noch keine Post.</p>")


def mail_page(path: Path) -> str:
    """One mail as a page."""
    mail = read_mail(path)
    part = mail.get_body(("plain",))
    text = part.get_content() if part else ""
    head = "".join(f"<p>{name}: {html.escape(str(mail[name] or ''))}</p>" for name in ("From", "To", "Date"))
    return PAGE.format(
        title=html.escape(str(mail["Subject"])), body=f'<p><a href="/">Alle Mails</a></p>{head}<pre>{html.escape(text)}</pre>'
    )


def handler_for(folder: Path) -> type[Pages]:
    """The request handler that shows ``folder``."""

    class Served(Pages):
        """Answers GET."""

        also: ClassVar = {"Content-Security-Policy": "default-src 'self'"}

        def do_GET(self) -> None:  # the library's name
            """Show the list, the style or one mail."""
            name = urlsplit(self.path).path.strip("/")
            known = {path.name: path for path in folder.glob("*.eml")}
            if name == "style.css":
                self.answer(200, "text/css", STYLE)
            elif name == "":
                self.answer(200, "text/html", list_page(folder))
            elif name in known:
                self.answer(200, "text/html", mail_page(known[name]))
            else:
                self.answer(404, "text/html", PAGE.format(title="Nicht gefunden", body='<p><a href="/">Alle Mails</a></p>'))

    return Served


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--smtp", type=int, required=True)
    parser.add_argument("--web", type=int, required=True)
    options = parser.parse_args()
    mail_server = Controller(Keeper(options.folder), hostname="127.0.0.1", port=options.smtp)
    web_server = ThreadingHTTPServer(("127.0.0.1", options.web), handler_for(options.folder))
    mail_server.start()
    threading.Thread(target=web_server.serve_forever, daemon=True).start()
    wait_for_end()
    web_server.shutdown()
    mail_server.stop()


if __name__ == "__main__":
    main()
