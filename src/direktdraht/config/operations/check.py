"""Run every registered check and report."""

import argparse
import json

from direktdraht.foundation import checks

WORDS = {checks.Level.FINE: "fine", checks.Level.WARNING: "warning", checks.Level.ERROR: "error"}


def execute(options: argparse.Namespace) -> int:
    """Print the findings; the exit status is the worst of them (0 fine, 1 warning, 2 error)."""
    findings = checks.run_all()
    if options.json:
        rows = [{"check": found.check, "level": WORDS[found.level], "text": found.text} for found in findings]
        print(json.dumps({"findings": rows}, ensure_ascii=False, indent=2))
    else:
        for found in findings:
            print(f"{WORDS[found.level]:8} {found.check}: {found.text}")
    return int(max(found.level for found in findings))
