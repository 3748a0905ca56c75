"""Checks an uploaded logo. PNG by its content; SVG only when every element and attribute is on a list of drawing."""

import re
import struct
import xml.etree.ElementTree as ET

from django.utils.translation import gettext as _

from direktdraht.foundation.city.settings import Logo

MOST_BYTES = 200_000
MOST_ELEMENTS = 2_000
LARGEST_SIDE = 4_000
PNG = b"\x89PNG\r\n\x1a\n"
SVG_SPACE = "{http://www.w3.org/2000/svg}"
# Entities and stylesheets from elsewhere begin with one of these; a drawing needs none of them.
FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet", re.IGNORECASE)


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


ELEMENTS = words(
    "svg g path rect circle ellipse line polyline polygon title desc defs linearGradient radialGradient stop clipPath mask use symbol"
)
ATTRIBUTES = words(
    "id d x y x1 y1 x2 y2 r rx ry cx cy fx fy width height viewBox points transform version preserveAspectRatio fill stroke "
    "opacity offset fill-opacity fill-rule stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-dasharray stop-color stop-opacity clip-path clip-rule mask gradientUnits gradientTransform spreadMethod "
    "clipPathUnits maskUnits color display href {http://www.w3.org/1999/xlink}href "
    "{http://www.w3.org/XML/1998/namespace}space {http://www.w3.org/XML/1998/namespace}lang"
)
INNER_REFERENCE = re.compile(r"#[\w.-]+")
URL = re.compile(r"url\s*\(\s*['\"]?(?!#)", re.IGNORECASE)


class LogoRefused(ValueError):
    """This file is no logo that we can show; the message is a sentence for the person."""


def checked_logo(content: bytes) -> Logo:
    """The logo, if it can be shown safely. Raises LogoRefused."""
    if len(content) > MOST_BYTES:
        raise LogoRefused(_("Ein Logo hat höchstens 200 KB."))
    if content.startswith(PNG):
        return checked_png(content)
    return checked_svg(content)


def checked_png(content: bytes) -> Logo:
    """A PNG with sensible sides."""
    if len(content) < 33 or content[12:16] != b"IHDR":
        raise LogoRefused(_("Diese PNG-Datei ist beschädigt."))
    width, height = struct.unpack(">II", content[16:24])
    if not 0 < width <= LARGEST_SIDE or not 0 < height <= LARGEST_SIDE:
        raise LogoRefused(_("Ein Logo ist höchstens 4000 Bildpunkte breit und hoch."))
    return Logo(content, "image/png")


def checked_svg(content: bytes) -> Logo:
    """An SVG that only draws: no scripts, no foreign content, no references to elsewhere."""
    if FORBIDDEN.search(content) or b"\x00" in content:
        raise LogoRefused(_("Diese SVG-Datei enthält mehr als eine Zeichnung. Bitte nehmen Sie eine PNG-Datei."))
    try:
        content.decode("utf-8")
        root = ET.fromstring(content)  # noqa: S314  # documents with entities or a document type are refused above
    except (ET.ParseError, UnicodeDecodeError) as problem:
        raise LogoRefused(_("Bitte wählen Sie eine PNG- oder SVG-Datei.")) from problem
    elements = list(root.iter())
    if root.tag != f"{SVG_SPACE}svg" or len(elements) > MOST_ELEMENTS or not all(only_draws(element) for element in elements):
        raise LogoRefused(_("Diese SVG-Datei enthält mehr als eine Zeichnung. Bitte nehmen Sie eine PNG-Datei."))
    return Logo(content, "image/svg+xml")


def only_draws(element: ET.Element) -> bool:
    """Whether element and attributes are on the lists and point only inside the drawing."""
    if not element.tag.startswith(SVG_SPACE) or element.tag.removeprefix(SVG_SPACE) not in ELEMENTS:
        return False
    for name, value in element.attrib.items():
        if name not in ATTRIBUTES or URL.search(value):
            return False
        if name.endswith("href") and not INNER_REFERENCE.fullmatch(value):
            return False
    return True
