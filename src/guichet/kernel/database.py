"""The two database roles, and the triggers that keep append-only tables append-only.

The owner role migrates; the application role serves and owns nothing, so it can neither drop a trigger nor
disable one (ASSURANCE 0.6: immutability must sit below the framework).
"""

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import psycopg
from django.db import connection as django_connection
from django.db import migrations
from psycopg import sql

if TYPE_CHECKING:
    from django.db.models import QuerySet

OWNER_ROLE = "guichet_owner"
APPLICATION_ROLE = "guichet_app"

# Each with the value that loses what was committed. With data_sync_retry on, a disk that failed to write is asked
# again, and may say that all is well although it has forgotten the pages.
UNSAFE_SETTINGS = {"synchronous_commit": "off", "fsync": "off", "full_page_writes": "off", "data_sync_retry": "on"}


class UnsafeDatabase(Exception):
    """The server would lose acknowledged saves; ``setting`` names what has to be changed from ``value``."""

    def __init__(self, setting: str, value: str) -> None:
        super().__init__(setting, value)
        self.setting, self.value = setting, value


def refuse_unsafe(url: str) -> None:
    """Raise UnsafeDatabase when a setting that makes a commit durable is not as it must be.

    Asked as the role that saves, since a role or a database may have a setting of its own. Measured: with
    ``synchronous_commit`` off each kill of the server loses acknowledged saves.
    """
    with psycopg.connect(url, connect_timeout=10) as connection:
        for setting, unsafe in UNSAFE_SETTINGS.items():
            row = connection.execute(sql.SQL("SHOW {}").format(sql.Identifier(setting))).fetchone()
            if row is not None and row[0] == unsafe:
                raise UnsafeDatabase(setting, unsafe)


def provision(superuser_url: str, database: str) -> tuple[str, str]:
    """Make both roles and the database where they are missing, on a server reached by ``superuser_url``.

    Returns the owner's and the application's connection URLs. For the embedded server, whose socket only its own
    system user can reach; on a served PostgreSQL an administrator makes the roles (docs/operating.md).
    """
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        for role in (OWNER_ROLE, APPLICATION_ROLE):
            if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone() is None:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), sql.Identifier(OWNER_ROLE))
            )
        host = connection.info.host
    query = f"?host={quote(host, safe='')}"
    return f"postgresql://{OWNER_ROLE}@/{database}{query}", f"postgresql://{APPLICATION_ROLE}@/{database}{query}"


def grant_to_application(owner_url: str, role: str = APPLICATION_ROLE) -> None:
    """Give the application role its rights on every table the owner has made: rows, never structure."""
    with psycopg.connect(owner_url) as connection:
        name = sql.Identifier(role)
        connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name))
        connection.execute(
            sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(name)
        )
        connection.execute(sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name))


def owned_tables(url: str) -> list[str]:
    """The tables of the public schema that the connecting role owns; the application role must own none."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND"
            " pg_has_role(current_user, tableowner, 'USAGE') ORDER BY tablename"
        ).fetchall()
    return [row[0] for row in rows]


def call(function: str, *arguments: Any) -> list[tuple[Any, ...]]:
    """The rows that a function of ours gives, by Django's connection. One statement.

    ``function`` is a name that stands in a migration, never a value; the arguments are bound.
    """
    marks = ", ".join(["%s"] * len(arguments))
    with django_connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}({marks})", arguments)  # noqa: S608 -- a name of ours
        return list(cursor.fetchall())


def apart(rows: "QuerySet[Any, tuple[Any, ...]]", *, seconds: int) -> list[tuple[Any, ...]]:
    """The same rows, by a connection of its own that gives up soon, where the pool would wait; ``rows`` holds values.

    Raises psycopg.Error when the server cannot be reached, or does not answer, within so many seconds for each.
    """
    given = django_connection.get_connection_params()
    # Django reads moments as those of its own zone: the session must give them in it, whatever the server's zone is.
    session = f"-c statement_timeout={seconds * 1000} -c TimeZone={django_connection.timezone_name}"
    given["options"] = f"{given.get('options', '')} {session}"
    given |= {"connect_timeout": seconds, "tcp_user_timeout": seconds * 1000}
    statement, values = rows.query.sql_with_params()
    with psycopg.connect(**given) as connection:
        return connection.execute(statement, values).fetchall()


_REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION guichet_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'table % is append-only: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def append_only(table: str) -> migrations.RunSQL:
    """A migration operation: triggers on ``table`` refuse UPDATE, DELETE and TRUNCATE to every role."""
    return migrations.RunSQL(
        _REFUSE_CHANGE
        + f"CREATE TRIGGER {table}_refuse_rows BEFORE UPDATE OR DELETE ON {table}"
        + " FOR EACH ROW EXECUTE FUNCTION guichet_refuse_change();"
        + f"CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table}"
        + " FOR EACH STATEMENT EXECUTE FUNCTION guichet_refuse_change();",
        f"DROP TRIGGER IF EXISTS {table}_refuse_rows ON {table};"
        f"DROP TRIGGER IF EXISTS {table}_refuse_truncate ON {table};",
    )
