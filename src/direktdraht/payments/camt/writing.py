"""Writes a camt.053.001.08 statement as a stream, for the demo city and for measuring. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from direktdraht.foundation.money import euros_of

THEIRS = "DE02100500000054540402"


@dataclass(frozen=True)
class Movement:
    """A movement to be written: signed cents, who, what for, and the bank's reference."""

    cents: int
    name: str
    purpose: str
    reference: str = ""


def statement(movements: Iterable[Movement], *, number: int, day: date, opening: int, closing: int, account: str) -> Iterator[bytes]:
    """A camt.053.001.08 file with one statement, piece by piece."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>DEMO{number}</MsgId><CreDtTm>{day}T05:00:00+01:00</CreDtTm></GrpHdr><Stmt><Id>DEMO-{number}</Id>"
        f"<ElctrncSeqNb>{number}</ElctrncSeqNb><Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
        f"{_balance('OPBD', opening, day)}{_balance('CLBD', closing, day)}"
    ).encode()
    for movement in movements:
        yield _entry(movement, day, account).encode()
    yield b"</Stmt></BkToCstmrStmt></Document>"


def _balance(kind: str, cents: int, day: date) -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{euros_of(abs(cents))}</Amt>'
        f"<CdtDbtInd>{_sign(cents)}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def _sign(cents: int) -> str:
    return "CRDT" if cents >= 0 else "DBIT"


def _entry(movement: Movement, day: date, account: str) -> str:
    theirs, ours = ("Dbtr", "Cdtr") if movement.cents >= 0 else ("Cdtr", "Dbtr")
    own = f"<AcctSvcrRef>{escape(movement.reference)}</AcctSvcrRef>" if movement.reference else ""
    parties = (
        f"<{theirs}><Pty><Nm>{escape(movement.name)}</Nm></Pty></{theirs}><{theirs}Acct><Id><IBAN>{THEIRS}</IBAN></Id></{theirs}Acct>"
        f"<{ours}Acct><Id><IBAN>{account}</IBAN></Id></{ours}Acct>"
    )
    return (
        f'<Ntry><Amt Ccy="EUR">{euros_of(abs(movement.cents))}</Amt><CdtDbtInd>{_sign(movement.cents)}</CdtDbtInd>'
        f"<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>{own}<BkTxCd/>"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties>{parties}</RltdPties>"
        f"<RmtInf><Ustrd>{escape(movement.purpose)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )
