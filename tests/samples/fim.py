"""The real FIM files that ``SAMPLES_DIR`` names, and what stands in them, counted without the product."""

import os
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

SAMPLES = os.environ.get("SAMPLES_DIR", "")
FOLDER = Path(SAMPLES) / "fim"

needed = pytest.mark.skipif(not SAMPLES, reason="SAMPLES_DIR does not name the real FIM files")

REFUSED = {
    "unit/v2/duplicate-required-value.xml": "Zeile 13: Der Knoten „name“ darf hier nur einmal stehen.",
    "unit/v2/unknown-namespace.xml": "Zeile 1: Die Fassung „unknown“ von XDatenfelder kennen wir nicht; wir lesen 2.0 und 3.0.0.",
    "unit/v3/duplicate-id-node.xml": "Zeile 11: Der Knoten „id“ darf hier nur einmal stehen.",
    "unit/v3/empty-id-node.xml": "Zeile 9: Die Kennung (id) fehlt oder ist leer.",
    "unit/v3/unknown-namespace.xml": "Zeile 1: Die Fassung „unknown“ von XDatenfelder kennen wir nicht; wir lesen 2.0 und 3.0.0.",
}
"""Files that cannot be read, and why."""


def files() -> list[str]:
    """Every XML file among the samples, without the official schemas."""
    found = FOLDER.rglob("*.xml") if SAMPLES else iter(())
    return sorted(path.relative_to(FOLDER).as_posix() for path in found)


def lists() -> list[str]:
    """The Genericode files."""
    return [name for name in files() if name.endswith("_genericode.xml")]


def readable() -> list[str]:
    """The schemas that can be imported."""
    return [name for name in files() if name not in REFUSED and name not in lists()]


def content(name: str) -> bytes:
    """A sample."""
    return (FOLDER / name).read_bytes()


def beside(name: str) -> dict[str, bytes]:
    """The code lists in the folder of a sample."""
    return {path.name: path.read_bytes() for path in (FOLDER / name).parent.glob("*_genericode.xml")}


def nodes(name: str) -> Counter[str]:
    """The id of each schema, group, field and rule, and of each code list that is referred to, as often as it stands."""
    found: Counter[str] = Counter()
    for node in etree.fromstring(content(name)).iter("{*}stammdatenschema", "{*}datenfeldgruppe", "{*}datenfeld", "{*}regel"):
        found[str(node.findtext("{*}identifikation/{*}id")).strip()] += 1
        for reference in node.findall("{*}codelisteReferenz"):
            ids = [reference.findtext("{*}identifikation/{*}id"), reference.findtext("{*}canonicalIdentification"), "–"]
            found[next(one for one in ids if one)] += 1
    return found
