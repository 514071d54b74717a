"""The application's role serves rows and changes no structure; what is append-only stays so for the owner too."""

import os

import psycopg
import pytest

from guichet.config import environment as env
from guichet.config import up
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
    assert (refused.value.setting, refused.value.value) == ("synchronous_commit", "off")


@pytest.mark.parametrize(
    ("setting", "value", "cure"),
    [
        ("synchronous_commit", "off", "on"),
        ("fsync", "off", "on"),
        ("full_page_writes", "off", "on"),
        ("data_sync_retry", "on", "off"),
    ],
)
def test_the_portal_does_not_start_on_a_server_that_loses_saved_answers(monkeypatch, setting, value, cure):
    """A server's own switches cannot be turned for one connection: what it would show is put in their place."""
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url) as connection:
        shown = {name: connection.execute(f"SHOW {name}").fetchone()[0] for name in database.UNSAFE_SETTINGS}
    shown[setting] = value

    class Server:
        def __enter__(self):
            return self

        def __exit__(self, *_error):
            return None

        def execute(self, statement):
            self.asked = statement.as_string(None).removeprefix("SHOW ").strip('"')
            return self

        def fetchone(self):
            return (shown[self.asked],)

    monkeypatch.setattr(database.psycopg, "connect", lambda *_given, **_more: Server())
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.delenv("GUICHET_OWNER_DATABASE_URL", raising=False)
    with pytest.raises(env.SettingError) as refused:
        up.served_database()
    sentence = f"guichet: the database runs with {setting} {value} and would lose saved answers; switch it {cure}."
    assert str(refused.value) == sentence


def test_a_crash_empties_no_table():
    """A table that is not logged is empty after the server was killed."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        found = connection.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relpersistence = 'u'")
        assert found.fetchall() == []
