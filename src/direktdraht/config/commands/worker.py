"""``direktdraht worker``: the background worker alone."""

import argparse


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("worker", help="run background jobs")
    parser.add_argument("--concurrency", type=int, default=2, help="jobs at once (default 2)")
    parser.set_defaults(operation="direktdraht.config.operations.worker")
