"""Reads QR codes back with a decoder that the product does not use."""

import io
from pathlib import Path

import zxingcpp
from PIL import Image

from direktdraht.payments.giro.code import Transfer


def lines_of(transfer: Transfer) -> list[str]:
    """The lines that a GiroCode holds."""
    drawn = io.BytesIO()
    transfer.code().save(drawn, kind="png", scale=4, border=4)
    return read(Image.open(drawn))


def lines_in(file: Path) -> list[str]:
    """The lines of the code in a picture."""
    with Image.open(file) as picture:
        return read(picture)


def read(picture: Image.Image) -> list[str]:
    """The lines of the only code in a picture, without the last empty one."""
    (found,) = zxingcpp.read_barcodes(picture.convert("L"))
    return str(found.text).removesuffix("\n").split("\n")
