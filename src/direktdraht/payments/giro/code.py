"""A credit transfer that a banking app reads from a picture, and the same in words for everybody else. Pure.

Source: EPC069-12 version 3.1, Quick Response Code: Guidelines to Enable the Data Capture for the Initiation of a SEPA Credit
Transfer: name at most 70 characters, EUR 0.01 to 999999999.99, either a structured reference (ISO 11649, at most 35) or a text
(at most 140), error correction level M, at most version 13 and 331 bytes. The library segno writes the code.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

import segno
import segno.helpers
from schwifty import BIC, IBAN

LONGEST_NAME, LONGEST_REFERENCE, LONGEST_TEXT = 70, 35, 140
SMALLEST, LARGEST = Decimal("0.01"), Decimal("999999999.99")
UTF_8 = 1

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class NoGiroCode(ValueError):
    """A transfer that a GiroCode cannot hold; ``field`` names what is wrong: name, iban, bic, amount, remittance, reference, length."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True)
class Transfer:
    """Who gets how much for what. Exactly one of ``reference`` (ISO 11649, begins with RF) and ``text`` is given.

    ``cents`` is the amount in euro cents.

    >>> Transfer("Stadt Musterstadt", "DE02 1203 0000 0000 2020 51", 1250, text="4711").spaced_iban
    'DE02 1203 0000 0000 2020 51'
    >>> Transfer("", "DE02120300000000202051", 1250, text="4711")
    Traceback (most recent call last):
    direktdraht.payments.giro.code.NoGiroCode: name
    """

    name: str
    iban: str
    cents: int
    text: str = ""
    reference: str = ""
    bic: str = ""

    def __post_init__(self) -> None:
        _check_texts(self)
        if not IBAN(self.iban, allow_invalid=True).is_valid:
            raise NoGiroCode("iban")
        if self.bic and not BIC(self.bic, allow_invalid=True).is_valid:
            raise NoGiroCode("bic")
        if not SMALLEST <= self.amount <= LARGEST:
            raise NoGiroCode("amount")

    @property
    def amount(self) -> Decimal:
        """The amount in euros."""
        return Decimal(self.cents).scaleb(-2)

    @property
    def spaced_iban(self) -> str:
        """The IBAN in groups of four, to read and copy."""
        return str(IBAN(self.iban).formatted)

    def code(self) -> segno.QRCode:
        """The QR code. Raises NoGiroCode when everything together is too long."""
        try:
            return segno.helpers.make_epc_qr(
                self.name,
                str(IBAN(self.iban)),
                self.amount,
                text=self.text or None,
                reference=self.reference.replace(" ", "") or None,
                bic=self.bic or None,
                encoding=UTF_8,
            )
        except (ValueError, segno.DataOverflowError) as problem:
            raise NoGiroCode("length") from problem

    def svg(self) -> str:
        """The code as a picture that stands in the page; black on white with the quiet zone of four modules."""
        picture: str = self.code().svg_inline(scale=4, border=4, dark="black", light="white", svgclass="dd-girocode", lineclass=None)
        return picture


def _check_texts(transfer: Transfer) -> None:
    limits = (("name", LONGEST_NAME), ("reference", LONGEST_REFERENCE), ("text", LONGEST_TEXT))
    for field, most in limits:
        value = getattr(transfer, field)
        if len(value) > most or _CONTROL.search(value) or value != value.strip():
            raise NoGiroCode("remittance" if field == "text" else field)
    if not transfer.name:
        raise NoGiroCode("name")
    if bool(transfer.text) == bool(transfer.reference):
        raise NoGiroCode("remittance")
    if transfer.reference and not is_creditor_reference(transfer.reference):
        raise NoGiroCode("reference")


def is_creditor_reference(text: str) -> bool:
    """Whether a text is a structured creditor reference with right check digits (ISO 11649, mod 97).

    >>> is_creditor_reference("RF18 5390 0754 7034"), is_creditor_reference("RF19539007547034")
    (True, False)
    """
    plain = text.replace(" ", "").upper()
    if not re.fullmatch(r"RF\d{2}[A-Z0-9]{1,21}", plain, re.ASCII):
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1
