"""Migrating with the owner's address, as a process of its own; ``--demo N`` seeds afterwards."""

import argparse
import sys

import django

django.setup()

from direktdraht.config.operations.migrate import migrate_and_grant  # noqa: E402  # models need Django first
from direktdraht.config.operations.seed import execute as seed  # noqa: E402  # only after Django is set up

if __name__ == "__main__":
    migrate_and_grant(sys.argv[1])
    if "--demo" in sys.argv[2:]:
        seed(argparse.Namespace(demo_scale=int(sys.argv[-1])))
