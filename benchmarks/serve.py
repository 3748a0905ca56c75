"""Serve a WSGI application with the product's own granian settings: ``python -m benchmarks.serve MODULE PORT``."""

import sys

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings

from direktdraht.config.operations.web import BLOCKING_THREADS


def main() -> None:
    """Serve until told to stop."""
    module, port = sys.argv[1], int(sys.argv[2])
    Granian(
        f"{module}:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=BLOCKING_THREADS,
        http1_settings=HTTP1Settings(header_read_timeout=15_000),
        log_access=False,
    ).serve()


if __name__ == "__main__":
    main()
