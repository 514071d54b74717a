"""What every test shares."""

import pytest


@pytest.fixture(scope="session")
def django_db_setup():
    """The database is made and migrated by tests/environment.py; nothing is created or destroyed here."""
