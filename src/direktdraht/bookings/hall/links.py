"""The secret addresses of a hall; nothing of them is stored.

The addresses carry the site and the hall's generation with a signature of 256 bits; a new generation ends them.
"""

from uuid import UUID

from django.core.signing import BadSignature

from direktdraht.bookings.appointments.links import read_token, signer
from direktdraht.bookings.hall.models import Hall

KIOSK, DISPLAY = "hall_kiosk", "hall_display"


def address_of(hall: Hall, kind: str) -> str:
    """The secret part of the address of the page at the entrance (``KIOSK``) or of the display (``DISPLAY``)."""
    return signer(kind).sign(f"{hall.site_id}-{hall.generation.hex}")


def read_address(token: str, kind: str) -> tuple[int, UUID] | None:
    """Site and generation that an address names, or nothing for one that we did not make."""
    try:
        site, _dash, generation = signer(kind).unsign(token).partition("-")
        return int(site), UUID(generation)
    except (BadSignature, ValueError):
        return None


def appointment_in(text: str) -> UUID | None:
    """The appointment whose link a scanner typed, if it is one of our links."""
    tail = text.strip().partition("?")[0].rstrip("/").rpartition("/")[2]
    return read_token(tail)
