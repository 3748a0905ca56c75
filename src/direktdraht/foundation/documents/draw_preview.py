"""Draw one preview: ``draw_preview.py SOURCE TARGET TYPE``. Runs alone, limited by its parent, without Django."""

import os
import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

LONGEST_SIDE = 1200


def picture_of(source: str, kind: str) -> Image.Image:
    """The picture, or the first page of the PDF."""
    if kind != "application/pdf":
        return ImageOps.exif_transpose(Image.open(source, formats=("JPEG", "PNG", "WEBP")))
    with pypdfium2.PdfDocument(source) as pdf:
        page = pdf[0]
        scale = min(3.0, LONGEST_SIDE / max(page.get_size()))
        drawn: Image.Image = page.render(scale=scale).to_pil()
        return drawn


def main(source: str, target: str, kind: str) -> None:
    """Write a fresh JPEG: nothing of the original's metadata goes along."""
    picture = picture_of(source, kind).convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    draft = Path(f"{target}.{os.getpid()}")
    picture.save(draft, "JPEG", quality=82, optimize=True)
    draft.replace(target)


if __name__ == "__main__":
    main(*sys.argv[1:4])
