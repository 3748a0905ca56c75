"""Cases about trusted lists and qualified signatures. Each row names its section and brings its own trust folder."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from cryptography import x509

from tests.writtenform import lists, pki
from tests.writtenform.lists import LIST_OF_LISTS, Listed, Other, Plan, list_of_lists, qualifier, trusted_list
from tests.writtenform.papers import signed_by
from tests.writtenform.pki import AT, ESEAL, ESIGN, QC_COMPLIANCE, QC_SSCD, Holder, qc_statements
from tests.writtenform.signing import SIGNED, stamper
from tests.writtenform.world import Expected, World, fails, holds

Row = tuple[str, str, Callable[[World], bytes], Expected, Callable[[World], dict[str, bytes]]]
QUALIFIED = holds(qualified=True)
LOTL, PIVOT, LATER_PIVOT = "https://ec.example/lotl.xml", "https://ec.example/pivot-1.xml", "https://ec.example/pivot-2.xml"


def robin(world: World) -> bytes:
    """A qualified signature without timestamp."""
    return signed_by(world.robin)


def with_statements(*statements: str, kind: str | None = None) -> Callable[[World], bytes]:
    """A signature with a certificate that makes these statements."""
    return lambda world: signed_by(pki.person(world.issuer, "Jemand", extensions=[qc_statements(*statements, kind=kind)]))


def stamped(world: World) -> bytes:
    """A qualified signature with a timestamp of a trusted service."""
    return signed_by(world.robin, stamp=stamper(world.service))


def listed(**more: object) -> Callable[[World], dict[str, bytes]]:
    """A folder with a list in which the issuer stands in some way."""
    return lambda world: world.with_list(Plan([Listed(world.issuer, **more)]))  # type: ignore[arg-type]  # fields of Listed


def planned(**more: object) -> Callable[[World], dict[str, bytes]]:
    """A folder with a list that is unusual itself."""
    return lambda world: world.with_list(Plan([Listed(world.issuer)], **more))  # type: ignore[arg-type]  # fields of Plan


def by_stranger(world: World) -> dict[str, bytes]:
    """The list is signed by somebody whose certificate is not in the folder."""
    return world.with_list(signer=pki.list_signer("Fremde Listenstelle"))


def broken_list(world: World) -> dict[str, bytes]:
    """One word of the signed list was changed."""
    files = world.with_list(Plan([Listed(world.issuer, status=lists.WITHDRAWN)]))
    return {**files, "liste.xml": files["liste.xml"].replace(b"withdrawn", b"granted")}


def wrapped_list(world: World) -> dict[str, bytes]:
    """A list of the attacker's around the honest, signed one (signature wrapping)."""
    honest = world.with_list(Plan([Listed(world.root, status=lists.WITHDRAWN)]))
    inner = honest["liste.xml"].split(b"?>", 1)[1]
    forged = lists._text(Plan([Listed(world.issuer)])).encode()
    return {**honest, "liste.xml": forged.replace(b"</TrustServiceStatusList>", inner + b"</TrustServiceStatusList>")}


def doctype(world: World) -> dict[str, bytes]:
    """A list that declares entities."""
    files = world.with_list()
    head, rest = files["liste.xml"].split(b"?>", 1)
    return {**files, "liste.xml": head + b'?><!DOCTYPE a [<!ENTITY e "x">]>' + rest}


def through_pivots(world: World, *, without: str = "", wrong: bool = False) -> dict[str, bytes]:
    """Pinned is only the oldest signer; two pivots lead to today's list of the lists, and that to the national list."""
    old, middle, new = (pki.list_signer(f"LOTL {word}") for word in ("alt", "mittel", "neu"))
    impostor = pki.list_signer("LOTL mittel")

    def self_pointer(signer: Holder) -> Other:
        return Other(LOTL, "EU", [signer], LIST_OF_LISTS)

    files = {
        "pivot-1.xml": list_of_lists([self_pointer(middle)], old, sequence=100),
        "pivot-2.xml": list_of_lists([self_pointer(new)], impostor if wrong else middle, sequence=200, pivots=[PIVOT]),
        "lotl.xml": list_of_lists(
            [Other("https://de.example/tl.xml", "DE", [world.list_signer]), self_pointer(new)], new, pivots=[LATER_PIVOT, PIVOT]
        ),
        "de.xml": trusted_list(Plan([Listed(world.issuer)]), world.list_signer),
    }
    return {**world.roots_only, "pinned.pem": old.pem, **{name: data for name, data in files.items() if name != without}}


