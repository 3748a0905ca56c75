"""The corpus of bank files: what the standard says about each was worked out by hand and stands beside it.

A good row gives the JSON of its entries in short: amount, reference, name, reversal. A doubtful row gives the cases of its doubts,
a bad one the case why it is not read.
"""

from dataclasses import dataclass

from tests.payments.bank_files import ACCOUNT, PAYER, balance, detail, document, entry, namespace, notification, statement

Facts = tuple[str, str, str, bool]
ROBIN = "Robin Weber"


@dataclass(frozen=True)
class Good:
    name: str
    content: bytes
    entries: tuple[Facts, ...]
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bad:
    name: str
    content: bytes
    case: str


def one(*entries: str, closing: str = "112.50", version: str = "08") -> bytes:
    return document(statement(*entries, closing=closing), version=version)


PLAIN = entry("12.50", detail(end_to_end="MS-4711"))
BATCH = entry("30.00", detail("10.00", end_to_end="A"), detail("20.00", end_to_end="B"))
OLD_STATUS = "<Sts>BOOK</Sts>"
PENDING = "<Sts><Cd>PDNG</Cd></Sts>"
CHARGE = '<Chrgs><Rcrd><Amt Ccy="EUR">{}</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>'
SUMMARY = "<TxsSummry><TtlCdtNtries><NbOfNtries>{}</NbOfNtries><Sum>{}</Sum></TtlCdtNtries></TxsSummry>"
BATCH_OF = "<Btch><NbOfTxs>{}</NbOfTxs></Btch>"

