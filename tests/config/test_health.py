"""healthz: 200 when the database and the worker are there, 503 when one is not; nothing else is told."""

import json
from datetime import timedelta

import pytest
from django.db import OperationalError
from procrastinate.contrib.django.models import ProcrastinateWorker

from guichet import __version__
from guichet.config import health
from guichet.kernel import clock


class Heartbeat:
    """Stands for the table of workers; only the worker itself writes it."""

    def __init__(self, age):
        self.age = age

    def order_by(self, _name):
        return self

    def first(self):
        if self.age is None:
            return None
        if isinstance(self.age, Exception):
            raise self.age
        return ProcrastinateWorker(last_heartbeat=clock.now() - self.age)


@pytest.mark.parametrize(
    ("age", "status", "database", "worker"),
    [
        (timedelta(seconds=5), 200, True, True),
        (timedelta(minutes=5), 503, True, False),
        (None, 503, True, False),
        (OperationalError("host db-7.internal refused"), 503, False, False),
    ],
)
def test_health(rf, monkeypatch, age, status, database, worker):
    monkeypatch.setattr(ProcrastinateWorker, "objects", Heartbeat(age))
    answer = health.healthz(rf.get("/healthz"))
    assert answer.status_code == status
    assert json.loads(answer.content) == {"database": database, "worker": worker, "version": __version__}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_it_needs_no_sign_in_and_no_language(client):
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/json"
