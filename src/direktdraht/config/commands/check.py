"""``direktdraht check``: the doctor of an installation."""

import argparse


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("check", help="look for what is wrong: exit status 0 fine, 1 warnings, 2 errors")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(operation="direktdraht.config.operations.check")
