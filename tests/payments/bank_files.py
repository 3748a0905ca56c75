"""Bank files made for the tests, after the schemas of ISO 20022: statements, notifications, entries, details."""

ACCOUNT = "DE02120300000000202051"
PAYER = "DE02100500000054540402"
BODIES = {"053": ("BkToCstmrStmt", "Stmt"), "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn")}


def namespace(kind: str = "053", version: str = "08") -> str:
    return f"urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.{version}"


def document(*statements: str, kind: str = "053", version: str = "08") -> bytes:
    body = BODIES[kind][0]
    head = "<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-02T06:00:00+01:00</CreDtTm></GrpHdr>"
    inner = f"<{body}>{head}{''.join(statements)}</{body}>"
    return f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{namespace(kind, version)}">{inner}</Document>'.encode()


def balance(kind: str, amount: str, *, sign: str = "CRDT", currency: str = "EUR", day: str = "2026-11-02") -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{amount}</Amt>'
        f"<CdtDbtInd>{sign}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def statement(
    *entries: str,
    opening: str | None = "100.00",
    closing: str | None = "100.00",
    balances: str = "",
    name: str = "S1",
    account: str = ACCOUNT,
    pages: tuple[int, bool] | None = None,
    currency: str = "EUR",
    summary: str = "",
) -> str:
    paging = f"<StmtPgntn><PgNb>{pages[0]}</PgNb><LastPgInd>{str(pages[1]).lower()}</LastPgInd></StmtPgntn>" if pages else ""
    first = balance("OPBD", opening) if opening else ""
    last = balance("CLBD", closing) if closing else ""
    head = f"<Id>{name}</Id>{paging}<Acct><Id><IBAN>{account}</IBAN></Id><Ccy>{currency}</Ccy></Acct>"
    return f"<Stmt>{head}{first}{balances}{last}{summary}{''.join(entries)}</Stmt>"


def notification(*entries: str, name: str = "N1", summary: str = "") -> str:
    head = f"<Id>{name}</Id><Acct><Id><IBAN>{ACCOUNT}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
    return f"<Ntfctn>{head}{summary}{''.join(entries)}</Ntfctn>"


def entry(
    amount: str = "12.50",
    *details: str,
    sign: str = "CRDT",
    currency: str = "EUR",
    status: str = "<Sts><Cd>BOOK</Cd></Sts>",
    reversal: str = "",
    booked: str = "<BookgDt><Dt>2026-11-02</Dt></BookgDt>",
    value: str = "<ValDt><Dt>2026-11-03</Dt></ValDt>",
    bank_reference: str = "",
    batch: str = "",
    charges: str = "",
    extra: str = "",
) -> str:
    turned = f"<RvslInd>{reversal}</RvslInd>" if reversal else ""
    own = f"<AcctSvcrRef>{bank_reference}</AcctSvcrRef>" if bank_reference else ""
    inner = f"<NtryDtls>{batch}{''.join(details)}</NtryDtls>" if details or batch else ""
    head = f'<Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'
    return f"<Ntry>{head}{turned}{status}{booked}{value}{own}<BkTxCd/>{charges}{inner}{extra}</Ntry>"


def party(role: str, name: str, iban: str, *, wrapped: bool = True) -> str:
    named = f"<Pty><Nm>{name}</Nm></Pty>" if wrapped else f"<Nm>{name}</Nm>"
    account = f"<{role}Acct><Id><IBAN>{iban}</IBAN></Id></{role}Acct>" if iban else ""
    return f"<{role}>{named}</{role}>{account}"


def detail(
    amount: str = "",
    *,
    sign: str = "",
    currency: str = "EUR",
    end_to_end: str = "NOTPROVIDED",
    text: str = "",
    structured: str = "",
    debtor: tuple[str, str] = ("Robin Weber", PAYER),
    creditor: tuple[str, str] = ("Stadt Musterstadt", ACCOUNT),
    wrapped: bool = True,
    charges: str = "",
    returned: str = "",
    bank_reference: str = "",
) -> str:
    own = f"<AcctSvcrRef>{bank_reference}</AcctSvcrRef>" if bank_reference else ""
    money = f'<Amt Ccy="{currency}">{amount}</Amt>' if amount else ""
    side = f"<CdtDbtInd>{sign}</CdtDbtInd>" if sign else ""
    people = party("Dbtr", *debtor, wrapped=wrapped) + party("Cdtr", *creditor, wrapped=wrapped)
    strd = (
        f"<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>{structured}</Ref></CdtrRefInf></Strd>" if structured else ""
    )
    unstructured = f"<Ustrd>{text}</Ustrd>" if text else ""
    return (
        f"<TxDtls><Refs>{own}<EndToEndId>{end_to_end}</EndToEndId></Refs>{money}{side}{charges}"
        f"<RltdPties>{people}</RltdPties><RmtInf>{unstructured}{strd}</RmtInf>{returned}</TxDtls>"
    )
