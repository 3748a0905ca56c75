"""De-Mails to the city as tests send them: with the frozen document, or with something wrong."""

import base64
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from direktdraht.foundation.documents.storage import open_content
from direktdraht.submissions.demail import handling
from direktdraht.submissions.demail.taking_in import take_in
from direktdraht.submissions.models import Declaration, DeMail
from direktdraht.writtenform import demail_connection
from tests import cast
from tests.writtenform.demail_world import CITY, DemailWorld, draft, multipart

MIXED = [("MIME-Version", "1.0"), ("Content-Type", 'multipart/mixed; boundary="grenze"')]
HOLDER = "Robin Weber"
SETTINGS = f"""
addresses = ["{CITY}"]
unit = "hauptamt"

[lmtp]
port = 2424

[gateway]
host = "127.0.0.1"
port = 2525
security = "none"
"""


@cache
def world() -> DemailWorld:
    """One provider for all tests of a session."""
    return DemailWorld()


def set_up(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str = SETTINGS) -> Path:
    """The city has a De-Mail account and believes the provider of ``world``."""
    monkeypatch.setattr(demail_connection, "folder", lambda: folder)
    (folder / "trust").mkdir(parents=True, exist_ok=True)
    for name, content in world().trust().items():
        (folder / "trust" / name).write_bytes(content)
    (folder / "service.toml").write_text(text, encoding="utf-8")
    cast.hauptamt()
    return folder


def pdf_of(declaration: Declaration) -> bytes:
    """The frozen document."""
    with open_content(declaration.document.sha256) as content:
        data: bytes = content.read()
    return data


def text_part(text: str) -> bytes:
    """Words of a mail."""
    return b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + text.replace("\n", "\r\n").encode()


def file_part(content: bytes, name: str = "Erklaerung.pdf", kind: str = "application/pdf") -> bytes:
    """A file of a mail."""
    head = f'Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="{name}"\r\n\r\n'
    return head.encode() + base64.encodebytes(content).replace(b"\n", b"\r\n")


def unsigned(subject: str, *parts: bytes, put: dict[str, str] | None = None, **more: Any) -> bytes:
    """A mail as its provider gets it."""
    fields = {"Subject": subject, "X-de-mail-account-holder": HOLDER, **(put or {})}
    return draft(multipart(*(parts or (text_part("Guten Tag"),))), put=fields, content=MIXED, **more)


def mail(subject: str, *parts: bytes, **more: Any) -> bytes:
    """A genuine De-Mail."""
    return world().sealed(unsigned(subject, *parts, **more))


def signing(declaration: Declaration, **more: Any) -> bytes:
    """A De-Mail that signs a declaration."""
    return mail(f"Unterschrift {declaration.code}", file_part(pdf_of(declaration)), **more)


def arrives(raw: bytes) -> DeMail:
    """The mail comes in and is handled, as the worker does."""
    taken = take_in(raw, came_by="lmtp")
    handling.handle(str(taken.pk))
    return DeMail.objects.get(pk=taken.pk)
