"""Reading our PDFs back: their words and the fonts they carry."""

import io
import unicodedata
from typing import Any

import pypdfium2
from pypdf import PdfReader


def words_of(content: bytes) -> str:
    """The text of a PDF in NFC, as PDFium reads it; line ends and spaces become one space."""
    with pypdfium2.PdfDocument(content) as document:
        pages = []
        for number in range(len(document)):
            page = document[number]
            words = page.get_textpage()
            pages.append(str(words.get_text_bounded()))
            words.close()
            page.close()
    return " ".join(unicodedata.normalize("NFC", " ".join(pages)).split())


def font_families(content: bytes) -> set[str]:
    """The families of the fonts that a PDF carries."""
    names: set[str] = set()
    for page in PdfReader(io.BytesIO(content)).pages:
        resources: Any = page["/Resources"]
        names |= {str(font.get_object()["/BaseFont"]) for font in resources["/Font"].values()}
    return {name.partition("+")[2].partition("-")[0] for name in names}
