"""Bring the database to this release, with the role that owns the tables."""

import argparse
import os
import subprocess
import sys

from django.core.management import call_command
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from direktdraht.foundation.journal import grants


def execute(options: argparse.Namespace) -> int:
    """Migrate; afterwards give the application role its rights (no changes to the journal)."""
    del options
    owner = os.environ.get("DIREKTDRAHT_MIGRATE_DATABASE_URL", "")
    application = os.environ["DATABASE_URL"]
    if owner and owner != application:
        return subprocess.run(
            [sys.executable, "-m", "direktdraht.config.operations.migrate_as_owner", application],
            check=False,
            env={**os.environ, "DATABASE_URL": owner},
        ).returncode
    migrate_and_grant("")
    return 0


def migrate_and_grant(application_url: str) -> None:
    """Run the migrations on the present connection, then grant to the role named in ``application_url``."""
    call_command("migrate", interactive=False, verbosity=0)
    role = str(conninfo_to_dict(application_url).get("user", "")) if application_url else ""
    if role:
        grants.apply(connection, role)
