"""An example of an online payment provider, for demo and tests only: no money moves.

``python -m sandbox.payment_provider --web PORT --settings FILE --notify URL`` writes the settings of a connection into FILE
and tells URL when something changed. It can misbehave in every way that providers do: on its page for people by the button
that is pressed, and for tests by ``POST /switch`` with a JSON object such as ``{"silent": 2}``.
"""

import argparse
import base64
import html
import json
import os
import secrets
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from sandbox.serving import Pages, wait_for_end

ORIGINATOR, END_POINT = "musterstadt", "stadtkasse"
PREFIX = f"/payment-transaction/{ORIGINATOR}/{END_POINT}"
CLIENT = "direktdraht"
MOST_BYTES = 100_000
# Button on the page for people: what happens to the transaction, and how often and late we tell of it.
BUTTONS = {
    "pay": ("Bezahlen", "PAYED", (0.0,)),
    "pay_twice_late": ("Bezahlen, Meldung doppelt und spät", "PAYED", (2.0, 3.0)),
    "pay_quiet": ("Bezahlen, keine Meldung", "PAYED", ()),
    "fail": ("Zahlung scheitert", "FAILED", (0.0,)),
    "cancel": ("Abbrechen", "CANCELED", (0.0,)),
    "expire": ("Zeit ablaufen lassen", "EXPIRED", ()),
    "leave": ("Zurück, ohne zu zahlen", "", ()),
}
# What a switch does to the next answers: how many are still to come.
SWITCHES = {
    "silent": "no answer at all",
    "broken": "an answer that is no JSON",
    "error": "status 500",
    "lose_answer": "does it, and the answer is lost",
    "wrong_amount": "tells another amount",
    "wrong_request": "tells another request",
    "no_token": "refuses the token",
    "refuse": "status 422",
    "refund_fails": "a refund fails",
    "refund_waits": "a refund waits until it is asked about again",
}
STYLE = """body{font:1.05rem/1.5 sans-serif;margin:0;color:#1a1a1a}main{max-width:42rem;margin:1.5rem auto;padding:0 1rem}
.mark{background:#ffe9a8;margin:0;padding:.6rem 1rem;text-align:center}h1{font-size:1.7rem}button{font:inherit;min-height:44px;
padding:.4rem .9rem;margin:.2rem .3rem .2rem 0;border:2px solid #00457c;background:#fff;color:#00457c;border-radius:4px;cursor:pointer}
button.first{background:#00457c;color:#fff}button:focus-visible{outline:3px solid #d9480f;outline-offset:2px}"""
PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="stylesheet" href="/style.css"></head><body><p class="mark">Beispiel, kein echter Zahlungsdienst</p>
<main><h1>{title}</h1>{body}</main></body></html>"""


@dataclass
class Transaction:
    """A payment as this provider keeps it; ``cents`` is what was asked for."""

    number: str
    request: dict[str, object]
    status: str = "INITIAL"
    at: str = ""
    refunds: dict[str, dict[str, object]] = field(default_factory=dict)

    @property
    def cents(self) -> int:
        """The amount."""
        return round(float(str(self.request["grosAmount"])) * 100)


class Provider:
    """The provider: transactions by our and by its own id, tokens, switches."""

    def __init__(self, base: str, notify: str = "", secret: str = "") -> None:
        self.base, self.notify, self.secret = base, notify, secret or secrets.token_urlsafe(24)
        self.transactions: dict[str, Transaction] = {}
        self.by_request: dict[str, str] = {}
        self.tokens: set[str] = set()
        self.switches: dict[str, int] = {}
        self.lock = threading.RLock()

    def settings(self) -> str:
        """The connection as the city's house reads it (TOML)."""
        facts = {
            "base_url": self.base,
            "token_url": f"{self.base}/token",
            "site": self.base,
            "client_id": CLIENT,
            "client_secret": self.secret,
            "originator_id": ORIGINATOR,
            "end_point_id": END_POINT,
        }
        return "".join(f"{name} = {json.dumps(value)}\n" for name, value in facts.items())

    def due(self, name: str) -> bool:
        """Whether this switch holds for the present answer; counts it."""
        with self.lock:
            left = self.switches.get(name, 0)
            self.switches[name] = max(0, left - 1)
            return left > 0

    def token(self, authorization: str) -> tuple[int, dict[str, object]]:
        """A token for the client that knows its secret."""
        expected = "Basic " + base64.b64encode(f"{CLIENT}:{self.secret}".encode()).decode()
        if authorization != expected or self.due("no_token"):
            return 401, {"error": "invalid_client"}
        token = secrets.token_urlsafe(24)
        self.tokens.add(token)
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": 300}

    def create(self, body: dict[str, object]) -> tuple[int, dict[str, object]]:
        """A new transaction, or the one that this request made before."""
        if self.due("refuse"):
            return 422, {"title": "refused"}
        with self.lock:
            key = str(body["requestId"])
            if key in self.by_request:
                return 200, self.told(self.transactions[self.by_request[key]])
            made = Transaction(secrets.token_hex(12), body)
            self.transactions[made.number], self.by_request[key] = made, made.number
            return 201, self.told(made)

    def told(self, transaction: Transaction) -> dict[str, object]:
        """A transaction as an answer tells it."""
        request = dict(transaction.request)
        if self.due("wrong_amount"):
            request["grosAmount"] = 0.01
        if self.due("wrong_request"):
            request["requestId"] = "another"
        information = {
            "transactionUrl": f"{self.base}{PREFIX}/{transaction.number}",
            "transactionRedirectUrl": f"{self.base}/bezahlen/{transaction.number}",
            "transactionId": transaction.number,
            "transactionTimestamp": transaction.at or now(),
            "paymentMethod": "CREDITCARD",
            "status": transaction.status,
        }
        return {"paymentInformation": information, "paymentRequest": request}

    def cancel(self, transaction: Transaction) -> tuple[int, dict[str, object]]:
        """Cancel it unless it is paid."""
        with self.lock:
            if transaction.status == "INITIAL":
                self.set(transaction, "CANCELED")
            return (409, {"title": "paid already"}) if transaction.status == "PAYED" else (200, self.told(transaction))

    def set(self, transaction: Transaction, status: str) -> None:
        """Give it a state."""
        with self.lock:
            transaction.status, transaction.at = status, now()

    def refund(self, transaction: Transaction, body: dict[str, object]) -> tuple[int, dict[str, object]]:
        """Give back, once for each refund's id and never more than was paid."""
        with self.lock:
            key = str(body["refundId"])
            if key not in transaction.refunds:
                gone = sum(round(float(str(one["amount"])) * 100) for one in transaction.refunds.values() if one["status"] != "FAILED")
                wanted = round(float(str(body["amount"])) * 100)
                if transaction.status != "PAYED" or gone + wanted > transaction.cents:
                    return 422, {"title": "more than was paid"}
                status = "FAILED" if self.due("refund_fails") else "INITIAL" if self.due("refund_waits") else "PAYED"
                transaction.refunds[key] = {
                    "refundId": key,
                    "currency": "EUR",
                    "amount": body["amount"],
                    "status": status,
                    "timestamp": now(),
                }
            return 200, {"refundInformation": transaction.refunds[key]}

    def refund_state(self, transaction: Transaction, key: str) -> tuple[int, dict[str, object]]:
        """How a refund stands; one that waited is done when it is asked about."""
        with self.lock:
            if key not in transaction.refunds:
                return 404, {"title": "unknown"}
            told = transaction.refunds[key]
            if told["status"] == "INITIAL":
                told["status"] = "PAYED"
            return 200, {"refundInformation": told}

    def tell(self, transaction: Transaction, after: tuple[float, ...]) -> None:
        """Tell the city's house that something changed, so often and so late."""
        for seconds in after:
            timer = threading.Timer(seconds, self.send_notice, [transaction.number])
            timer.daemon = True
            timer.start()

    def send_notice(self, number: str) -> None:
        """One message; nobody waits for it, and nobody repeats it."""
        if not self.notify:
            return
        message = urllib.request.Request(  # noqa: S310  # the address given at start
            self.notify, json.dumps({"transactionId": number}).encode(), {"Content-Type": "application/json"}
        )
        try:
            urllib.request.urlopen(message, timeout=10).close()  # noqa: S310  # see above
        except (urllib.error.URLError, OSError):
            return


