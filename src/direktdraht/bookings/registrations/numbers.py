"""Lots that stand in the published files, and places in the line."""

import secrets

from django.db import connection

from direktdraht.foundation import codes

NEXT_BOOKINGS = """
    SELECT nextval(pg_get_serial_sequence('bookings_booking', 'id')), nextval('bookings_line'::regclass) FROM generate_series(1, %s)
"""
LOT_LENGTH = 12  # 56 bits: no two lots alike, and none that tells anything


def next_lines(count: int) -> list[int]:
    """So many new places at the end of every waiting list, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('bookings_line'::regclass) FROM generate_series(1, %s)", [count])
        return sorted(int(number) for (number,) in cursor.fetchall())


def next_bookings(count: int) -> list[tuple[int, int]]:
    """So many new bookings: their keys, and their places at the end of every waiting list, in order."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_BOOKINGS, [count])
        return sorted((int(key), int(line)) for key, line in cursor.fetchall())


def new_lot() -> str:
    """A random lot in groups of four."""
    signs = "".join(secrets.choice(codes.KEY_ALPHABET) for _ in range(LOT_LENGTH))
    return "-".join(signs[start : start + 4] for start in range(0, LOT_LENGTH, 4))
