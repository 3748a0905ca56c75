"""Write the whole journal to a file."""

import argparse
import json
import sys
from pathlib import Path

from direktdraht.foundation.journal.exporting import export_to
from direktdraht.foundation.journal.keys import SigningKeyProblem


def execute(options: argparse.Namespace) -> int:
    """Export; a file that exists is left alone."""
    path = Path(options.file)
    try:
        rows = export_to(path)
    except OSError as problem:
        print(f"direktdraht: {path} cannot be written: {problem.strerror}.", file=sys.stderr)
        return 2
    except SigningKeyProblem as problem:
        print(f"direktdraht: {problem}", file=sys.stderr)
        return 2
    print(json.dumps({"file": str(path), "entries": rows}) if options.json else f"{rows} rows written to {path}.")
    return 0
