"""The messages of the interface: what we send, and what is believed of an answer. Pure.

Amounts travel as decimal numbers of euros and are read as ``Decimal``, never as floating point. An answer that does not
name our own request, our own amount and euros is not believed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from direktdraht.foundation.money import cents_of, euros_of

BERLIN = ZoneInfo("Europe/Berlin")
LONGEST_ID = 100
LONGEST_DETAIL = 200
# The provider's words for a transaction and for a refund, and ours.
STATES = {"INITIAL": "waiting", "PAYED": "paid", "FAILED": "failed", "CANCELED": "cancelled", "EXPIRED": "timed_out"}


class NotUnderstood(Exception):
    """An answer that is not what the interface says; the text is for the log."""


@dataclass(frozen=True)
class Wanted:
    """An attempt as the provider is told of it."""

    request_id: str
    cents: int
    reference: str
    title: str
    return_url: str
    at: datetime


@dataclass(frozen=True)
class Transaction:
    """What an answer says: ``state`` is one of ours, ``cents`` what it is about."""

    number: str
    state: str
    cents: int
    redirect_url: str = ""
    value_date: date | None = None
    detail: str = ""


def request(wanted: Wanted) -> dict[str, Any]:
    """The body that creates a transaction."""
    amount = euros_of(wanted.cents)
    item = {
        "id": "1",
        "reference": wanted.reference,
        "description": wanted.title[:100],
        "quantity": 1,
        "taxRate": Decimal("0.00"),
        "singleNetAmount": amount,
        "totalNetAmount": amount,
        "totalTaxAmount": Decimal("0.00"),
    }
    return {
        "requestId": wanted.request_id,
        "requestTimestamp": wanted.at.isoformat(),
        "currency": "EUR",
        "grosAmount": amount,
        "purpose": wanted.reference,
        "description": wanted.title[:100],
        "redirectUrl": wanted.return_url,
        "items": [item],
    }


def refund_request(refund_id: str, cents: int) -> dict[str, Any]:
    """The body that gives a part of a transaction back."""
    return {"refundId": refund_id, "currency": "EUR", "amount": euros_of(cents)}


def written(body: Mapping[str, Any]) -> bytes:
    """A body as JSON; amounts are numbers with two places."""
    return json.dumps(body, ensure_ascii=False, default=_plain).encode()


def _plain(value: object) -> float:
    """A decimal as the JSON number that prints the same two places."""
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value).__name__)


def parsed(body: bytes) -> dict[str, Any]:
    """A JSON object with exact amounts. Raises NotUnderstood."""
    try:
        found = json.loads(body, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood("no JSON") from error
    if not isinstance(found, dict):
        raise NotUnderstood("no object")
    return found


def _no_number(word: str) -> None:
    raise ValueError(word)


def transaction(body: Mapping[str, Any], *, request_id: str, cents: int) -> Transaction:
    """A transaction as the provider describes it. Raises NotUnderstood when it is not ours."""
    told, asked = _part(body, "paymentInformation"), _part(body, "paymentRequest")
    if _text(asked, "requestId") != request_id:
        raise NotUnderstood("another request")
    if asked.get("currency") != "EUR" or _cents(asked, "grosAmount") != cents:
        raise NotUnderstood("another amount or currency")
    return Transaction(
        number=_needed(told, "transactionId"),
        state=_state(told),
        cents=cents,
        redirect_url=_text(told, "transactionRedirectUrl"),
        value_date=_day(told, "transactionTimestamp"),
        detail=_text(told, "statusDetail")[:LONGEST_DETAIL],
    )


def refund(body: Mapping[str, Any], *, refund_id: str, cents: int) -> Transaction:
    """A refund as the provider describes it. Raises NotUnderstood when it is not ours."""
    told = _part(body, "refundInformation")
    if _text(told, "refundId") != refund_id or told.get("currency") != "EUR" or _cents(told, "amount") != cents:
        raise NotUnderstood("another refund")
    return Transaction(
        number=refund_id,
        state=_state(told),
        cents=cents,
        value_date=_day(told, "timestamp"),
        detail=_text(told, "statusDetail")[:LONGEST_DETAIL],
    )


def number_in(body: bytes) -> str:
    """The transaction that a message to us names; empty for anything that cannot be read."""
    try:
        return _text(parsed(body), "transactionId")[:LONGEST_ID]
    except NotUnderstood:
        return ""


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = body.get(name)
    if not isinstance(part, dict):
        raise NotUnderstood(f"no {name}")
    return part


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name, "")
    return value if isinstance(value, str) and value.isprintable() else ""


def _needed(body: Mapping[str, Any], name: str) -> str:
    value = _text(body, name)
    if not 0 < len(value) <= LONGEST_ID:
        raise NotUnderstood(f"no {name}")
    return value


def _state(body: Mapping[str, Any]) -> str:
    word = _text(body, "status")
    if word not in STATES:
        raise NotUnderstood(f"status {word!r}")
    return STATES[word]


def _cents(body: Mapping[str, Any], name: str) -> int:
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise NotUnderstood(f"no {name}")
    try:
        cents = cents_of(Decimal(value))
    except ValueError as error:
        raise NotUnderstood(f"{name} out of range") from error
    if euros_of(cents) != value:
        raise NotUnderstood(f"{name} has parts of cents")
    return cents


def _day(body: Mapping[str, Any], name: str) -> date | None:
    """The calendar day in Germany of an instant; nothing for an instant without zone."""
    try:
        instant = datetime.fromisoformat(_text(body, name))
    except ValueError:
        return None
    return instant.astimezone(BERLIN).date() if instant.tzinfo is not None else None
