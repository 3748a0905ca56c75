"""The subcommands, one module each with ``add(subparsers)``."""
