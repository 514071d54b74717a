"""The application's role serves rows and changes no structure; what is append-only stays so for the owner too."""

import os

import psycopg
import pytest

from guichet.kernel import database

APPEND_ONLY = ("audit_event", "audit_link", "answers_answerchange")


@pytest.fixture(params=["application", "owner"])
def role(request):
    url = os.environ["DATABASE_URL" if request.param == "application" else "GUICHET_OWNER_DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def test_the_application_owns_no_table_and_the_owner_does():
    assert database.owned_tables(os.environ["DATABASE_URL"]) == []
    assert "audit_event" in database.owned_tables(os.environ["GUICHET_OWNER_DATABASE_URL"])


@pytest.mark.parametrize("table", [*APPEND_ONLY, "audit_head", "answers_answer"])
def test_truncate_is_refused(role, table):
    with pytest.raises((psycopg.errors.IntegrityConstraintViolation, psycopg.errors.InsufficientPrivilege)):
        role.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("statement", ["ALTER TABLE audit_event DISABLE TRIGGER ALL", "DROP TABLE audit_event",
                                       "SET session_replication_role = replica"])  # fmt: skip
def test_the_application_cannot_switch_a_guard_off(statement):
    with (
        psycopg.connect(os.environ["DATABASE_URL"]) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement)


def test_an_unsafe_server_is_refused():
    url = os.environ["DATABASE_URL"]
    database.refuse_unsafe(url)
    separator = "&" if "?" in url else "?"
    with pytest.raises(database.UnsafeDatabase) as refused:
        database.refuse_unsafe(f"{url}{separator}options=-csynchronous_commit%3Doff")
    assert refused.value.setting == "synchronous_commit"