GOOD = [
    Good("a credit with an end-to-end reference", one(PLAIN), (("12.50", "MS-4711", ROBIN, False),)),
    *(
        Good(f"version {version}", one(PLAIN, version=version), (("12.50", "MS-4711", ROBIN, False),))
        for version in ("02", "03", "04", "05", "06", "07", "09", "10", "11", "12", "13", "14")
    ),
    Good(
        "version 02 with a plain status and parties without wrapper",
        one(entry("12.50", detail(end_to_end="MS-1", wrapped=False), status=OLD_STATUS), version="02"),
        (("12.50", "MS-1", ROBIN, False),),
    ),
    Good(
        "the structured reference comes before the end-to-end reference",
        one(entry("12.50", detail(end_to_end="E2E", structured="RF18539007547034"))),
        (("12.50", "RF18539007547034", ROBIN, False),),
    ),
    Good("NOTPROVIDED is no reference", one(entry("12.50", detail(text="Kursgebühr"))), (("12.50", "", ROBIN, False),)),
    Good(
        "a debit names who got the money",
        one(entry("12.50", detail(debtor=("Stadt", ACCOUNT), creditor=(ROBIN, PAYER)), sign="DBIT"), closing="87.50"),
        (("-12.50", "", ROBIN, False),),
    ),
    Good(
        "a returned direct debit is a debit whose parties keep the roles of the first payment",
        one(entry("12.50", detail(end_to_end="MS-1"), sign="DBIT", reversal="true"), closing="87.50"),
        (("-12.50", "MS-1", ROBIN, True),),
    ),
    Good(
        "a returned transfer is a credit whose parties keep the roles of the first payment",
        one(entry("12.50", detail(debtor=("Stadt", ACCOUNT), creditor=(ROBIN, PAYER)), reversal="1")),
        (("12.50", "", ROBIN, True),),
    ),
    Good(
        "return information alone makes a return",
        one(entry("12.50", detail(returned="<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"), sign="DBIT"), closing="87.50"),
        (("-12.50", "", ROBIN, True),),
    ),
    Good(
        "a batch gives one entry for each detail",
        one(BATCH, closing="130.00"),
        (("10.00", "A", ROBIN, False), ("20.00", "B", ROBIN, False)),
    ),
    Good(
        "a netted batch has details of both signs",
        one(
            entry("5.00", detail("20.00", end_to_end="A"), detail("15.00", sign="DBIT", debtor=("Stadt", ""), creditor=(ROBIN, ""))),
            closing="105.00",
        ),
        (("20.00", "A", ROBIN, False), ("-15.00", "", ROBIN, False)),
    ),
    Good(
        "a detail whose accounts prove its sign wrong has the entry's sign",
        one(
            entry(
                "30.00",
                *(detail(amount, sign="CRDT", debtor=("Stadt", ACCOUNT), creditor=(ROBIN, PAYER)) for amount in ("10.00", "20.00")),
                sign="DBIT",
            ),
            closing="70.00",
        ),
        (("-10.00", "", ROBIN, False), ("-20.00", "", ROBIN, False)),
    ),
    Good(
        "a batch without details is one entry",
        one(entry("30.00", batch=BATCH_OF.format(20)), closing="130.00"),
        (("30.00", "", "", False),),
    ),
    Good(
        "a single detail has the booked amount, which is after charges",
        one(entry("9.50", detail("10.00", charges=CHARGE.format("0.50"))), closing="109.50"),
        (("9.50", "", ROBIN, False),),
    ),
    Good(
        "charges that explain a batch are an entry of their own",
        one(entry("29.00", detail("10.00"), detail("20.00"), charges=CHARGE.format("1.00")), closing="129.00"),
        (("10.00", "", ROBIN, False), ("20.00", "", ROBIN, False), ("-1.00", "", "", False)),
    ),
    Good(
        "the account sees its own currency, not that of the payer",
        one(entry("9.20", detail("10.00", currency="USD")), closing="109.20"),
        (("9.20", "", ROBIN, False),),
    ),
    Good(
        "a pending entry does not count",
        one(PLAIN, entry("7.00", status=PENDING)),
        (("12.50", "MS-4711", ROBIN, False), ("7.00", "", "", False)),
    ),
    Good(
        "the day before's closing balance opens the statement",
        document(statement(PLAIN, opening=None, balances=balance("PRCD", "100.00"), closing="112.50")),
        (("12.50", "MS-4711", ROBIN, False),),
    ),
    Good(
        "two pages of one statement, joined by interim balances",
        document(
            statement(PLAIN, pages=(1, False), balances=balance("ITBD", "112.50"), closing=None),
            statement(entry("7.00"), pages=(2, True), opening=None, balances=balance("ITBD", "112.50"), closing="119.50"),
        ),
        (("12.50", "MS-4711", ROBIN, False), ("7.00", "", "", False)),
    ),
    Good(
        "two pages of one statement without interim balances hold together",
        document(
            statement(PLAIN, pages=(1, False), closing=None),
            statement(entry("7.00"), pages=(2, True), opening=None, closing="119.50"),
        ),
        (("12.50", "MS-4711", ROBIN, False), ("7.00", "", "", False)),
    ),
    Good(
        "yen have no decimal places",
        one(entry("12", currency="JPY"), closing="112.50"),
        (("12", "", "", False),),
        ("entry_currency", "unbalanced"),
    ),
    Good("zeros behind the cent are dropped", one(entry("12.50000")), (("12.50", "", "", False),)),
    Good("zero has no sign", one(entry("0.00", sign="DBIT"), closing="100.00"), (("0.00", "", "", False),)),
    Good(
        "an overdrawn account",
        document(statement(balances=balance("CLBD", "2.50", sign="DBIT"), opening="10.00", closing=None)),
        (),
        ("unbalanced",),
    ),
    Good(
        "a notification has no balances",
        document(notification(BATCH), kind="054"),
        (("10.00", "A", ROBIN, False), ("20.00", "B", ROBIN, False)),
    ),
    Good(
        "the bank's own sums hold",
        document(notification(PLAIN, summary=SUMMARY.format(1, "12.50")), kind="054"),
        (("12.50", "MS-4711", ROBIN, False),),
    ),
    Good("a statement without entries", one(closing="100.00"), ()),
    Good("UTF-16 is read", one(PLAIN).decode().replace("UTF-8", "UTF-16").encode("utf-16"), (("12.50", "MS-4711", ROBIN, False),)),
]

