"""``direktdraht seed``: fill a new data folder with the demo city; only in demo mode."""

import argparse


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("seed", help="fill a new demo with the invented city Musterstadt")
    parser.add_argument("--demo-scale", type=int, default=1, help="multiply the bulk data (default 1)")
    parser.set_defaults(operation="direktdraht.config.operations.seed")
