"""``python -m benchmarks.signatures``: checking a signed PDF against pyHanko's own validation, and sealing a letter.

Both sides read the same sealed two-page letter (as the product sets its letters) with the same root, in the same process and in
alternating rounds; the median counts. Writes ``build/bench-signatures.json``.
"""

import argparse
import io
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import typst
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from tests.writtenform import pki

from benchmarks.house import ROOT
from direktdraht.writtenform.signatures.checking import check_signature
from direktdraht.writtenform.signatures.limits import check_limited
from direktdraht.writtenform.signatures.sealing import Pkcs12Key, seal_pdf
from direktdraht.writtenform.signatures.trust import read_trust

LETTER = '#set page(paper: "a4")\n= Bescheid\n#lorem(350)\n#pagebreak()\n= Rechtsbehelfsbelehrung\n#lorem(200)'


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print a table, write the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.signatures", description=__doc__)
    parser.add_argument("--rounds", type=int, default=30, help="alternating rounds (default 30)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        report = measure(Path(folder), options.rounds)
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "bench-signatures.json").write_text(json.dumps(report, indent=2), encoding="utf-8")
    print(*(f"{name:44} {value:10}" for name, value in report.items()), sep="\n")
    return 0


def measure(folder: Path, rounds: int) -> dict[str, float]:
    """Milliseconds of each side, and how often pyHanko's own call fits into one check."""
    (folder / "letter.typ").write_text(LETTER, encoding="utf-8")
    letter = typst.compile(folder / "letter.typ")
    root = pki.authority("Wurzel")
    key, at = seal_below(root), datetime.now(UTC)
    sealed = seal_pdf(letter, key, reason="Bescheid", at=at).data
    files = {"root.pem": root.pem}
    trust = read_trust(files)
    spent = alternating(
        rounds,
        {
            "sealing a letter": lambda: len(seal_pdf(letter, key, reason="Bescheid", at=at).data) > len(letter),
            "checking it": lambda: check_signature(sealed, trust, at=at).valid,
            "pyHanko's own validation of it": lambda: validated(sealed, root.asn1, at),
        },
    )
    limited = alternating(max(rounds // 10, 3), {"checking it in a limited process": lambda: check_limited(sealed, files, at=at).valid})
    figures = {f"{name}, ms": round(value * 1000, 1) for name, value in (spent | limited).items()}
    ratio = round(spent["checking it"] / spent["pyHanko's own validation of it"], 2)
    return {
        **figures,
        "check against pyHanko's own validation, ratio": ratio,
        "letter, bytes": len(letter),
        "sealed letter, bytes": len(sealed),
    }


def seal_below(root: pki.Holder) -> Pkcs12Key:
    """A seal on P-256, from its file as in the product."""
    seal = pki.person(pki.authority("Ausstellung", root), "Stadt Musterstadt")
    above = [one.certificate for one in seal.above]
    parcel = pkcs12.serialize_key_and_certificates(b"", seal.key, seal.certificate, above, BestAvailableEncryption(b"bench"))
    return Pkcs12Key(parcel, "bench")


def validated(sealed: bytes, root: x509.Certificate, at: datetime) -> bool:
    """What pyHanko's own call says, with the same root and instant."""
    context = ValidationContext(trust_roots=[root], moment=at, allow_fetching=False)
    [signature] = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
    return bool(validate_pdf_signature(signature, context).bottom_line)


def alternating(rounds: int, sides: dict[str, Callable[[], bool]]) -> dict[str, float]:
    """The median seconds of each side; a side that says no measures nothing."""
    spent: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds + 1):
        for name, work in sides.items():
            begin = time.perf_counter()
            if not work():
                raise SystemExit(f"{name}: not valid")
            spent[name].append(time.perf_counter() - begin)
    return {name: median(values[1:]) for name, values in spent.items()}


if __name__ == "__main__":
    raise SystemExit(main())
