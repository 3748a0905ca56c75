"""De-Mails: mails checked a minute, as ratio to reading the same mails unchecked with the standard library."""

import statistics
import time
from collections.abc import Callable
from email import policy
from email.parser import BytesParser
from typing import Any

from tests.writtenform.demail_cases import ATTACHED, MIXED
from tests.writtenform.demail_world import DemailWorld, draft
from tests.writtenform.pki import AT, rsa_key

from direktdraht.writtenform.demail.checking import check_demail
from direktdraht.writtenform.signatures.trust import read_trust

MAILS = 40
ROUNDS = 5


def measure_demails() -> dict[str, Any]:
    """Mails a minute (median of the rounds), and how many times longer the check takes than reading alone."""
    world = DemailWorld()
    provider = world.certified(key=rsa_key(2048))
    mails = [world.sealed(draft(ATTACHED, content=MIXED, number=number), provider, algorithm="sha256/rsa") for number in range(MAILS)]
    trust = read_trust(world.trust())
    works: dict[str, Callable[[bytes], object]] = {"checked": lambda mail: check_demail(mail, trust, at=AT), "read": _read}
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            begin = time.perf_counter()
            for mail in mails:
                work(mail)
            found[name].append(MAILS / (time.perf_counter() - begin) * 60)
    medians = {name: statistics.median(values) for name, values in found.items()}
    return {"checked_per_minute": medians["checked"], "read_per_minute": medians["read"], "ratio": medians["read"] / medians["checked"]}


def _read(mail: bytes) -> list[object]:
    """Every field and the content of every part."""
    message = BytesParser(policy=policy.default).parsebytes(mail)
    return [*(str(value) for value in message.values()), *(part.get_payload(decode=True) for part in message.walk())]


def lines(found: dict[str, Any]) -> str:
    """The measurement in words."""
    return (
        f"De-Mail: {found['checked_per_minute']:,.0f} mails a minute checked, {found['read_per_minute']:,.0f} only read, "
        f"ratio {found['ratio']:.1f}"
    )


if __name__ == "__main__":
    print(lines(measure_demails()))
