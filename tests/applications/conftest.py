"""The clock stands at noon (Vancouver) of Wednesday 7 January 2026, inside the test program's intake."""

import pytest
import time_machine

from tests.applications import scene as scenes


@pytest.fixture(autouse=True)
def clock():
    """Moves when a test says so: ``clock.move_to(moment)``."""
    with time_machine.travel(scenes.NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def scene(db, clock):
    """A fresh organization, ready to apply; rolled back at the end."""
    return scenes.Scene()
