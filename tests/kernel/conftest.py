"""Fixtures of the lower rooms' tests; the other folders import them."""

import itertools

import pytest
from django.db import connection

from guichet.accounts.models import User

_numbers = itertools.count(1)


@pytest.fixture
def committed(django_db_blocker):
    """The database without a transaction around the test: what is written stays, and other connections see it."""
    with django_db_blocker.unblock():
        yield
        connection.close()


@pytest.fixture
def person():
    """Makes people: ``person("Ada")``."""

    def make(name: str = "Ada Lovelace", language: str = "en") -> User:
        return User.objects.create(email=f"person{next(_numbers)}@test.example", name=name, language=language)

    return make
