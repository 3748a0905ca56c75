"""``direktdraht web``: the web server alone (granian)."""

import argparse


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("web", help="serve the web pages")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1, help="processes (default 1)")
    parser.set_defaults(operation="direktdraht.config.operations.web", models=False)
