"""Write a published form to standard output."""

import argparse
import json
import sys

from direktdraht.forms.exports import as_xdatenfelder
from direktdraht.forms.queries import published_version
from direktdraht.foundation import clock


def execute(options: argparse.Namespace) -> int:
    """Print the form people fill in now; exit status 1 if there is none."""
    version = published_version(options.key)
    if version is None:
        print(f"direktdraht: Ein veröffentlichtes Formular „{options.key}“ gibt es nicht.", file=sys.stderr)
        return 1
    if options.format == "xdf3":
        print(as_xdatenfelder(version.definition, at=clock.now()).decode())
    else:
        print(json.dumps(version.definition, ensure_ascii=False, indent=1))
    return 0
