"""XML of trusted lists: no document type, no entities, no network, bounded in size.

A document type is refused by name before anything is parsed, because entities can only be declared there.
"""

import re

from lxml import etree

MOST_BYTES = 40 * 1024 * 1024
"""The largest national list has about 10 MB."""

_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)


class ListProblem(ValueError):
    """A trusted list that cannot be believed or read; the message is one German sentence."""


def root_of(data: bytes) -> etree._Element:
    """The root of a list. Raises ListProblem."""
    if len(data) > MOST_BYTES:
        raise ListProblem(f"Die Vertrauensliste ist größer als {MOST_BYTES // (1024 * 1024)} MB.")
    if _DOCTYPE.search(data.replace(b"\0", b"")):
        raise ListProblem("Die Vertrauensliste hat eine Dokumenttyp-Angabe (DOCTYPE).")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise ListProblem("Die Vertrauensliste ist kein wohlgeformtes XML.") from error
