"""What a file is, by its content, and which files are bombs."""

import unicodedata
import zipfile
from pathlib import Path

import puremagic
from django.utils.translation import gettext as _
from PIL import Image

MOST_PIXELS = 60_000_000
MOST_UNPACKED_BYTES = 200_000_000
MOST_UNPACK_RATIO = 200
LONGEST_NAME = 150
HEAD_BYTES = 8192

OFFICE_TYPES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
}
SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)


class DocumentRefused(Exception):
    """A file was not accepted; the message tells the person why and what to do."""


def type_of(path: Path) -> str:
    """Return the media type by content; ``application/octet-stream`` when it is nothing we know.

    The first bytes decide for PDF, JPEG, PNG and WebP; text is text only if it is clean UTF-8; the rest is
    puremagic's best guess.
    """
    with path.open("rb") as source:
        head = source.read(HEAD_BYTES)
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if is_plain_text(head):
        return "text/plain"
    try:
        guesses = puremagic.magic_file(str(path))
    except (puremagic.PureError, ValueError):
        return "application/octet-stream"
    return next((guess.mime_type for guess in guesses if guess.mime_type), "application/octet-stream")


def is_plain_text(head: bytes) -> bool:
    """Whether the first bytes are UTF-8 text without control characters or markup."""
    if b"\0" in head or head.lstrip()[:1] == b"<":
        return False
    try:
        text = head.decode("utf-8", errors="strict")
    except UnicodeDecodeError as problem:
        if problem.start < len(head) - 4:
            return False
        text = head[: problem.start].decode("utf-8")
    return bool(text) and all(character in "\t\n\r" or unicodedata.category(character) != "Cc" for character in text)


def refuse_bombs(path: Path, kind: str) -> None:
    """Raise for pictures and archives that would burst when opened.

    Raises:
        DocumentRefused: too many pixels, or an archive that unpacks to far more than it is.
    """
    if kind.startswith("image/"):
        refuse_huge_picture(path)
    elif kind in OFFICE_TYPES or kind == "application/zip":
        refuse_zip_bomb(path)


def refuse_huge_picture(path: Path) -> None:
    """Read only the header of a picture and refuse what is broken or too large to draw."""
    try:
        with Image.open(path, formats=("JPEG", "PNG", "WEBP")) as picture:
            width, height = picture.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise DocumentRefused(_("Dieses Bild ist beschädigt. Bitte wählen Sie ein anderes.")) from problem
    if width * height > MOST_PIXELS:
        raise DocumentRefused(_("Dieses Bild hat zu viele Bildpunkte. Bitte verkleinern Sie es."))


def refuse_zip_bomb(path: Path) -> None:
    """Refuse archives by the sizes in their directory; nothing is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError) as problem:
        raise DocumentRefused(_("Diese Datei ist beschädigt. Bitte speichern Sie sie noch einmal.")) from problem
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if total > MOST_UNPACKED_BYTES or total / packed > MOST_UNPACK_RATIO:
        raise DocumentRefused(_("Diese Datei ist ausgepackt viel zu groß. Bitte schicken Sie die Teile einzeln."))


def safe_name(name: str) -> str:
    """Return a file name to show and to offer: no folders, no control or direction characters, not too long.

    >>> safe_name("../../etc/passwd")
    'passwd'
    >>> safe_name("rechnung\u202egpj.exe")
    'rechnunggpj.exe'
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(character for character in unicodedata.normalize("NFC", last) if unicodedata.category(character)[0] != "C")
    kept = kept.strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if dot and len(kept) > LONGEST_NAME:
        kept = stem[: LONGEST_NAME - len(ending) - 1] + "." + ending[:20]
    return kept[:LONGEST_NAME] or _("datei")
