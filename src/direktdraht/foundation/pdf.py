"""PDF out: a Typst template and plain data. The data travels as one JSON value, never as Typst code."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

# In this order a letter is looked for; Noto Sans has what Fira Sans lacks of DIN 91379.
FONTS = ("Fira Sans", "Noto Sans")


class PdfError(Exception):
    """The template could not be set; the message is Typst's own, for the log."""


def render(template: Path, data: Mapping[str, Any]) -> bytes:
    """Set ``template`` with ``data`` (JSON values; the template reads ``json(bytes(sys.inputs.data))``).

    The template finds the font families in ``data.fonts``. Only the fonts of the house are used, so that
    the same data gives the same letters on every machine.
    Raises PdfError.
    """
    try:
        pdf: bytes = typst.compile(
            template,
            root=template.parent,
            font_paths=[Path(settings.BUILD_DIR) / "fonts"],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": json.dumps({**data, "fonts": FONTS}, ensure_ascii=False)},
        )
    except (typst.TypstError, RuntimeError) as error:
        raise PdfError(str(error)) from error
    return pdf