def other_country(world: World) -> dict[str, bytes]:
    """The list of the lists names this signer for Austria; the list says Germany."""
    pinned = pki.list_signer("LOTL")
    lotl = list_of_lists(
        [Other("https://at.example/tl.xml", "AT", [world.list_signer]), Other(LOTL, "EU", [pinned], LIST_OF_LISTS)], pinned
    )
    return {
        **world.roots_only,
        "pinned.pem": pinned.pem,
        "lotl.xml": lotl,
        "de.xml": trusted_list(Plan([Listed(world.issuer)]), world.list_signer),
    }


def service_only_in_list(world: World) -> dict[str, bytes]:
    """No root in the folder: the chain ends at the service in the list."""
    return {name: data for name, data in world.with_list().items() if name != "wurzel.pem"}


OLD_SIGNER = pki.list_signer("Listenstelle Deutschland", end=datetime(2025, 1, 1, tzinfo=UTC))
UNUSABLE = holds(broken="trusted-list")
NOT_ACTIVE = holds(broken="service-status")
DAY = timedelta(days=1)
LIST_ROWS: tuple[Row, ...] = (
    ("qualified", "Regulation 910/2014, art. 3 no. 12; TS 119 615, 4.4", robin, QUALIFIED, listed()),
    ("qualified-b-t", "TS 119 615, 4.4 (at signing time)", stamped, holds("B-T", qualified=True), listed()),
    ("version-5", "TS 119 612 v2.2.1, 5.3.1", robin, QUALIFIED, planned(version=5)),
    ("version-4", "TS 119 612, 5.3.1 (not known)", robin, UNUSABLE, planned(version=4)),
    ("version-7", "TS 119 612, 5.3.1 (not known)", robin, UNUSABLE, planned(version=7)),
    ("anchor-from-list", "TS 119 615, 4.2 (service as anchor)", robin, QUALIFIED, service_only_in_list),
    ("certificates-only", "TS 119 615, 4.2 (no list, never qualified)", robin, holds(), lambda w: w.roots_only),
    ("list-expired", "TS 119 612, 5.3.15 (NextUpdate)", robin, UNUSABLE, planned(issued=AT - 200 * DAY, next_update=AT - DAY)),
    ("list-closed", "TS 119 612, 5.3.15 (no NextUpdate)", robin, UNUSABLE, planned(next_update=None)),
    ("list-changed", "TS 119 612, 5.7 (signature)", robin, UNUSABLE, broken_list),
    ("list-by-stranger", "TS 119 612, 5.7 (signer)", robin, UNUSABLE, by_stranger),
    ("list-wrapped", "XML Signature, 8.1 (only what is signed)", robin, UNUSABLE, wrapped_list),
    ("list-with-doctype", "XML 1.0, 2.8", robin, UNUSABLE, doctype),
    (
        "list-signer-expired",
        "TS 119 612, 5.7.1",
        robin,
        UNUSABLE,
        lambda w: {**w.with_list(signer=OLD_SIGNER), "listenstelle.pem": OLD_SIGNER.pem},
    ),
    ("pivots", "Implementing Decision 2015/1505, art. 4", robin, QUALIFIED, through_pivots),
    ("pivot-missing", "Implementing Decision 2015/1505, art. 4", robin, UNUSABLE, lambda w: through_pivots(w, without="pivot-2.xml")),
    ("pivot-forged", "Implementing Decision 2015/1505, art. 4", robin, UNUSABLE, lambda w: through_pivots(w, wrong=True)),
    ("lotl-missing", "TS 119 615, 4.1", robin, UNUSABLE, lambda w: through_pivots(w, without="lotl.xml")),
    ("list-of-other-country", "TS 119 612, 5.3.13 (pointer by territory)", robin, UNUSABLE, other_country),
    (
        "issuer-not-listed",
        "TS 119 615, 4.3",
        lambda w: signed_by(w.robin),
        holds(broken="trusted-list"),
        lambda w: w.with_list(Plan([Listed(w.stranger_root)])),
    ),
    ("withdrawn", "TS 119 612, 5.5.4 (withdrawn)", robin, NOT_ACTIVE, listed(status=lists.WITHDRAWN)),
    (
        "withdrawn-after-signing",
        "TS 119 615, 4.4 (status at signing time)",
        stamped,
        holds("B-T", qualified=True),
        listed(status=lists.WITHDRAWN, since=SIGNED + DAY, history=[(lists.GRANTED, lists.SINCE)]),
    ),
    (
        "withdrawn-after-claimed-time",
        "EN 319 102-1, 5.5 (a claimed time proves nothing)",
        robin,
        NOT_ACTIVE,
        listed(status=lists.WITHDRAWN, since=SIGNED + DAY, history=[(lists.GRANTED, lists.SINCE)]),
    ),
    (
        "withdrawn-before-signing",
        "TS 119 615, 4.4",
        stamped,
        holds("B-T", broken="service-status"),
        listed(status=lists.WITHDRAWN, since=SIGNED - DAY, history=[(lists.GRANTED, lists.SINCE)]),
    ),
    ("granted-only-later", "TS 119 615, 4.4", stamped, holds("B-T", broken="trusted-list"), listed(since=SIGNED + DAY)),
    ("old-status-today", "TS 119 612, annex J (accredited until 2016)", robin, NOT_ACTIVE, listed(status=lists.ACCREDITED)),
    ("timestamp-service-as-issuer", "TS 119 612, 5.5.1 (CA/QC)", robin, holds(broken="trusted-list"), listed(type=lists.QTST)),
    (
        "timestamp-service-from-list",
        "TS 119 612, 5.5.1 (TSA/QTST as anchor)",
        lambda w: signed_by(w.robin, stamp=stamper(w.strange_service)),
        holds("B-T", qualified=True),
        lambda w: w.with_list(Plan([Listed(w.issuer), Listed(w.strange_service, type=lists.QTST, purposes=[])])),
    ),
    (
        "other-service-is-no-anchor",
        "TS 119 612, 5.5.1 (only CA/QC and TSA/QTST)",
        lambda w: signed_by(w.stranger),
        fails("certificate-chain"),
        lambda w: w.with_list(Plan([Listed(w.issuer), Listed(w.stranger_root, type=f"{lists.BASE}/Svctype/CA/PKC", purposes=[])])),
    ),
    ("service-for-seals", "TS 119 612, 5.5.9.4 (ForeSeals)", robin, holds(broken="certificate-type"), listed(purposes=[lists.FOR_SEALS])),
    ("service-without-purpose", "TS 119 612, 5.5.9.4 (none named)", robin, QUALIFIED, listed(purposes=[])),
    (
        "no-statements",
        "EN 319 412-5, 4.2.1 (QcCompliance)",
        lambda w: signed_by(w.kim),
        holds(broken="qualified-certificate qscd"),
        listed(),
    ),
    ("no-device", "EN 319 412-5, 4.2.2 (QcSSCD)", with_statements(QC_COMPLIANCE, kind=ESIGN), holds(broken="qscd"), listed()),
    (
        "device-only",
        "EN 319 412-5, 4.2.1 (QcCompliance)",
        with_statements(QC_SSCD, kind=ESIGN),
        holds(broken="qualified-certificate"),
        listed(),
    ),
    (
        "seal",
        "EN 319 412-5, 4.2.3 (eseal)",
        with_statements(QC_COMPLIANCE, QC_SSCD, kind=ESEAL),
        holds(broken="certificate-type"),
        listed(),
    ),
    ("without-type", "EN 319 412-5, 4.2.3 (absent: esign)", with_statements(QC_COMPLIANCE, QC_SSCD), QUALIFIED, listed()),
    (
        "pseudonym-qualified",
        "§ 3a (2) VwVfG; Regulation 910/2014, annex I (c)",
        lambda w: signed_by(
            pki.person(w.issuer, subject=x509.Name([x509.NameAttribute(x509.oid.NameOID.PSEUDONYM, "X")]), extensions=[pki.QUALIFIED])
        ),
        holds(qualified=True, broken="pseudonym"),
        listed(),
    ),
    (
        "device-by-list",
        "TS 119 612, 5.5.9.2 (QCWithQSCD)",
        with_statements(QC_COMPLIANCE, kind=ESIGN),
        QUALIFIED,
        listed(qualifiers=qualifier("QCWithQSCD")),
    ),
    ("no-device-by-list", "TS 119 612, 5.5.9.2 (QCNoQSCD)", robin, holds(broken="qscd"), listed(qualifiers=qualifier("QCNoQSCD"))),
    (
        "seal-by-list",
        "TS 119 612, 5.5.9.2 (QCForESeal)",
        robin,
        holds(broken="certificate-type"),
        listed(qualifiers=qualifier("QCForESeal")),
    ),
    (
        "not-qualified-by-list",
        "TS 119 612, 5.5.9.2 (NotQualified)",
        robin,
        holds(broken="qualified-certificate"),
        listed(qualifiers=qualifier("NotQualified")),
    ),
    ("criterion-not-met", "TS 119 612, 5.5.9.2.2 (assert)", robin, QUALIFIED, listed(qualifiers=qualifier("NotQualified", value="false"))),
    ("criterion-none", "TS 119 612, 5.5.9.2.2 (assert none)", robin, QUALIFIED, listed(qualifiers=qualifier("NotQualified", kind="none"))),
    (
        "criterion-unknown",
        "TS 119 612, 5.5.9.2.2: not checked",
        robin,
        holds(),
        listed(qualifiers=qualifier("QCWithQSCD", inner="<s:Unbekannt/>")),
    ),
    ("stranger", "RFC 5280, 6.1", lambda w: signed_by(w.stranger), fails("certificate-chain"), listed()),
)
