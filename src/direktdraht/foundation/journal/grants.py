"""Database rights of the web and worker role: everything but changing what was recorded."""

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from .models import APPEND_ONLY_TABLES

# Written by migrations only.
READ_ONLY_TABLES = ("django_migrations",)
SCHEMA = "public"


def apply(connection: BaseDatabaseWrapper, app_role: str) -> None:
    """Give ``app_role`` its rights; to be called by the tables' owner after each migration.

    Rows of all tables and their sequences, but no DDL and no TRUNCATE; on the journal's tables
    only SELECT and INSERT.
    """
    role, schema = sql.Identifier(app_role), sql.Identifier(SCHEMA)
    _run(connection, "GRANT USAGE ON SCHEMA {schema} TO {role}", role=role, schema=schema)
    _run(connection, "REVOKE CREATE ON SCHEMA {schema} FROM {role}", role=role, schema=schema)
    _run(connection, "REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}", role=role, schema=schema)
    _run(
        connection,
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
        role=role,
        schema=schema,
    )
    _run(connection, "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}", role=role, schema=schema)
    _run(connection, "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} TO {role}", role=role, schema=schema)
    for table in (*APPEND_ONLY_TABLES, *READ_ONLY_TABLES):
        _run(connection, "REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}", role=role, table=sql.Identifier(table))
    for table in READ_ONLY_TABLES:
        _run(connection, "REVOKE INSERT ON {table} FROM {role}", role=role, table=sql.Identifier(table))


def _run(connection: BaseDatabaseWrapper, statement: str, **names: sql.Identifier) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(**names))
