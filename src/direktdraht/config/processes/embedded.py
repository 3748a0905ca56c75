"""Commands beside a running house: reach the embedded database, starting it for the command if it rests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from direktdraht.config.environment import Environment
from direktdraht.config.processes.postgres import APPLICATION, OWNER, Cluster, DatabaseProblem, stop


@contextmanager
def reachable_database(environment: Environment) -> Iterator[None]:
    """Make sure a database answers and its addresses stand in the environment.

    Raises:
        DatabaseProblem: there is neither ``DATABASE_URL`` nor an embedded database in the data folder.
    """
    if environment.database_url:
        yield
        return
    cluster = Cluster(environment.data_dir)
    if not (cluster.folder / "made").exists():
        raise DatabaseProblem(
            f"There is no database in {environment.data_dir}. Start Direktdraht there once, or set DIREKTDRAHT_DATA or DATABASE_URL."
        )
    process = None if cluster.answers() else cluster.start()
    os.environ.update(addresses(cluster))
    try:
        yield
    finally:
        if process is not None:
            stop(process)


def addresses(cluster: Cluster) -> dict[str, str]:
    """The two addresses of the embedded database: the application's and the owner's."""
    return {"DATABASE_URL": cluster.url(APPLICATION), "DIREKTDRAHT_MIGRATE_DATABASE_URL": cluster.url(OWNER)}
