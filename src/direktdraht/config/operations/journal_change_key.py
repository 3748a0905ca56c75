"""Let a new key sign the journal."""

import argparse
import json
import sys

from direktdraht.foundation.journal.keys import SigningKeyProblem
from direktdraht.foundation.journal.rotation import change_key


def execute(options: argparse.Namespace) -> int:
    """Change the key and name the new one."""
    try:
        name = change_key()
    except SigningKeyProblem as problem:
        print(f"direktdraht: {problem}", file=sys.stderr)
        return 2
    print(json.dumps({"key_id": name}) if options.json else f"The journal is signed with key {name} now.")
    return 0
