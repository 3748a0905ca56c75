"""The web server: granian, which speaks WSGI to Django."""

import argparse

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings

BLOCKING_THREADS = 6


def execute(options: argparse.Namespace) -> int:
    """Serve until told to stop; open requests are answered first."""
    server = Granian(
        "direktdraht.config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=BLOCKING_THREADS,
        http1_settings=HTTP1Settings(header_read_timeout=15_000),
        workers_kill_timeout=20,
        log_access=False,
        respawn_failed_workers=True,
    )
    server.serve()
    return 0
