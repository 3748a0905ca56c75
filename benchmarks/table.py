"""The table that ``make bench`` prints."""

from statistics import median
from typing import Any

from benchmarks.targets import Target

MOST_PSS_MB = 400.0
MOST_SECONDS_TO_SECOND_START = 5.0
DEMO_ONLY = "mail catcher (demo only)"


def summary(target: Target, product: list[dict[str, Any]], baseline: list[dict[str, Any]]) -> dict[str, Any]:
    """The medians of one target's rounds; the ratio is the median of the rounds' own ratios."""
    ratios = [mine["per_second"] / theirs["per_second"] for mine, theirs in zip(product, baseline, strict=True)]
    ratio = median(ratios)
    return {
        "name": target.name,
        "note": target.note,
        "product_per_second": median(round_["per_second"] for round_ in product),
        "baseline": target.baseline.value,
        "baseline_per_second": median(round_["per_second"] for round_ in baseline),
        "ratio": ratio,
        "ratios": ratios,
        "aim": target.aim,
        "met": ratio >= target.aim,
        "rounds": {"product": product, "baseline": baseline},
    }


def word(met: bool) -> str:
    """How an aim ended."""
    return "met" if met else "missed"


def text(report: dict[str, Any]) -> str:
    """The whole table."""
    head = f"{'what':38} {'product':>9} {'baseline':>9} {'ratio':>6} {'aim':>7}  result  against"
    lines = [head, "-" * len(head)]
    for row in report["targets"]:
        name = f"{row['name']} ({row['note']})"
        rates = f"{row['product_per_second']:7.1f}/s {row['baseline_per_second']:7.1f}/s"
        lines.append(f"{name:38} {rates} {row['ratio']:6.2f} {'≥ ' + str(row['aim']):>7}  {word(row['met']):6}  {row['baseline']}")
    ready, memory = report["ready_seconds"], report["pss_mb"]
    second = word(ready["second"] <= MOST_SECONDS_TO_SECOND_START)
    lines.append(f"{'time to ready, first start':38} {ready['first']:7.1f} s")
    lines.append(f"{'time to ready, second start':38} {ready['second']:7.1f} s {'':16} {'≤ 5 s':>7}  {second}")
    for when, words in (("at_rest", "memory (PSS) at rest"), ("after_load", "memory (PSS) after the load")):
        house = sum(size for part, size in memory[when].items() if part != DEMO_ONLY)
        parts = ", ".join(f"{part} {size:.0f}" for part, size in sorted(memory[when].items()))
        lines.append(f"{words:38} {house:6.0f} MB {'':16} {'≤ 400':>7}  {word(house <= MOST_PSS_MB):6}  {parts}")
    lines.append(
        f"One core for server, worker and database, another for {report['concurrency']} connections; {report['rounds']} rounds "
        f"of {report['seconds']:g} s; {report['rows']:,} open cases in the unit; the ratio is the median of the rounds."
    )
    return "\n".join(lines)
