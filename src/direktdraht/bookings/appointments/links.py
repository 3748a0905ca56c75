"""The person's link: the id of the appointment or wish and a signature of 256 bits over it, made with the house's secret key.

Nothing of it is stored, so a copy of the database opens no appointment, and a reminder can still name the link.
"""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

CODE_DIGITS = 6


def token_of(key: UUID, *, kind: str = "appointment") -> str:
    """The part of the link after ``/termin/`` (or ``/terminwunsch/`` for the kind ``wish``)."""
    return signer(kind).sign(key.hex)


def read_token(token: str, *, kind: str = "appointment") -> UUID | None:
    """The id that a token names, or nothing for one that we did not make."""
    try:
        return UUID(signer(kind).unsign(token))
    except (BadSignature, ValueError):
        return None


def signer(kind: str) -> Signer:
    """What signs the links of one kind."""
    return Signer(sep=".", salt=f"appointments.{kind}")


def code_of(appointment: UUID) -> str:
    """The short code with which somebody with an appointment checks in: six digits, good at its site on its day only.

    Who guesses one checks a stranger in and learns nothing; wrong guesses are limited.
    """
    number = int.from_bytes(salted_hmac("appointments.code", appointment.hex, algorithm="sha256").digest()[:8]) % 10**CODE_DIGITS
    return f"{number:0{CODE_DIGITS}d}"


def code_words(appointment: UUID) -> str:
    """The code as it is read aloud: "482 190"."""
    code = code_of(appointment)
    return f"{code[:3]} {code[3:]}"
