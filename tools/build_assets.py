"""Make the assets once at set-up: one style sheet, web fonts, fonts for PDF, the map library, compressed static files.

Reads ``node_modules/`` (from the npm lock file), writes ``build/``. Run by ``make assets``.
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
ASSETS = ROOT / "build" / "assets"
PDF_FONTS = ROOT / "build" / "fonts"
STYLES = ROOT / "src" / "direktdraht" / "foundation" / "web" / "styles"
WEB_FONTS = {"fira-sans": (400, 500, 600), "noto-sans": (400, 600)}
SUBSETS = ("latin", "latin-ext")
# Noto carries what Fira lacks; its Latin base would never be asked for, so it is not shipped to browsers.
SKIPPED_WEB_SUBSETS = {("noto-sans", "latin")}
PDF_FONT_FILES = {"Fira Sans": ("400Regular", "500Medium", "600SemiBold"), "Noto Sans": ("400Regular", "500Medium", "600SemiBold")}


def font_faces() -> str:
    """Copy the web fonts and return their ``@font-face`` rules with unicode ranges."""
    rules: list[str] = []
    (ASSETS / "fonts").mkdir(parents=True, exist_ok=True)
    for family, weights in WEB_FONTS.items():
        for weight in weights:
            source = (MODULES / "@fontsource" / family / f"{weight}.css").read_text(encoding="utf-8")
            for subset in SUBSETS:
                if (family, subset) in SKIPPED_WEB_SUBSETS:
                    continue
                rules.append(font_face(source, family, subset, weight))
    return "\n".join(rules)


def font_face(source: str, family: str, subset: str, weight: int) -> str:
    """Copy one font file and return its rule, pointing to our copy."""
    name = f"{family}-{subset}-{weight}-normal.woff2"
    shutil.copyfile(MODULES / "@fontsource" / family / "files" / name, ASSETS / "fonts" / name)
    block = next(part for part in source.split("@font-face")[1:] if f"/{name}" in part)
    found = re.search(r"unicode-range:\s*([^;]+);", block)
    ranges = found.group(1) if found else "U+0-10FFFF"
    title = family.replace("-", " ").title()
    return (
        f"@font-face{{font-family:'{title}';font-style:normal;font-weight:{weight};font-display:swap;"
        f"src:url(fonts/{name}) format('woff2');unicode-range:{ranges}}}"
    )


def style_sheet() -> None:
    """Write one style sheet: fonts, the design system, then what it lacks."""
    parts = [font_faces(), (MODULES / "@kern-ux" / "native" / "dist" / "kern.min.css").read_text(encoding="utf-8")]
    parts += [path.read_text(encoding="utf-8") for path in sorted(STYLES.glob("*.css"))]
    (ASSETS / "direktdraht.css").write_text("\n".join(parts), encoding="utf-8")


def pdf_fonts() -> None:
    """Copy the whole fonts for PDF: Typst reads no woff2, and names need every mark of DIN 91379."""
    PDF_FONTS.mkdir(parents=True, exist_ok=True)
    for family, weights in PDF_FONT_FILES.items():
        for weight in weights:
            name = f"{family.replace(' ', '')}_{weight}.ttf"
            shutil.copyfile(MODULES / "@expo-google-fonts" / family.lower().replace(" ", "-") / weight / name, PDF_FONTS / name)


def leaflet() -> None:
    """Copy the map library, without the pointer to its source map that we do not ship."""
    source, target = MODULES / "leaflet" / "dist", ASSETS / "leaflet"
    shutil.copytree(source / "images", target / "images")
    shutil.copyfile(source / "leaflet.css", target / "leaflet.css")
    script = (source / "leaflet.js").read_text(encoding="utf-8")
    (target / "leaflet.js").write_text(re.sub(r"(?m)^//# sourceMappingURL=.*$", "", script), encoding="utf-8")


def main() -> None:
    """Build everything anew."""
    shutil.rmtree(ASSETS, ignore_errors=True)
    shutil.rmtree(PDF_FONTS, ignore_errors=True)
    style_sheet()
    pdf_fonts()
    leaflet()


if __name__ == "__main__":
    main()
