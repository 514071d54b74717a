"""What every test shares."""

import pytest
from django.conf import settings

from guichet.classifications import queries as classifications
from guichet.config import build
from guichet.programs import queries as programs
from guichet.questions import lists
from tests.browsers import chromium, firefox, playwright  # noqa: F401 -- fixtures of every folder
from tests.client import PageClient


def pytest_collection_modifyitems(items):
    """What drives a browser comes late: it takes minutes, and keeps an event loop in this thread, in which tests that
    run one of their own could not go on. What reads the pages of the whole run comes last.
    """
    items.sort(key=lambda item: (item.get_closest_marker("last") is not None, _drives_a_browser(item)))


def _drives_a_browser(item):
    """By its fixtures; a journey may ask for its browser by name, while it runs."""
    return "playwright" in item.fixturenames or "journeys" in item.path.parts


@pytest.fixture(scope="session")
def django_db_setup():
    """The database is made and migrated by tests/environment.py; nothing is created or destroyed here."""


@pytest.fixture(scope="session", autouse=True)
def static_files():
    """Pages name their static files by content: they are collected before the first page is made."""
    build.static_files(settings.PACKAGE / "web" / "static", settings.BUILD)


@pytest.fixture(autouse=True)
def pinned_editions(monkeypatch):
    """Each test reads the editions that it pins afresh, once: counts of statements do not hang on the second."""
    monkeypatch.setattr(programs, "monotonic", lambda: 0.0)
    programs._pinned.cache_clear()


@pytest.fixture(autouse=True)
def lists_that_ship(monkeypatch):
    """Each test sees the lists that ship, without asking the database; those of tests/classifications put it back."""
    monkeypatch.setattr(lists, "_sources", [])
    classifications._kept.clear()


@pytest.fixture
def client():
    """The client that checks every page it receives."""
    return PageClient()
