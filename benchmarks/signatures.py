"""Signatures: our whole check as ratio to pyHanko's own validation of the same file, and the seal on a letter."""

import asyncio
import io
import statistics
import time
from collections.abc import Callable
from typing import Any

import typst
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from tests.writtenform import pki
from tests.writtenform.papers import signed_by
from tests.writtenform.signing import stamper
from tests.writtenform.world import World

from direktdraht.writtenform.signatures.checking import check_signature
from direktdraht.writtenform.signatures.sealing import seal_pdf
from direktdraht.writtenform.signatures.trust import read_trust

LETTER = '#set page("a4")\n= Bescheid\n' + "Über Ihren Antrag haben wir entschieden. " * 120
ROUNDS = 30


class _Key:
    """A seal key in memory."""

    def __init__(self, holder: pki.Holder) -> None:
        self._holder = holder
        self.certificate = holder.asn1
        self.chain = tuple(one.asn1 for one in holder.above)

    def sign(self, data: bytes) -> bytes:
        """Sign with the key."""
        return pki.sign_sha256(self._holder, data)


def measure_signatures() -> dict[str, Any]:
    """Milliseconds (median) of each, alternating, and the ratio of our check to pyHanko's call."""
    world = World()
    letter = typst.compile(LETTER.encode(), format="pdf")
    signed = signed_by(world.robin, letter, stamp=stamper(world.service))
    trust = read_trust(world.with_list())
    key = _Key(world.kim)
    works: dict[str, Callable[[], object]] = {
        "check": lambda: check_signature(signed, trust, at=pki.AT),
        "pyhanko": lambda: _by_pyhanko(signed, world),
        "seal": lambda: seal_pdf(letter, key, reason="Bescheid", at=pki.AT),
    }
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            begin = time.perf_counter()
            work()
            found[name].append((time.perf_counter() - begin) * 1000)
    medians = {name: statistics.median(values) for name, values in found.items()}
    return {
        "letter_bytes": len(letter),
        "check_ms": medians["check"],
        "pyhanko_ms": medians["pyhanko"],
        "ratio": medians["check"] / medians["pyhanko"],
        "seal_ms": medians["seal"],
    }


def _by_pyhanko(data: bytes, world: World) -> object:
    context = ValidationContext(trust_roots=[world.root.asn1], moment=pki.AT, allow_fetching=False)
    embedded = PdfFileReader(io.BytesIO(data)).embedded_signatures[0]
    return asyncio.run(async_validate_pdf_signature(embedded, context))


def lines(found: dict[str, Any]) -> str:
    """The measurement in words."""
    return (
        f"signed letter: check {found['check_ms']:.1f} ms, pyHanko's own validation {found['pyhanko_ms']:.1f} ms, "
        f"ratio {found['ratio']:.2f}; seal {found['seal_ms']:.1f} ms"
    )


if __name__ == "__main__":
    print(lines(measure_signatures()))
