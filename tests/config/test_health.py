"""healthz: 200 when the database and the worker are there, 503 when one is not; nothing else is told."""

import json
import socket
import time
from datetime import timedelta
from types import SimpleNamespace

import psycopg
import pytest
from django.db import connection

from guichet import __version__
from guichet.config import health
from guichet.kernel import clock
from guichet.kernel.database import apart


@pytest.mark.parametrize(
    ("ages", "status", "worker"),
    [
        ([timedelta(seconds=5)], 200, True),
        ([timedelta(minutes=5)], 503, False),
        ([], 503, False),
    ],
)
def test_health(rf, monkeypatch, ages, status, worker):
    beats = [(clock.now() - age,) for age in ages]
    monkeypatch.setattr(health, "apart", lambda rows, seconds: beats)
    answer = health.healthz(rf.get("/healthz"))
    assert answer.status_code == status
    assert json.loads(answer.content) == {"database": True, "worker": worker, "version": __version__}
    assert "no-store" in answer["Cache-Control"]


def test_a_worker_is_seen_whatever_the_zone_of_the_server(django_db_blocker, monkeypatch):
    given = connection.get_connection_params
    monkeypatch.setattr(
        connection, "get_connection_params", lambda: given() | {"options": "-c TimeZone=America/Toronto"}
    )
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
            worker = cursor.fetchone()[0]
        try:
            assert health.state() == {"database": True, "worker": True, "version": __version__}
        finally:
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_workers WHERE id = %s", [worker])
            connection.close()


@pytest.fixture(params=["mute", "closed"])
def unreachable(request, monkeypatch):
    """A database server that takes the connection and says nothing, or that is not there at all."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if request.param == "mute":
            server.listen()
        there = {"dbname": "x", "host": "127.0.0.1", "port": server.getsockname()[1]}
        monkeypatch.setattr(connection, "get_connection_params", lambda: dict(there))
        yield


@pytest.mark.usefixtures("unreachable")
def test_a_database_that_is_not_there_is_told_within_seconds(rf):
    began = time.monotonic()
    answer = health.healthz(rf.get("/healthz"))
    assert time.monotonic() - began < 2 * health.PATIENCE_SECONDS
    assert answer.status_code == 503
    assert json.loads(answer.content) == {"database": False, "worker": False, "version": __version__}


def test_a_statement_that_takes_too_long_is_given_up():
    slow = SimpleNamespace(query=SimpleNamespace(sql_with_params=lambda: ("SELECT pg_sleep(20)", ())))
    with pytest.raises(psycopg.errors.QueryCanceled):
        apart(slow, seconds=1)


@pytest.mark.django_db
def test_it_needs_no_sign_in_and_no_language(client):
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/json"