DOUBTFUL = [
    Good("an entry is missing", one(PLAIN, closing="125.00"), (("12.50", "MS-4711", ROBIN, False),), ("unbalanced",)),
    Good("an entry has the wrong sign", one(entry("12.50", sign="DBIT")), (("-12.50", "", "", False),), ("unbalanced",)),
    Good("an entry stands twice", one(PLAIN, PLAIN), (("12.50", "MS-4711", ROBIN, False),) * 2, ("unbalanced",)),
    Good(
        "a batch does not sum to its booking",
        one(entry("30.00", detail("10.00"), detail("15.00")), closing="130.00"),
        (("10.00", "", ROBIN, False), ("15.00", "", ROBIN, False)),
        ("batch_sum",),
    ),
    Good(
        "a batch has fewer details than it says",
        one(entry("30.00", detail("10.00"), detail("20.00"), batch=BATCH_OF.format(3)), closing="130.00"),
        (("10.00", "", ROBIN, False), ("20.00", "", ROBIN, False)),
        ("batch_count",),
    ),
    Good(
        "the details are in another currency",
        one(entry("30.00", detail("10.00", currency="CHF"), detail("20.00", currency="CHF")), closing="130.00"),
        (("10.00", "", ROBIN, False), ("20.00", "", ROBIN, False)),
        ("batch_currency",),
    ),
    Good("an entry in another currency", one(entry("12.50", currency="USD")), (("12.50", "", "", False),), ("entry_currency",)),
    Good(
        "no opening balance",
        document(statement(PLAIN, opening=None, closing="112.50")),
        (("12.50", "MS-4711", ROBIN, False),),
        ("no_opening",),
    ),
    Good("no closing balance", document(statement(PLAIN, closing=None)), (("12.50", "MS-4711", ROBIN, False),), ("no_closing",)),
    Good(
        "balances in two currencies",
        document(statement(PLAIN, closing=None, balances=balance("CLBD", "112.50", currency="USD"))),
        (("12.50", "MS-4711", ROBIN, False),),
        ("balance_currency",),
    ),
    Good(
        "the bank's own sums differ",
        document(notification(PLAIN, summary=SUMMARY.format(2, "25.00")), kind="054"),
        (("12.50", "MS-4711", ROBIN, False),),
        ("summary",),
    ),
    Good(
        "a statement between two is missing",
        document(statement(PLAIN, closing="112.50"), statement(name="S3", opening="200.00", closing="200.00")),
        (("12.50", "MS-4711", ROBIN, False),),
        ("gap",),
    ),
    Good(
        "the same entry twice in a notification",
        document(notification(*[entry("12.50", bank_reference="B1")] * 2), kind="054"),
        (("12.50", "", "", False),) * 2,
        ("entry_twice",),
    ),
]

TEXT = one(PLAIN).decode()
ROOT = f'<Document xmlns="{namespace()}">'


def changed(old: str, new: str) -> bytes:
    assert old in TEXT
    return TEXT.replace(old, new, 1).encode()


BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
FILE_OF_THE_SERVER = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

