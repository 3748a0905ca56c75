"""The web and worker role may add to the journal and read it, and nothing else."""

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from direktdraht.foundation.journal import grants
from direktdraht.foundation.journal.models import APPEND_ONLY_TABLES, Entry

# Roles belong to the whole server, and several test processes share it.
ROLE = f"journal_test_application_{os.getpid()}"
PASSWORD = "only-for-this-test"


@pytest.fixture
def application(transactional_db: None) -> Iterator[psycopg.Connection]:
    """A connection as the application's role."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP ROLE IF EXISTS {ROLE}")
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{PASSWORD}'")
    grants.apply(connection, ROLE)
    where = connection.get_connection_params()
    address = psycopg.conninfo.make_conninfo(
        host=where.get("host"), port=where.get("port"), dbname=where["dbname"], user=ROLE, password=PASSWORD
    )
    with psycopg.connect(address, autocommit=True) as opened:
        yield opened
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {ROLE}")
        cursor.execute(f"DROP ROLE {ROLE}")


INSERT = (
    'INSERT INTO journal_entry (id, recorded_at, kind, subject, digest, facts, "by", row_hash, key_id, signature)'
    " VALUES (nextval(pg_get_serial_sequence('journal_entry', 'id')), now(), 'case.opened', 'case:1', '', '{}', '', '', '', '')"
)


def test_the_application_may_add_and_read(application: psycopg.Connection) -> None:
    application.execute(INSERT)

    assert Entry.objects.count() == 1
    assert application.execute("SELECT count(*) FROM journal_entry").fetchone() == (1,)


@pytest.mark.parametrize("table", APPEND_ONLY_TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET {} = {}",
        "DELETE FROM {}",
        "TRUNCATE {} CASCADE",
        "DROP TABLE {} CASCADE",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
        "CREATE RULE nothing AS ON INSERT TO {} DO INSTEAD NOTHING",
        "CREATE TRIGGER nothing BEFORE INSERT ON {} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    ],
)
def test_the_application_may_change_nothing(application: psycopg.Connection, table: str, statement: str) -> None:
    column = {"journal_sealedentry": "position", "journal_rootstamp": "token"}.get(table, "key_id")

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute(statement.format(table, column, column))


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE extra (id int)", "DELETE FROM django_migrations", "TRUNCATE procrastinate_jobs CASCADE"]
)
def test_the_application_may_not_change_the_shape_of_the_database(application: psycopg.Connection, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute(statement)


def test_the_application_may_work_with_all_other_tables(application: psycopg.Connection) -> None:
    application.execute(
        "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default','x',0,null,null,'{}',null)::procrastinate_job_to_defer_v1])"
    )
    application.execute("DELETE FROM procrastinate_jobs")
    application.execute("DELETE FROM django_session")


def test_rights_can_be_given_again(application: psycopg.Connection) -> None:
    grants.apply(connection, ROLE)

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute("DELETE FROM journal_entry")
