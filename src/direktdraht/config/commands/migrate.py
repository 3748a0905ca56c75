"""``direktdraht migrate``: bring the database to this release, with the role that owns the tables."""

import argparse


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("migrate", help="bring the database to this release")
    parser.set_defaults(operation="direktdraht.config.operations.migrate")