def now() -> str:
    """This instant."""
    return datetime.now(UTC).isoformat()


def pay_page(transaction: Transaction) -> str:
    """The page for people: what is paid, and a button for each way it can go."""
    if transaction.status != "INITIAL":
        body = f'<p>Stand: {transaction.status}</p><p><a href="{html.escape(str(transaction.request["redirectUrl"]))}">Zurück</a></p>'
        return PAGE.format(title="Diese Zahlung ist beendet", body=body)
    buttons = "".join(
        f'<p><button name="doing" value="{key}"{" class=first" if key == "pay" else ""}>{label}</button></p>'
        for key, (label, _status, _after) in BUTTONS.items()
    )
    amount = f"{transaction.cents / 100:.2f}".replace(".", ",")
    body = (
        f"<p>{html.escape(str(transaction.request['description']))}</p><p><strong>{amount} €</strong></p>"
        f"<p>Kassenzeichen {html.escape(str(transaction.request['purpose']))}</p>"
        f'<form method="post" action="/bezahlen/{transaction.number}">{buttons}</form>'
    )
    return PAGE.format(title="Bezahlen", body=body)


def handler_for(provider: Provider) -> type[Pages]:
    """The request handler of interface and pages."""

    class Served(Pages):
        """Answers GET and POST."""

        def do_GET(self) -> None:  # the library's name
            """A page, a transaction or a refund."""
            path = urlsplit(self.path).path
            if path == "/style.css":
                self.answer(200, "text/css", STYLE)
            elif path.startswith("/bezahlen/"):
                found = provider.transactions.get(path.rpartition("/")[2])
                self.answer(200 if found else 404, "text/html", pay_page(found) if found else PAGE.format(title="Nicht gefunden", body=""))
            else:
                self.interface(path, {})

        def do_POST(self) -> None:  # the library's name
            """A token, a switch, the choice of a person, or something of the interface."""
            path = urlsplit(self.path).path
            sent = self.body(MOST_BYTES)
            if path == "/token":
                self.json(*provider.token(self.headers.get("Authorization", "")))
            elif path == "/switch":
                provider.switches.update(json.loads(sent))
                self.json(200, {})
            elif path.startswith("/bezahlen/"):
                self.choose(path.rpartition("/")[2], parse_qs(sent.decode()).get("doing", ["leave"])[0])
            else:
                self.interface(path, json.loads(sent or b"{}"))

        def choose(self, number: str, doing: str) -> None:
            """Do what the person pressed and send them back."""
            transaction = provider.transactions[number]
            _label, status, after = BUTTONS.get(doing, BUTTONS["leave"])
            with provider.lock:
                if status and transaction.status == "INITIAL":
                    provider.set(transaction, status)
                    provider.tell(transaction, after)
            self.lead(str(transaction.request["redirectUrl"]))

        def interface(self, path: str, body: dict[str, object]) -> None:
            """One question of the city's house."""
            if provider.due("silent"):
                time.sleep(0.05)
                self.close_connection = True
                return
            if self.headers.get("Authorization", "").removeprefix("Bearer ") not in provider.tokens:
                self.json(401, {"title": "no token"})
            elif provider.due("error"):
                self.json(500, {"title": "error"})
            elif provider.due("broken"):
                self.answer(200, "application/json", "<html>")
            else:
                status, told = self.result(path, body)
                if provider.due("lose_answer"):
                    self.close_connection = True
                    return
                self.json(status, told)

        def result(self, path: str, body: dict[str, object]) -> tuple[int, dict[str, object]]:
            """What the question is answered with."""
            if not path.startswith(PREFIX):
                return 404, {"title": "unknown"}
            parts = [*path.removeprefix(PREFIX).strip("/").split("/"), "", ""]
            number, doing = parts[0], parts[1:]
            transaction = provider.transactions.get(number)
            if not number and self.command == "POST":
                return provider.create(body)
            if transaction is None:
                return 404, {"title": "unknown"}
            if doing[0] == "cancel":
                return provider.cancel(transaction)
            if doing[0] == "refund":
                return provider.refund(transaction, body) if self.command == "POST" else provider.refund_state(transaction, doing[1])
            return 200, provider.told(transaction)

        def json(self, status: int, body: dict[str, object]) -> None:
            """Send one JSON object."""
            self.answer(status, "application/json", json.dumps(body))

    return Served


def write_settings(path: Path, text: str) -> None:
    """Write the settings so that only this user reads them."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--web", type=int, required=True)
    parser.add_argument("--settings", type=Path, required=True)
    parser.add_argument("--notify", default="")
    options = parser.parse_args()
    provider = Provider(f"http://127.0.0.1:{options.web}", options.notify)
    server = ThreadingHTTPServer(("127.0.0.1", options.web), handler_for(provider))
    write_settings(options.settings, provider.settings())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    wait_for_end()
    server.shutdown()


if __name__ == "__main__":
    main()
