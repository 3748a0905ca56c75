"""Numbers and lots: a number that people read aloud, a lot that stands in the published files, a place in the line."""

import secrets

from django.db import connection

from direktdraht.foundation import clock, codes

LOT_LENGTH = 12  # 56 bits: no two lots alike, and none that tells anything


def next_number() -> str:
    """The next number of a registration, such as ``A-26-10001-K``; nobody waits for it."""
    return f"A-{codes.case_number(clock.today().year, draw('bookings_registration_number', 1)[0])}"


def next_lines(count: int) -> list[int]:
    """So many new places at the end of every waiting list, in order."""
    return draw("bookings_line", count)


def draw(sequence: str, count: int) -> list[int]:
    """The next numbers of a sequence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [sequence, count])
        return sorted(int(number) for (number,) in cursor.fetchall())


def new_lot() -> str:
    """A random lot in groups of four."""
    signs = "".join(secrets.choice(codes.KEY_ALPHABET) for _ in range(LOT_LENGTH))
    return "-".join(signs[start : start + 4] for start in range(0, LOT_LENGTH, 4))
