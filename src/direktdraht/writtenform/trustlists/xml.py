"""XML of trusted lists, through the one door for foreign XML, with refusals in the words of this folder."""

from lxml import etree

from direktdraht.foundation.safe_xml import UnsafeXml, read_xml

MOST_BYTES = 40 * 1024 * 1024
"""The largest national list has about 10 MB."""


class ListProblem(ValueError):
    """A trusted list that cannot be believed or read; the message is one German sentence."""


def root_of(data: bytes) -> etree._Element:
    """The root of a list. Raises ListProblem."""
    try:
        return read_xml(data, most_bytes=MOST_BYTES)
    except UnsafeXml as problem:
        if problem.case == "size":
            raise ListProblem(f"Die Vertrauensliste ist größer als {MOST_BYTES // (1024 * 1024)} MB.") from problem
        if problem.case == "doctype":
            raise ListProblem("Die Vertrauensliste hat eine Dokumenttyp-Angabe (DOCTYPE).") from problem
        raise ListProblem("Die Vertrauensliste ist kein wohlgeformtes XML.") from problem
