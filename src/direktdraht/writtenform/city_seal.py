"""The city's seal (qualifiziertes elektronisches Siegel, § 3a (3) no. 3 VwVfG): where its key lies, and letters sealed with it.

Below the data folder, ``keys/seal.p12`` holds key and certificates, ``keys/seal-password.txt`` its password, and
``keys/seal-timestamps.txt`` the address of a time-stamping service, if there is one.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from direktdraht.foundation import clock
from direktdraht.foundation.checks import Finding, Level
from direktdraht.writtenform.signatures.asking import ask_web
from direktdraht.writtenform.signatures.sealing import HttpTimestamper, Pkcs12Key, Sealed, SealKey, SealProblem, seal_pdf

WARN_BEFORE = timedelta(days=60)
NO_SEAL = "none"


def place(name: str) -> Path:
    """A file of the seal."""
    return Path(settings.DATA_DIR) / "keys" / name


def key() -> SealKey | None:
    """The key of the seal, or nothing where none is set up. Raises SealProblem."""
    file = place("seal.p12")
    if not file.exists():
        return None
    try:
        return Pkcs12Key(file.read_bytes(), line_of("seal-password.txt"))
    except OSError as problem:
        raise SealProblem("Die Schlüsseldatei des Siegels lässt sich nicht lesen.") from problem


def line_of(name: str) -> str:
    """The only line of a file; empty when there is none."""
    file = place(name)
    return file.read_text(encoding="utf-8").strip() if file.exists() else ""


def seal_letter(pdf: bytes, *, reason: str) -> Sealed:
    """The letter with the city's seal, and the level that was reached; as it is (level ``none``) where no seal is set up.

    Raises:
        SealProblem: a seal is set up but cannot be put on now; the letter must not go out without it.
    """
    mine = key()
    if mine is None:
        return Sealed(pdf, NO_SEAL, "Es ist kein Siegel eingerichtet.")
    stamps = timestamper()
    return seal_pdf(pdf, mine, reason=reason, at=clock.now(), timestamper=stamps, ask=ask_web if stamps else None)


def timestamper() -> HttpTimestamper | None:
    """The time-stamping service, or nothing where none is set up."""
    address = line_of("seal-timestamps.txt")
    return HttpTimestamper(address, ask_web) if address else None


def findings() -> Iterator[Finding]:
    """Whether the seal can be used, and for how long."""
    try:
        mine = key()
    except SealProblem as problem:
        yield Finding(Level.ERROR, f"The seal cannot be used: {problem}")
        return
    if mine is None:
        yield Finding(Level.WARNING, "No seal is set up (keys/seal.p12): decisions go out without one.")
        return
    until = mine.certificate.not_valid_after
    if until < clock.now():
        yield Finding(Level.ERROR, f"The certificate of the seal ended on {until:%Y-%m-%d}.")
    elif until < clock.now() + WARN_BEFORE:
        yield Finding(Level.WARNING, f"The certificate of the seal ends on {until:%Y-%m-%d}.")
    if not line_of("seal-timestamps.txt"):
        yield Finding(Level.WARNING, "No time-stamping service is set up (keys/seal-timestamps.txt): seals stay at level B-B.")
