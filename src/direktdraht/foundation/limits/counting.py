"""Counting hits with one atomic statement."""

import hashlib
from datetime import UTC, datetime, timedelta

from django.db import connection

from direktdraht.foundation import clock
from direktdraht.foundation.limits.models import Window

UPSERT = """
    INSERT INTO limits_window AS w (key, hits, expires_at) VALUES (%s, 1, %s)
    ON CONFLICT (key) DO UPDATE SET hits = w.hits + 1 RETURNING hits
"""


def hit(scope: str, who: str, *, limit: int, seconds: int) -> bool:
    """Count one hit of ``who`` on ``scope``; ``False`` when it is over ``limit`` in the window of ``seconds``.

    ``who`` (an address, an account, a number) is stored only as a digest. Windows are fixed, so at worst
    twice the limit passes within one window's length.
    """
    now = clock.now()
    window = int(now.timestamp()) // seconds
    key = hashlib.sha256(f"{scope}\n{who}\n{seconds}\n{window}".encode()).hexdigest()
    ends = datetime.fromtimestamp((window + 1) * seconds, UTC)
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, [key, ends])
        row = cursor.fetchone()
    return bool(row[0] <= limit)


def forget() -> int:
    """Delete windows that ended; returns how many."""
    return Window.objects.filter(expires_at__lt=clock.now() - timedelta(minutes=1)).delete()[0]