BAD = [
    Bad("nothing", b"", "empty"),
    Bad("text", b"Kontoauszug November", "malformed"),
    Bad("cut off in the middle", TEXT.encode()[: len(TEXT) // 2], "malformed"),
    Bad("an archive", b"PK\x03\x04" + bytes(40), "zip"),
    Bad("the old format", b":20:STARTUMS\n:25:10020030/1234567\n", "mt940"),
    Bad("another XML", b"<html><body/></html>", "no_camt"),
    Bad("no namespace", changed(f' xmlns="{namespace()}"', ""), "no_camt"),
    Bad("an intraday report", changed("camt.053", "camt.052"), "other_kind"),
    Bad("a transfer order", changed("camt.053.001.08", "pain.001.001.09"), "other_kind"),
    Bad("a version that does not exist", changed("001.08", "001.15"), "version"),
    Bad("the first version, which was never in use", changed("001.08", "001.01"), "version"),
    Bad("a statement that calls itself a notification", changed("camt.053", "camt.054"), "mismatch"),
    Bad("no statement", document(), "no_statement"),
    Bad("the same statement twice", document(statement(PLAIN, closing="112.50"), statement(PLAIN, closing="112.50")), "twice"),
    Bad("entities that grow", changed(ROOT, BOMB + ROOT).replace(b"Robin", b"&c;"), "doctype"),
    Bad("an entity that reads a file", changed(ROOT, FILE_OF_THE_SERVER + ROOT).replace(b"Robin", b"&x;"), "doctype"),
    Bad("a document type hidden in UTF-16", changed(ROOT, BOMB + ROOT).decode().replace("UTF-8", "UTF-16").encode("utf-16"), "doctype"),
    Bad("a document type behind much white space", changed(ROOT, " " * 200_000 + "<!DOCTYPE d>" + ROOT), "doctype"),
    Bad("an entity that nobody declared", changed(ROBIN, "&robin;"), "malformed"),
    Bad("bytes that are not UTF-8", TEXT.encode().replace(b"Robin", b"R\xf6bin"), "malformed"),
    Bad("an encoding that no bank uses", TEXT.replace("UTF-8", "ISO-8859-7").encode("iso-8859-7"), "encoding"),
    Bad("a negative amount", changed(">12.50<", ">-12.50<"), "amount"),
    Bad("a comma", changed(">12.50<", ">12,50<"), "amount"),
    Bad("an exponent", changed(">12.50<", ">1e9<"), "amount"),
    Bad("infinity", changed(">12.50<", ">INF<"), "amount"),
    Bad("digits of another script", changed(">12.50<", ">١٢.٥٠<"), "amount"),
    Bad("a tenth of a cent", changed(">12.50<", ">12.505<"), "precision"),
    Bad("an amount without currency", changed('<Ntry><Amt Ccy="EUR">', "<Ntry><Amt>"), "currency"),
    Bad("neither credit nor debit", changed("<CdtDbtInd>CRDT</CdtDbtInd><Sts>", "<CdtDbtInd>HABEN</CdtDbtInd><Sts>"), "sign"),
    Bad("no indicator", changed("<CdtDbtInd>CRDT</CdtDbtInd><Sts>", "<Sts>"), "missing"),
    Bad("no status", changed("<Sts><Cd>BOOK</Cd></Sts>", ""), "missing"),
    Bad("a status that is none", changed(">BOOK<", ">gebucht!<"), "status"),
    Bad("no account", changed(f"<Acct><Id><IBAN>{ACCOUNT}</IBAN></Id><Ccy>EUR</Ccy></Acct>", ""), "missing"),
    Bad("the 30th of February", changed("<Dt>2026-11-03</Dt>", "<Dt>2026-02-30</Dt>"), "date"),
    Bad("a German date", changed("<Dt>2026-11-03</Dt>", "<Dt>03.11.2026</Dt>"), "date"),
    Bad("a reversal that is neither yes nor no", changed("<Sts>", "<RvslInd>vielleicht</RvslInd><Sts>"), "flag"),
    Bad(
        "a page that is no number",
        document(statement(PLAIN, closing="112.50")).replace(b"<Acct>", b"<StmtPgntn><PgNb>x</PgNb></StmtPgntn><Acct>", 1),
        "number",
    ),
    Bad("an entry outside a statement", changed("<Stmt>", f"{PLAIN}<Stmt>"), "misplaced"),
    Bad("an entry of another namespace", changed("<Ntry>", '<Ntry xmlns="urn:other">'), "misplaced"),
    Bad("a batch detail without amount", one(entry("30.00", detail("10.00"), detail())), "missing"),
    Bad("nested a thousand times", changed(ROBIN, "<a>" * 1000 + "</a>" * 1000), "malformed"),
    Bad("one entry as big as a book", changed(ROBIN, "<Nm>" + "</Nm><Nm>".join(["x" * 1000] * 9000) + "</Nm>"), "piece"),
]
