"""The two database roles: the one that serves owns nothing, and cannot get round the triggers."""

import os

import psycopg
import pytest
from psycopg import sql

from guichet.kernel.database import OWNER_ROLE, owned_tables


@pytest.fixture
def application():
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        yield connection


def guarded_tables(connection):
    rows = connection.execute(
        "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname LIKE 'guichet_%' ORDER BY 1"
    ).fetchall()
    return [row[0] for row in rows]


def test_the_application_role_owns_no_table():
    assert owned_tables(os.environ["DATABASE_URL"]) == []
    assert len(owned_tables(os.environ["GUICHET_OWNER_DATABASE_URL"])) > 10


def test_the_tables_that_must_not_change_are_guarded(application):
    tables = guarded_tables(application)
    assert {"audit_event", "answers_answerchange", "applications_submission", "programs_edition"} <= set(tables)


def test_the_application_role_cannot_switch_a_guard_off(application):
    for table in guarded_tables(application):
        for statement in (
            "ALTER TABLE {} DISABLE TRIGGER ALL",
            "ALTER TABLE {} DISABLE TRIGGER USER",
            "TRUNCATE {}",
            "DROP TABLE {}",
            "CREATE TRIGGER x BEFORE UPDATE ON {} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        ):
            with pytest.raises(psycopg.Error):
                application.execute(sql.SQL(statement).format(sql.Identifier(table)))


def test_the_application_role_cannot_become_another_or_skip_triggers(application):
    for statement in (f"SET ROLE {OWNER_ROLE}", "SET session_replication_role = replica"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute(statement)


def test_the_application_role_cannot_make_tables_or_replace_the_guard(application):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute("CREATE TABLE mine (id int)")
    with pytest.raises(psycopg.Error):
        application.execute(
            "CREATE OR REPLACE FUNCTION guichet_refuse_change() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RETURN NEW; END'"
        )


def test_a_change_of_a_guarded_row_is_refused_even_to_the_owner():
    with psycopg.connect(os.environ["GUICHET_OWNER_DATABASE_URL"]) as owner:
        for table in guarded_tables(owner):
            with pytest.raises(psycopg.Error), owner.transaction():
                owner.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.Identifier(table)))
