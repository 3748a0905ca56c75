"""Single values of a bank file: amounts with their sign, dates, yes and no. Pure.

Source: ISO 20022 data types ActiveOrHistoricCurrencyAndAmount (no sign, at most 5 decimal places), CreditDebitCode,
TrueFalseIndicator, DateAndDateTimeChoice; decimal places of a currency after ISO 4217.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from lxml import etree

from direktdraht.foundation.safe_xml import line_of
from direktdraht.payments.camt.sentences import UnreadableBankFile

BERLIN = ZoneInfo("Europe/Berlin")
SIGNS = {"CRDT": 1, "DBIT": -1}
FLAGS = {"true": True, "1": True, "false": False, "0": False}
PLACES = {
    **dict.fromkeys(
        ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"], 0
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}
LONGEST_TEXT = 2000

_AMOUNT = re.compile(r"\+?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)
_STATUS = re.compile(r"[A-Za-z0-9 _-]{1,35}")
_MOST_DIGITS = 18
_MOST_PLACES = 5


@cache
def _path(tag: str, path: str) -> str:
    namespace = tag[: tag.find("}") + 1]
    return "/".join(namespace + step for step in path.split("/"))


def below(node: etree._Element | None, path: str) -> etree._Element | None:
    """The first element at a path of local names in the node's own namespace."""
    if node is None:
        return None
    return node.find(_path(str(node.tag), path))


def all_below(node: etree._Element | None, path: str) -> list[etree._Element]:
    """Every element at a path of local names, in the file's order."""
    return [] if node is None else node.findall(_path(str(node.tag), path))


def text_of(node: etree._Element | None, path: str = "") -> str:
    """The text at a path with single spaces, "" where there is none; cut at 2,000 characters."""
    found = below(node, path) if path else node
    return " ".join((found.text or "").split())[:LONGEST_TEXT] if found is not None else ""


def first_text(node: etree._Element | None, *paths: str) -> str:
    """The first text that is not empty at one of the paths."""
    return next((text for path in paths if (text := text_of(node, path))), "")


def amount_of(node: etree._Element) -> tuple[Decimal, str]:
    """Amount without sign and currency. Raises UnreadableBankFile.

    The amount has exactly the currency's decimal places; zeros beyond them are dropped, other digits are refused.
    """
    text, currency, line = text_of(node), (node.get("Ccy") or "").strip(), line_of(node)
    if not _CURRENCY.fullmatch(currency):
        raise UnreadableBankFile("currency", line=line, text=currency[:35])
    if len(text) > _MOST_DIGITS + _MOST_PLACES + 2 or not _AMOUNT.fullmatch(text):
        raise UnreadableBankFile("amount", line=line, text=text[:35])
    exact = Decimal(text)
    rounded = exact.quantize(Decimal(1).scaleb(-PLACES.get(currency, 2)))
    if exact != rounded:
        raise UnreadableBankFile("precision", line=line, text=f"{text} {currency}")
    return rounded, currency


def sign_of(parent: etree._Element) -> int:
    """1 for a credit, -1 for a debit, as the account sees it. Raises UnreadableBankFile."""
    node = below(parent, "CdtDbtInd")
    if node is None:
        raise UnreadableBankFile("missing", line=line_of(parent), name="CdtDbtInd")
    text = text_of(node)
    if text not in SIGNS:
        raise UnreadableBankFile("sign", line=line_of(node), text=text[:35])
    return SIGNS[text]


def flag_of(parent: etree._Element, path: str) -> bool:
    """A yes or no that is no where it is not given. Raises UnreadableBankFile."""
    node = below(parent, path)
    if node is None:
        return False
    text = text_of(node)
    if text not in FLAGS:
        raise UnreadableBankFile("flag", line=line_of(node), text=text[:35])
    return FLAGS[text]


def day_of(node: etree._Element | None) -> date | None:
    """The day of a choice between Dt and DtTm; an instant with an offset is the day it has in Berlin. Raises UnreadableBankFile."""
    if node is None:
        return None
    plain, instant = below(node, "Dt"), below(node, "DtTm")
    given = plain if plain is not None else instant
    if given is None:
        raise UnreadableBankFile("missing", line=line_of(node), name="Dt")
    text = text_of(given)
    try:
        matched = _DATE.fullmatch(text)
        if matched:
            return date.fromisoformat(matched.group(1))
        if given is plain and len(text) < len("2026-01-01T00:00"):
            raise ValueError(text)
        moment = datetime.fromisoformat(text)
        return (moment.astimezone(BERLIN) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError) as problem:
        raise UnreadableBankFile("date", line=line_of(given), text=text[:35]) from problem


def number_of(node: etree._Element | None) -> int | None:
    """A whole number of at most 15 digits. Raises UnreadableBankFile."""
    if node is None:
        return None
    text = text_of(node)
    if not re.fullmatch(r"\d{1,15}", text, re.ASCII):
        raise UnreadableBankFile("number", line=line_of(node), text=text[:35])
    return int(text)


def status_of(entry: etree._Element) -> str:
    """Whether an entry is booked: BOOK, PDNG (pending), INFO, FUTR; a plain code until version 07, a choice since 08."""
    node = below(entry, "Sts")
    if node is None:
        raise UnreadableBankFile("missing", line=line_of(entry), name="Sts")
    text = first_text(node, "Cd", "Prtry") or text_of(node)
    if not _STATUS.fullmatch(text):
        raise UnreadableBankFile("status", line=line_of(node), text=text[:35])
    return text
