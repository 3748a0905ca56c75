"""The tests' own PostgreSQL: an embedded one for the session, or the server that ``DATABASE_URL`` names."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from direktdraht.config.processes.postgres import DATABASE, OWNER, Cluster, stop
from tests.harness import migrated

# Tests need no durability; a crash of the machine only loses a temporary folder.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "100"}


class TestDatabase:
    """Starts the server for one pytest session and removes it afterwards."""

    __test__ = False

    def __init__(self) -> None:
        self.folder = Path()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and tell Django's settings through the environment."""
        self.folder = Path(tempfile.mkdtemp(prefix="dd-"))
        os.environ["DIREKTDRAHT_ENV"] = "test"
        os.environ["DIREKTDRAHT_DATA"] = str(self.folder / "data")
        if "DATABASE_URL" in os.environ:
            return
        migrated.lay_out(self.folder / "data")
        cluster = Cluster(self.folder / "data", FAST)
        self.process = cluster.start()
        os.environ["DATABASE_URL"] = cluster.url(OWNER)
        os.environ["TEST_DATABASE_TEMPLATE"] = DATABASE

    def stop(self) -> None:
        """Stop it and remove its folder."""
        if self.process is not None:
            stop(self.process)
        if self.folder != Path():
            shutil.rmtree(self.folder, ignore_errors=True)


SESSION = TestDatabase()
