"""Mails are taken in over LMTP (RFC 2033): the mail server gets its answer when the mail is stored, and keeps it otherwise."""

import asyncio
import signal
from collections.abc import Callable
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from asgiref.sync import sync_to_async
from django.db import DatabaseError, close_old_connections

from direktdraht.submissions.demail.taking_in import take_in
from direktdraht.writtenform import demail_connection
from direktdraht.writtenform.demail.fields import MOST_BYTES

CAME_BY = "lmtp"
STORED = "250 2.0.0 stored"
LATER = "451 4.3.0 try again later"
NOT_OURS = "550 5.1.1 not an address of this house"
ONE_AT_A_TIME = "452 4.5.3 one recipient at a time"


class Receiver:
    """Answers the steps of LMTP. Each mail goes to one recipient, so that one answer is enough."""

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        """Take only mails for our own addresses."""
        del server, session
        if envelope.rcpt_tos:
            return ONE_AT_A_TIME
        if address.lower() not in await sync_to_async(own_addresses)():
            return NOT_OURS
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Store the mail, then say so."""
        del server, session
        content = envelope.original_content or b""
        return await sync_to_async(stored)(content)


def own_addresses() -> frozenset[str]:
    """The addresses of the account; none where it is not set up."""
    try:
        known = demail_connection.connection()
    except demail_connection.SetupProblem:
        return frozenset()
    return frozenset(known.addresses) if known is not None else frozenset()


def stored(content: bytes) -> str:
    """Store a mail; the answer for the mail server, which tries again after a temporary failure."""
    close_old_connections()
    try:
        take_in(content, came_by=CAME_BY)
    except (DatabaseError, OSError):
        return LATER
    return STORED


def protocol() -> SMTP:
    """One conversation."""
    return LMTP(Receiver(), data_size_limit=MOST_BYTES, ident="direktdraht", enable_SMTPUTF8=True)


async def serve(host: str, port: int, *, ready: Callable[[int], Any]) -> None:
    """Take mails in until told to stop; ``ready`` gets the port that is listened on."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    server = await loop.create_server(protocol, host, port)
    ready(server.sockets[0].getsockname()[1])
    async with server:
        await stop.wait()
