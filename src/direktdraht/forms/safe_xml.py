"""What is said about files of forms that the house's one reader of XML refuses."""

from lxml import etree

from direktdraht.forms.remarks import UnreadableFile
from direktdraht.foundation import safe_xml
from direktdraht.foundation.marking import N_

MOST_BYTES = safe_xml.MOST_BYTES

SENTENCES = {
    "size": N_("Die Datei ist größer als %(most)s MB."),
    "empty": N_("Die Datei ist leer."),
    "doctype": N_("Die Datei hat eine Dokumenttyp-Angabe (DOCTYPE). Solche Dateien lesen wir aus Sicherheit nicht."),
    "malformed": N_("Das ist kein wohlgeformtes XML (%(reason)s)."),
    "depth": N_("Die Datei ist tiefer als %(most)s Ebenen verschachtelt."),
    "entity": N_("Die Datei enthält einen Verweis auf eine nicht erlaubte Entität."),
}


def read_xml(data: bytes, *, most_bytes: int = MOST_BYTES) -> etree._Element:
    """The root of a document without comments and processing instructions. Raises UnreadableFile."""
    try:
        return safe_xml.read_xml(data, most_bytes=most_bytes)
    except safe_xml.UnsafeXml as problem:
        facts: dict[str, str | int] = {}
        if problem.case == "size":
            facts = {"most": most_bytes // (1024 * 1024)}
        elif problem.case == "depth":
            facts = {"most": safe_xml.DEEPEST}
        elif problem.case == "malformed":
            facts = {"reason": problem.reason}
        raise UnreadableFile(SENTENCES[problem.case], problem.line, **facts) from problem
