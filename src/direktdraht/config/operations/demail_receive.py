"""The receiver of De-Mails over LMTP: a process of its own beside web and worker."""

import argparse
import asyncio
import sys

from direktdraht.config.environment import EnvironmentProblem
from direktdraht.submissions.demail import receiving
from direktdraht.writtenform import demail_connection


def execute(options: argparse.Namespace) -> int:
    """Take mails in until told to stop."""
    host, port = options.host, options.port
    if port is None:
        try:
            known = demail_connection.connection()
        except demail_connection.SetupProblem as problem:
            raise EnvironmentProblem(f"De-Mail: {problem}.") from problem
        if known is None or known.lmtp is None:
            raise EnvironmentProblem("demail/service.toml has no [lmtp]; name --port, or set it up.")
        host, port = host or known.lmtp.host, known.lmtp.port
    asyncio.run(receiving.serve(host or "127.0.0.1", port, ready=announce))
    return 0


def announce(port: int) -> None:
    """Say that it listens."""
    print(f"De-Mails are taken in over LMTP at port {port}.", file=sys.stderr, flush=True)
