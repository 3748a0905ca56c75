"""Small XDatenfelder documents that tests of this format build on."""

NAMESPACES = {"2": "urn:xoev-de:fim:standard:xdatenfelder_2", "3": "urn:xoev-de:fim:standard:xdatenfelder_3.0.0"}


def facts(own: str, name: str, *, version: str = "1.0.0", more: str = "") -> str:
    """Identification and name, then what else is given."""
    number = f"<x:version>{version}</x:version>" if version else ""
    return f"<x:identifikation><x:id>{own}</x:id>{number}</x:identifikation><x:name>{name}</x:name>{more}"


def code(node: str, value: str) -> str:
    """A node with an XÖV code."""
    return f"<x:{node}><code>{value}</code></x:{node}>"


def field(own: str = "F1", name: str = "Rufname", *, art: str = "input", kind: str = "text", more: str = "") -> str:
    """A field."""
    return f"<x:datenfeld>{facts(own, name)}{code('feldart', art)}{code('datentyp', kind)}{more}</x:datenfeld>"


def group(own: str, name: str, *parts: str, more: str = "") -> str:
    """A group of fields."""
    return f"<x:datenfeldgruppe>{facts(own, name, more=more)}{''.join(parts)}</x:datenfeldgruppe>"


def part(content: str, number: str = "1:1") -> str:
    """A place in a structure."""
    return f"<x:struktur><x:anzahl>{number}</x:anzahl><x:enthaelt>{content}</x:enthaelt></x:struktur>"


def rule(own: str = "R1", name: str = "Regel", text: str = "Wenn ja, dann nein.", more: str = "") -> str:
    """A rule in words."""
    return f"<x:regel>{facts(own, name)}<x:freitextRegel>{text}</x:freitextRegel>{code('typ', 'K')}{more}</x:regel>"


def schema(*parts: str, more: str = "", version: str = "3", before: str = "") -> bytes:
    """A whole schema; ``before`` stands between the declaration and the root."""
    inner = facts("S1", "Hund anmelden", more=f"{more}{''.join(parts)}")
    message = f"<x:stammdatenschema>{inner}</x:stammdatenschema>"
    return whole(message, version=version, before=before)


def whole(message: str, *, version: str = "3", before: str = "", name: str = "stammdatenschema.0102") -> bytes:
    """A message with its root."""
    root = f"x:xdatenfelder.{name}"
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{before}<{root} xmlns:x="{NAMESPACES[version]}"><x:header/>{message}</{root}>'
    return text.encode()


def code_list(uri: str = "urn:de:rasse", version: str = "1", *rows: tuple[str, str]) -> bytes:
    """A Genericode list as XÖV writes it."""
    written = "".join(
        f'<Row><Value ColumnRef="code"><SimpleValue>{one}</SimpleValue></Value>'
        f'<Value ColumnRef="name"><SimpleValue>{label}</SimpleValue></Value></Row>\n'
        for one, label in rows or (("b", "Beagle"), ("p", "Pudel"))
    )
    columns = (
        '<ColumnSet><Column Id="code"/><Column Id="name"/><Key Id="codeKey"><ColumnRef Ref="code"/></Key>'
        '<Key Id="codenameKey"><ColumnRef Ref="name"/></Key></ColumnSet>'
    )
    about = (
        f"<Identification><LongName>Hunderassen</LongName><Version>{version}</Version><CanonicalUri>{uri}</CanonicalUri>"
        f"<CanonicalVersionUri>{uri}_{version}</CanonicalVersionUri></Identification>"
    )
    namespace = "http://docs.oasis-open.org/codelist/ns/genericode/1.0/"
    return f'<CodeList xmlns="{namespace}">{about}{columns}\n<SimpleCodeList>\n{written}</SimpleCodeList></CodeList>'.encode()
