"""ZIP archives of bank files, as EBICS hands them out: unpacked within bounds, one file after the other. Pure.

Source: the DFÜ-Abkommen's annex 3, which has every download of the order types C53 and C54 packed as a ZIP archive of XML files.
"""

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from direktdraht.payments.camt.sentences import UnreadableBankFile

SIGNS = (b"PK\x03\x04", b"PK\x05\x06")
MOST_FILES = 1000
MOST_UNPACKED = 1024 * 1024 * 1024
LOCKED = 1  # the bit of a file that is encrypted
IN_MEMORY = 4 * 1024 * 1024
Broken = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


def unpacked(file: BinaryIO, name: str) -> Iterator[tuple[str, BinaryIO]]:
    """The files of a ZIP archive in its order, named ``archive/file``; any other file is given as it is.

    An archive is proved as a whole before its first file is given. Raises UnreadableBankFile for one that is damaged, locked,
    empty, or too large; an archive inside an archive is given as a file, which nothing reads.
    """
    file.seek(0)
    packed = file.read(4) in SIGNS
    file.seek(0)
    if not packed:
        yield name, file
        return
    try:
        archive = zipfile.ZipFile(file)
    except Broken as problem:
        raise UnreadableBankFile("archive_damaged") from problem
    with archive:
        for entry in proved(archive):
            with archive.open(entry) as content, tempfile.SpooledTemporaryFile(IN_MEMORY) as whole:
                shutil.copyfileobj(content, whole)
                whole.seek(0)
                yield f"{name}/{entry.filename}", cast("BinaryIO", whole)


def proved(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of an archive, each read once to its end; more than its directory says is never unpacked. Raises UnreadableBankFile."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if not entries:
        raise UnreadableBankFile("archive_empty")
    if any(entry.flag_bits & LOCKED for entry in entries):
        raise UnreadableBankFile("archive_locked")
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise UnreadableBankFile("size")
    try:
        damaged = archive.testzip()
    except Broken as problem:
        raise UnreadableBankFile("archive_damaged") from problem
    if damaged is not None:
        raise UnreadableBankFile("archive_damaged")
    return entries
