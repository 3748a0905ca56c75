"""``direktdraht journal``: export the whole journal as a file that anyone can check, and change the key that signs it."""

import argparse


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("journal", help="the journal of what matters legally")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    export = actions.add_parser("export", help="write the journal to a file (JSON Lines)")
    export.add_argument("file", metavar="FILE", help="where to write; must not exist yet")
    export.add_argument("--json", action="store_true", help="print one JSON document")
    export.set_defaults(operation="direktdraht.config.operations.journal_export")
    change = actions.add_parser("change-key", help="a new key takes over; what the old one signed stays valid")
    change.add_argument("--json", action="store_true", help="print one JSON document")
    change.set_defaults(operation="direktdraht.config.operations.journal_change_key")
