"""The demo's payment provider beside a test, connected with this house."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

from sandbox.payment_provider import Provider, handler_for

from direktdraht.payments.models import Payment


@contextmanager
def running() -> Iterator[Provider]:
    """A provider on a free port of this machine."""
    provider = Provider("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(provider))
    provider.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def write_settings(folder: Path, provider: Provider) -> Path:
    """The settings of the connection as a file."""
    path = folder / "provider.toml"
    path.write_text(provider.settings(), encoding="utf-8")
    return path


def pays(provider: Provider, payment: Payment, status: str = "PAYED") -> None:
    """The person presses a button at the provider's page."""
    provider.set(provider.transactions[provider.by_request[str(payment.pk)]], status)
